import { sql } from "kysely";
import type { FoldedLane, FoldedTransfer } from "../calls/folded-call.ts";
import type { Db } from "../db/pool.ts";
import type { PartyNames } from "./call-parties.ts";

/** Who the endpoints of a call are, who sat at them while it went on, and how its queues are called. */
export async function readPartyNames(
  db: Db,
  joined: readonly FoldedLane[][],
  transfers: readonly FoldedTransfer[],
): Promise<PartyNames> {
  const lanes = joined.flat();
  const endpoints = new Set([
    ...lanes.flatMap(({ endpoint }) => endpoint ?? []),
    ...transfers.flatMap((one) => [one.byEndpoint, one.to]),
  ]);
  const telephones = await readTelephones(db, [...endpoints]);
  const queueIds = new Set(lanes.flatMap(({ spans }) => spans.flatMap(({ queueId }) => queueId ?? [])));
  const queues = await db
    .selectFrom("queues")
    .where(sql<boolean>`id = any(${[...queueIds]}::bigint[])`)
    .select(["id", "name"])
    .execute();
  return {
    telephoneOf(endpoint, atMs) {
      const named = telephones.filter(({ username }) => username === endpoint);
      // A telephone that was removed may have left its name to another.
      return named.findLast(({ createdMs }) => createdMs <= atMs) ?? named[0];
    },
    leases: await readLeases(
      db,
      telephones.map(({ id }) => id),
      lanes,
    ),
    queues: new Map(queues.map(({ id, name }) => [id, name])),
  };
}

async function readTelephones(db: Db, usernames: readonly string[]) {
  if (usernames.length === 0) return [];
  const rows = await db
    .selectFrom("staff as s")
    .innerJoin("telephones as t", "t.staff_id", "s.id")
    .leftJoin("staff as o", "o.id", "t.owner_agent_id")
    .where(sql<boolean>`s.username = any(${usernames}::text[])`)
    .orderBy("s.created_at")
    .select(["s.id", "s.username", "s.full_name", "s.created_at", "o.full_name as owner"])
    .execute();
  return rows.map((one) => ({
    id: one.id,
    username: one.username,
    name: one.full_name,
    createdMs: one.created_at.getTime(),
    ownerName: one.owner,
  }));
}

async function readLeases(
  db: Db,
  telephoneIds: readonly number[],
  lanes: readonly FoldedLane[],
): Promise<PartyNames["leases"]> {
  if (telephoneIds.length === 0 || lanes.length === 0) return [];
  const from = new Date(Math.min(...lanes.map(({ fromUs }) => fromUs)) / 1000);
  const ends = lanes.flatMap(({ toUs }) => toUs ?? []);
  let during = db
    .selectFrom("leases as l")
    .innerJoin("staff as a", "a.id", "l.agent_id")
    .where(sql<boolean>`l.telephone_id = any(${telephoneIds}::bigint[])`)
    .where((eb) => eb.or([eb("l.ended_at", "is", null), eb("l.ended_at", ">", from)]));
  // Where somebody is still in the call, who sat down just now counts too.
  if (ends.length === lanes.length) during = during.where("l.started_at", "<=", new Date(Math.max(...ends) / 1000));
  const rows = await during
    .orderBy("l.started_at")
    .select(["l.telephone_id", "a.full_name", "l.started_at", "l.ended_at"])
    .execute();
  return rows.map((one) => ({
    telephoneId: one.telephone_id,
    agentName: one.full_name,
    fromMs: one.started_at.getTime(),
    toMs: one.ended_at?.getTime() ?? null,
  }));
}
