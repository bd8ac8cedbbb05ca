import type { Leg, MissedCall } from "../../contract/views.ts";
import type { Database } from "../db/pool.ts";
import type { Listed } from "../listing.ts";
import { nameOf } from "./caller-id.ts";
import { listMissed, type MissedRow } from "./missed-call-store.ts";

/** The calls that rang an agent in vain, so that he sees what came while he was away. */
export interface MissedCallService {
  /** What he missed since `from`, the newest first; no more than MOST. */
  missed(agentId: number, from: Date): Promise<Listed<MissedCall>>;
}

const MOST = 50;

/** Builds the service; it needs no start. */
export function createMissedCallService(deps: {
  db: Database;
  contactOf: (number: string) => Promise<Leg["contact"]>;
}): MissedCallService {
  return {
    async missed(agentId, from) {
      const rows = await listMissed(deps.db, agentId, from, MOST);
      const contacts = new Map<string, Leg["contact"]>();
      for (const { source } of rows) if (!contacts.has(source)) contacts.set(source, await deps.contactOf(source));
      return { rows: rows.map((row) => present(row, contacts.get(row.source) ?? null)), next: null };
    },
  };
}

function present(row: MissedRow, contact: Leg["contact"]): MissedCall {
  const { legId, linkedId, source, callerId, queueId, queueName, rangAt, endedAt } = row;
  return {
    legId,
    linkedId,
    number: source,
    name: nameOf(callerId),
    contact,
    queue: queueId === null || queueName === null ? null : { id: queueId, name: queueName },
    rangAt: rangAt.toISOString(),
    rangS: (endedAt.getTime() - rangAt.getTime()) / 1000,
  };
}
