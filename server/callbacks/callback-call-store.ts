import { sql } from "kysely";
import type { Db } from "../db/pool.ts";

/** A request and what its queue says of calling back. */
export interface KeptRequest {
  itemId: number;
  queueId: number;
  since: Date;
  state: "open" | "taken" | "done";
  number: string;
  caller: string;
  linkedId: string;
  /** The call in which he asked goes on. */
  onCall: boolean;
  wantedAt: Date | null;
  byItself: boolean;
  attempts: number;
  minutes: number;
  calendarId: number | null;
  callId: string | null;
  placedAt: Date | null;
  tries: number;
  dueAt: Date | null;
}

/** All that wait to be called back by a queue, and those whose call is still to be looked at. */
export async function readRequests(db: Db): Promise<KeptRequest[]> {
  return db
    .selectFrom("items as i")
    .innerJoin("queues as q", "q.id", "i.queue_id")
    .leftJoin("callback_calls as c", "c.item_id", "i.id")
    .where("i.kind", "=", "callback")
    .where((eb) => eb.or([eb("i.state", "<>", "done"), eb("c.call_id", "is not", null)]))
    .orderBy("i.since")
    .select([
      "i.id as itemId",
      "q.id as queueId",
      "i.since",
      "i.state",
      "i.number",
      "i.caller",
      "i.linked_id as linkedId",
    ])
    .select(
      sql<boolean>`exists (select from calls where calls.linked_id = i.linked_id and calls.ended_at is null)`.as(
        "onCall",
      ),
    )
    .select(["i.wanted_at as wantedAt", "q.callback_attempts as attempts", "q.callback_minutes as minutes"])
    .select(["q.callback_calendar_id as calendarId", "c.call_id as callId", "c.placed_at as placedAt"])
    .select([sql<number>`coalesce(c.tries, 0)`.as("tries"), "c.due_at as dueAt"])
    .select(sql<boolean>`q.callbacks = 'by-itself' and q.deleted_at is null`.as("byItself"))
    .execute();
}

/** Makes a call of the house's the one of an open request; false where there is one, or the request is not open any more. */
export async function claimCall(tx: Db, itemId: number, callId: string, at: Date): Promise<boolean> {
  const { rows } = await sql`
    with one as (select id from items where id = ${itemId} and kind = 'callback' and state = 'open' for update)
    insert into callback_calls as c (item_id, call_id, placed_at, due_at)
    select id, ${callId}, ${at}, ${at} from one
    on conflict (item_id) do update set call_id = excluded.call_id, placed_at = excluded.placed_at
      where c.call_id is null
    returning item_id`.execute(tx);
  return rows.length > 0;
}

/** It is over, and nobody had taken it. */
export async function releaseCall(db: Db, callId: string, dueAt: Date): Promise<void> {
  await db
    .updateTable("callback_calls")
    .set({ call_id: null, taker_id: null, due_at: dueAt })
    .where("call_id", "=", callId)
    .execute();
}

/** The agent who sits at a telephone. */
export async function findSeated(db: Db, endpoint: string): Promise<number | null> {
  const row = await db
    .selectFrom("leases")
    .innerJoin("staff", "staff.id", "leases.telephone_id")
    .where("staff.username", "=", endpoint)
    .where("staff.deleted_at", "is", null)
    .where("leases.ended_at", "is", null)
    .select("leases.agent_id")
    .executeTakeFirst();
  return row?.agent_id ?? null;
}

/** Who has taken the place has the item; answers it. Null: somebody had it already. */
export async function takeByCall(
  tx: Db,
  callId: string,
  agentId: number,
  at: Date,
): Promise<{ itemId: number; queueId: number | null } | null> {
  const row = await tx
    .updateTable("items as i")
    .from("callback_calls as c")
    .whereRef("c.item_id", "=", "i.id")
    .where("c.call_id", "=", callId)
    .where("i.state", "=", "open")
    .set({ state: "taken", taken_by: agentId, taken_at: at })
    .returning(["i.id as itemId", "i.queue_id as queueId"])
    .executeTakeFirst();
  if (row === undefined) return null;
  await tx.updateTable("callback_calls").set({ taker_id: agentId }).where("call_id", "=", callId).execute();
  return row;
}

