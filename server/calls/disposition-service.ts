import type { DisposeBody, Leg, ToDispose } from "../../contract/views.ts";
import type { Clock } from "../clock.ts";
import { type Database, inTransaction } from "../db/pool.ts";
import type { Hub } from "../hub.ts";
import type { Listed } from "../listing.ts";
import { Refusal } from "../refusal.ts";
import { writeAudit } from "../staff/audit-store.ts";
import type { Actor } from "../staff/permission.ts";
import { nameOf } from "./caller-id.ts";
import { type DisposableLeg, decideDisposition, disposedCall, isPath } from "./disposition.ts";
import {
  contactExists,
  findDisposable,
  findDisposition,
  type LegDisposition,
  listUndisposed,
  putDisposition,
  readTree,
  type UndisposedRow,
} from "./disposition-store.ts";
import { lockCalls } from "./journal-store.ts";
import type { LiveLegService } from "./live-leg-service.ts";

export interface DispositionService {
  /** Chooses the outcome of a call, for its agent; a second choice replaces the first and is audited. */
  dispose(actor: Actor, legId: string, body: DisposeBody): Promise<LegDisposition | Refusal>;
  /** What an agent has still to dispose, the oldest first. */
  toDispose(agentId: number, query?: { limit?: number; cursor?: string }): Promise<Listed<ToDispose> | Refusal>;
  /** Tells nobody any more that a call has left his list. */
  stop(): void;
}

const LONGEST_LIST = 200;
/** A deadline further off than this is looked at again then: timers do not reach over weeks. */
const LONGEST_WAIT_MS = 24 * 3_600_000;

export function createDispositionService(deps: {
  db: Database;
  clock: Clock;
  hub: Hub;
  node: string;
  liveLegs: Pick<LiveLegService, "find" | "disposed">;
  settings: { current(): { undisposedUser: "telephone" | "seated-agent"; disposeDeadlineHours: number } };
  contactOf: (number: string) => Promise<Leg["contact"]>;
}): DispositionService {
  const { db, clock, hub, liveLegs, settings } = deps;

  /** A call is in memory before the journal is read, and in the rows when Perch was started anew. */
  const liveFacts = (legId: string): DisposableLeg | null => {
    const leg = liveLegs.find(legId);
    if (leg === null || leg.view.answeredAt === null) return null;
    const { answeredAt, endedAt } = leg.view;
    return {
      answeredAt: new Date(answeredAt),
      endedAt: endedAt === null ? null : new Date(endedAt),
      agentId: leg.agentId,
    };
  };

  const waits = new Map<number, () => void>();
  /** When the deadline of the first call of his list passes, the list is another. */
  const waitForDeadline = (agentId: number, rows: readonly UndisposedRow[]) => {
    waits.get(agentId)?.();
    waits.delete(agentId);
    if (rows.length === 0) return;
    const first = Math.min(...rows.map(({ endedAt }) => endedAt.getTime()));
    const due = first + settings.current().disposeDeadlineHours * 3_600_000 + 1 - clock.now().getTime();
    const cancel = clock.after(Math.min(Math.max(due, 0), LONGEST_WAIT_MS), () => {
      waits.delete(agentId);
      hub.publish({ type: "to-dispose.changed", agentId });
    });
    waits.set(agentId, cancel);
  };

  return {
    stop() {
      for (const cancel of waits.values()) cancel();
      waits.clear();
    },
    async dispose(actor, legId, body) {
      const now = clock.now();
      const { undisposedUser, disposeDeadlineHours } = settings.current();
      const { disposition: path, contactId = null, note = null } = body;
      const done = await inTransaction<LegDisposition | Refusal>(db, async (tx) => {
        await lockCalls(tx, deps.node);
        const leg = (await findDisposable(tx, legId)) ?? liveFacts(legId);
        const decided = decideDisposition(actor, leg, now, disposeDeadlineHours);
        if (decided instanceof Refusal) return decided;
        if (!isPath(await readTree(tx), path)) {
          return new Refusal("disposition.unknown", `"${path.join(" › ")}" is not in the list of dispositions.`);
        }
        if (contactId !== null && !(await contactExists(tx, contactId))) {
          return new Refusal("reference.unknown", `There is no contact ${contactId}.`, { field: "contactId" });
        }
        const before = await findDisposition(tx, legId);
        const chosen = {
          legId,
          agentId: decided.agentId,
          path,
          contactId,
          note,
          disposedAt: now,
          disposedBy: actor.staffId,
        };
        await putDisposition(tx, chosen, undisposedUser);
        if (before !== null || decided.agentId !== actor.staffId) {
          await writeAudit(tx, {
            actorId: actor.staffId,
            action: "call.dispose",
            subject: disposedCall(legId),
            facts: { agentId: decided.agentId, disposition: path, before: before?.path ?? null },
            at: now,
          });
        }
        return chosen;
      });
      if (done instanceof Refusal) return done;
      liveLegs.disposed(legId);
      hub.publish({ type: "to-dispose.changed", agentId: done.agentId });
      return done;
    },
    async toDispose(agentId, query = {}) {
      const after = query.cursor === undefined ? null : readCursor(query.cursor);
      if (after === undefined)
        return new Refusal("request.invalid", "The cursor is not one that a list has given out.");
      const limit = Math.min(query.limit ?? LONGEST_LIST, LONGEST_LIST);
      const since = new Date(clock.now().getTime() - settings.current().disposeDeadlineHours * 3_600_000);
      const found = await listUndisposed(db, agentId, since, { limit: limit + 1, after });
      const shown = found.slice(0, limit);
      if (after === null) waitForDeadline(agentId, shown);
      const contacts = new Map<string, Leg["contact"]>();
      for (const number of new Set(shown.map(otherNumber))) contacts.set(number, await deps.contactOf(number));
      const last = shown.at(-1);
      return {
        rows: shown.map((row) => present(row, contacts.get(otherNumber(row)) ?? null)),
        next: found.length > limit && last !== undefined ? cursorOf(last) : null,
      };
    },
  };
}

const otherNumber = (row: UndisposedRow) => (row.type === "outbound" ? row.destination : row.source);

function present(row: UndisposedRow, contact: Leg["contact"]): ToDispose {
  return {
    legId: row.legId,
    linkedId: row.linkedId,
    type: row.type,
    number: otherNumber(row),
    name: row.type === "outbound" ? "" : nameOf(row.callerId),
    contact,
    queue: row.queueId === null || row.queueName === null ? null : { id: row.queueId, name: row.queueName },
    startedAt: row.startedAt.toISOString(),
    answeredAt: row.answeredAt.toISOString(),
    endedAt: row.endedAt.toISOString(),
    billableS: row.billableMs === null ? null : row.billableMs / 1000,
  };
}

const cursorOf = (row: UndisposedRow) =>
  Buffer.from(JSON.stringify([row.startedAt.getTime(), row.legId])).toString("base64url");

/** Undefined: not one of ours. */
function readCursor(cursor: string): { startedAt: Date; legId: string } | undefined {
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    const [at, legId] = Array.isArray(read) ? read : [];
    if (!Number.isSafeInteger(at) || typeof legId !== "string" || legId.includes("\0")) return undefined;
    return { startedAt: new Date(at), legId };
  } catch {
    return undefined;
  }
}
