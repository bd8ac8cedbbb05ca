import { sql } from "kysely";
import type { Db } from "../db/pool.ts";
import type { UndisposedUser } from "./attribution.ts";
import type { FoldedCall } from "./folded-call.ts";

interface TelephoneStay {
  telephoneId: number;
  ownerAgentId: number | null;
  internal: string | null;
  fromMs: number;
  untilMs: number | null;
}

interface LeaseStay {
  agentId: number;
  fromMs: number;
  untilMs: number | null;
}

/** Everything outside the journal that a row says: who had which name, who sat where, who disposed what. */
export interface Surroundings {
  telephones: Map<string, TelephoneStay[]>;
  leases: Map<number, LeaseStay[]>;
  disposedBy: Map<string, { agentId: number; path: string[] }>;
  queues: Set<number>;
  undisposedUser: UndisposedUser;
}

/** For all of these calls at once. */
export async function readSurroundings(
  tx: Db,
  calls: readonly FoldedCall[],
  undisposedUser: UndisposedUser,
): Promise<Surroundings> {
  const endpoints = new Set<string>();
  const legIds = new Set<string>();
  const queueIds = new Set<number>();
  let firstUs = Number.POSITIVE_INFINITY;
  let lastUs = 0;
  for (const call of calls) {
    for (const leg of call.legs) {
      endpoints.add(leg.endpoint);
      if (leg.queueId !== null) queueIds.add(leg.queueId);
      firstUs = Math.min(firstUs, leg.rangUs);
      lastUs = Math.max(lastUs, leg.rangUs);
    }
    for (const visit of call.visits) queueIds.add(visit.queueId);
    for (const row of call.rows) if (row.legId !== null) legIds.add(row.legId);
  }
  const around: Surroundings = {
    telephones: new Map(),
    leases: new Map(),
    disposedBy: new Map(),
    queues: new Set(),
    undisposedUser,
  };
  const queues = await tx
    .selectFrom("queues")
    .where(sql<boolean>`id = any(${[...queueIds]}::bigint[])`)
    .select("id")
    .execute();
  for (const { id } of queues) around.queues.add(id);
  if (endpoints.size === 0) return around;
  const telephones = await tx
    .selectFrom("staff")
    .innerJoin("telephones", "telephones.staff_id", "staff.id")
    .where(sql<boolean>`staff.username = any(${[...endpoints]}::text[])`)
    .orderBy("staff.created_at")
    .select([
      "staff.id",
      "staff.username",
      "staff.internal",
      "staff.created_at",
      "staff.deleted_at",
      "telephones.owner_agent_id",
    ])
    .execute();
  const telephoneIds: number[] = [];
  for (const one of telephones) {
    telephoneIds.push(one.id);
    put(around.telephones, one.username, {
      telephoneId: one.id,
      ownerAgentId: one.owner_agent_id,
      internal: one.internal,
      fromMs: one.created_at.getTime(),
      untilMs: one.deleted_at?.getTime() ?? null,
    });
  }
  const leases = await tx
    .selectFrom("leases")
    .where(sql<boolean>`telephone_id = any(${telephoneIds}::bigint[])`)
    .where("started_at", "<=", new Date(lastUs / 1000))
    .where((eb) => eb.or([eb("ended_at", "is", null), eb("ended_at", ">=", new Date(firstUs / 1000))]))
    .orderBy("started_at")
    .select(["telephone_id", "agent_id", "started_at", "ended_at"])
    .execute();
  for (const one of leases) {
    const untilMs = one.ended_at?.getTime() ?? null;
    put(around.leases, one.telephone_id, { agentId: one.agent_id, fromMs: one.started_at.getTime(), untilMs });
  }
  const disposed = await tx
    .selectFrom("leg_dispositions")
    .where(sql<boolean>`leg_id = any(${[...legIds]}::text[])`)
    .select(["leg_id", "agent_id", "level1", "level2", "level3"])
    .execute();
  for (const one of disposed) {
    const path = [one.level1, one.level2, one.level3].filter((level) => level !== null);
    around.disposedBy.set(one.leg_id, { agentId: one.agent_id, path });
  }
  return around;
}

function put<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