/** What became of calls of the house's that are over: the row of whoever made them. */
export interface EndedCall {
  callId: string;
  itemId: number;
  agentId: number | null;
  startedAt: Date;
  reached: boolean;
}

/** Of these calls those that are over and were taken. */
export async function readEnded(db: Db, callIds: readonly string[]): Promise<EndedCall[]> {
  if (callIds.length === 0) return [];
  const { rows } = await sql<EndedCall>`
    select k.call_id as "callId", k.item_id as "itemId", r.agent as "agentId", coalesce(r.started_at, c.started_at) as "startedAt",
      coalesce(r.reached, false) as reached
    from callback_calls k
    join calls c on c.linked_id = k.call_id and c.ended_at is not null
    left join lateral (
      select coalesce(owner_agent_id, seated_agent_id) as agent, started_at, answered_at is not null as reached
      from report_calls r where r.linked_id = c.linked_id and r.call_at = c.call_at and r.type = 'outbound'
      order by started_at, id limit 1
    ) as r on true
    where k.call_id = any(${callIds}::text[])`.execute(db);
  return rows;
}

/** Whether the journal has anything of a call that is not over, or rows of it. */
export async function hasCall(db: Db, callId: string): Promise<boolean> {
  const row = await db.selectFrom("calls").where("linked_id", "=", callId).select("linked_id").executeTakeFirst();
  return row !== undefined;
}

/** Locks a request whose call is that one; null: that call was looked at already. */
export async function lockCalled(
  tx: Db,
  callId: string,
): Promise<{
  itemId: number;
  queueId: number | null;
  state: "open" | "taken" | "done";
  takenBy: number | null;
  takerId: number | null;
  number: string;
  tries: number;
  minutes: number;
} | null> {
  const row = await tx
    .selectFrom("items as i")
    .innerJoin("callback_calls as c", "c.item_id", "i.id")
    .innerJoin("queues as q", "q.id", "i.queue_id")
    .where("c.call_id", "=", callId)
    .forUpdate(["i", "c"])
    .select(["i.id as itemId", "i.queue_id as queueId", "i.state", "i.taken_by as takenBy", "i.number"])
    .select(["c.taker_id as takerId", "c.tries", "q.callback_minutes as minutes"])
    .executeTakeFirst();
  return row ?? null;
}

/** He was called; the next time is not before `dueAt`. */
export async function putCalled(tx: Db, callId: string, after: { tries: number; dueAt: Date }): Promise<void> {
  await tx
    .updateTable("callback_calls")
    .set({ call_id: null, taker_id: null, tries: after.tries, due_at: after.dueAt })
    .where("call_id", "=", callId)
    .execute();
}

/** The house ends it, or nobody has it any more. */
export async function putByHouse(
  tx: Db,
  itemId: number,
  next: { state: "open" } | { state: "done"; by: number | null },
  at: Date,
): Promise<void> {
  const ended = next.state === "done" ? { done_at: at, done_by: next.by } : {};
  await tx
    .updateTable("items")
    .set({ state: next.state, taken_by: null, taken_at: null, ...ended })
    .where("id", "=", itemId)
    .execute();
}

/** Open requests of which the same number has called that queue since, and was answered. */
export async function findCalledIn(db: Db): Promise<{ itemId: number; queueId: number }[]> {
  const { rows } = await sql<{ itemId: number; queueId: number }>`
    select i.id as "itemId", i.queue_id as "queueId" from items i
    where i.kind = 'callback' and i.state = 'open' and i.queue_id is not null and length(tail_of_number(i.number)) >= 6
      and exists (
        select from report_calls r
        where r.type = 'inbound' and r.queue_id = i.queue_id and r.answered_at is not null and r.started_at > i.since
          and r.linked_id <> i.linked_id and r.call_at > i.since - interval '1 day'
          and tail_of_number(r.source) = tail_of_number(i.number))`.execute(db);
  return rows;
}

/** Locks an open request; false where it is not open any more. */
export async function lockOpen(tx: Db, itemId: number): Promise<boolean> {
  const row = await tx
    .selectFrom("items")
    .where("id", "=", itemId)
    .where("state", "=", "open")
    .forUpdate()
    .select("id")
    .executeTakeFirst();
  return row !== undefined;
}
