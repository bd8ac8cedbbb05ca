import { sql } from "kysely";
import type { Queue, QueueBody } from "../../contract/views.ts";
import { afterCursor, contains } from "../db/page.ts";
import type { Db } from "../db/pool.ts";
import { type Listed, type ListQuery, page } from "../listing.ts";
import { callbackColumns, callbacksOf } from "./queue-callback-row.ts";
import { soundColumns, soundsOf } from "./queue-sound-row.ts";

const rows = (db: Db) =>
  db.selectFrom("queues").selectAll().select(sql<string>`lower(name)`.as("sort")).where("deleted_at", "is", null);

type Row = Awaited<ReturnType<ReturnType<typeof rows>["executeTakeFirstOrThrow"]>>;

const view = (row: Row): Queue => ({
  id: row.id,
  name: row.name,
  strategy: row.strategy as Queue["strategy"],
  ringSeconds: row.ring_seconds,
  wrapUpSeconds: row.wrap_up_seconds,
  mandatoryDisposition: row.mandatory_disposition,
  phoneDisposition: row.phone_disposition,
  maxWaitSeconds: row.max_wait_seconds,
  recordPercent: row.record_percent,
  recordingDays: row.recording_days,
  ...soundsOf(row),
  ...callbacksOf(row),
  createdAt: row.created_at.toISOString(),
});

/** Queues by name; `q` is part of a name. */
export async function listQueues(db: Db, { limit, after, q }: ListQuery): Promise<Listed<Queue>> {
  const found = await rows(db)
    .where(afterCursor(sql`lower(name)`, sql`id`, after))
    .where(contains([sql`name`], q))
    .orderBy("sort")
    .orderBy("id")
    .limit(limit + 1)
    .execute();
  return page(found, limit, view);
}

export async function findQueue(db: Db, id: number): Promise<Queue | null> {
  const row = await rows(db).where("id", "=", id).executeTakeFirst();
  return row === undefined ? null : view(row);
}

export async function insertQueue(tx: Db, queue: Required<QueueBody>): Promise<number> {
  const { id } = await tx
    .insertInto("queues")
    .values({
      name: queue.name,
      strategy: queue.strategy,
      ring_seconds: queue.ringSeconds,
      wrap_up_seconds: queue.wrapUpSeconds,
      mandatory_disposition: queue.mandatoryDisposition,
      phone_disposition: queue.phoneDisposition,
      max_wait_seconds: queue.maxWaitSeconds,
      record_percent: queue.recordPercent,
      recording_days: queue.recordingDays,
      ...soundColumns(queue),
      ...callbackColumns(queue),
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

export async function updateQueue(tx: Db, id: number, queue: Required<QueueBody>): Promise<void> {
  await tx
    .updateTable("queues")
    .set({
      name: queue.name,
      strategy: queue.strategy,
      ring_seconds: queue.ringSeconds,
      wrap_up_seconds: queue.wrapUpSeconds,
      mandatory_disposition: queue.mandatoryDisposition,
      phone_disposition: queue.phoneDisposition,
      max_wait_seconds: queue.maxWaitSeconds,
      record_percent: queue.recordPercent,
      recording_days: queue.recordingDays,
      ...soundColumns(queue),
      ...callbackColumns(queue),
    })
    .where("id", "=", id)
    .execute();
}

/** Locks a living queue; false when there is none. */
export async function lockQueue(tx: Db, id: number): Promise<boolean> {
  const row = await tx
    .selectFrom("queues")
    .select("id")
    .where("id", "=", id)
    .where("deleted_at", "is", null)
    .forUpdate()
    .executeTakeFirst();
  return row !== undefined;
}

/** The numbers whose inbound routes lead to the queue. */
export async function numbersOfQueue(tx: Db, id: number): Promise<string[]> {
  const found = await tx
    .selectFrom("inbound_routes")
    .select("number")
    .where(sql<boolean>`actions @> ${JSON.stringify([{ queue: id }])}::jsonb`)
    .orderBy("number")
    .limit(20)
    .execute();
  return found.map(({ number }) => number);
}

/** How many voicemails and callbacks wait for its agents. */
export async function itemsWaitingFor(tx: Db, id: number): Promise<number> {
  const { count } = await tx
    .selectFrom("items")
    .where("queue_id", "=", id)
    .where("state", "<>", "done")
    .select(sql<number>`count(*)::int`.as("count"))
    .executeTakeFirstOrThrow();
  return count;
}

/** Takes a queue out; answers the agents who were in it. */
export async function deleteQueue(tx: Db, id: number, at: Date): Promise<number[]> {
  const members = await tx.deleteFrom("queue_agents").where("queue_id", "=", id).returning("agent_id").execute();
  // What it played may be removed now.
  const quiet = { periodic_prompt_id: null, music_prompt_id: null };
  await tx
    .updateTable("queues")
    .set({ deleted_at: at, ...quiet })
    .where("id", "=", id)
    .execute();
  return members.map(({ agent_id }) => agent_id);
}

/** The names of the living queues by id. */
export async function readQueueNames(db: Db): Promise<Map<number, string>> {
  const found = await db.selectFrom("queues").select(["id", "name"]).where("deleted_at", "is", null).execute();
  return new Map(found.map(({ id, name }) => [id, name]));
}
