import { sql } from "kysely";
import type { ItemKind } from "../../contract/views.ts";
import type { Db } from "../db/pool.ts";
import type { ItemFacts, ItemNext } from "./item-acts.ts";
import { type ItemReach, within } from "./item-list.ts";

/** One that begins to wait. */
export interface NewItem {
  kind: ItemKind;
  since: Date;
  queueId: number | null;
  ownerId: number | null;
  linkedId: string;
  caller: string;
  number: string;
  /** As contacts have it. */
  canonical: string;
  wantedAt: Date | null;
}

/** Writes one down; answers its id. */
export async function insertItem(tx: Db, one: NewItem): Promise<number> {
  const { id } = await tx
    .insertInto("items")
    .values({
      ...{ kind: one.kind, since: one.since, queue_id: one.queueId, owner_id: one.ownerId },
      ...{ linked_id: one.linkedId, caller: one.caller, number: one.number, canonical: one.canonical },
      wanted_at: one.wantedAt,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** Whom an item concerns beside supervisors. */
export interface Concerned {
  queueId: number | null;
  agentIds: number[];
}

/** Takes it for whom it is open: of several at once one, in one statement. False: it was not open, or not within reach. */
export async function takeOpen(tx: Db, id: number, by: number, reach: ItemReach, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("items as i")
    .set({ state: "taken", taken_by: by, taken_at: at })
    .where("i.id", "=", id)
    .where("i.state", "=", "open")
    .where(within(reach))
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Locks one and answers what acts are decided by; null where there is none, or none within reach. */
export async function lockItem(
  tx: Db,
  id: number,
  reach: ItemReach,
): Promise<(ItemFacts & Concerned & { number: string }) | null> {
  const row = await tx
    .selectFrom("items as i")
    .leftJoin("staff as t", "t.id", "i.taken_by")
    .where("i.id", "=", id)
    .where(within(reach))
    .forUpdate("i")
    .select(["i.id", "i.state", "i.taken_by", "i.taken_at", "i.done_by", "i.done_at", "i.queue_id", "i.owner_id"])
    .select(["i.number", "t.full_name"])
    .executeTakeFirst();
  if (row === undefined) return null;
  const { taken_by, taken_at, queue_id, owner_id, done_by, done_at, full_name } = row;
  return {
    ...{ id, state: row.state, doneBy: done_by, doneAt: done_at, queueId: queue_id, number: row.number },
    taken: taken_by === null || taken_at === null ? null : { id: taken_by, name: full_name ?? "", since: taken_at },
    agentIds: [owner_id, taken_by, done_by].filter((one) => one !== null),
  };
}

/** How it ended. */
export interface ItemEnding {
  by: number;
  disposition: string[];
  note: string | null;
  contactId: number | null;
}

/** Puts one that is locked where an act leaves it. What it ended with is forgotten when it does not end. */
export async function putItem(tx: Db, id: number, next: ItemNext, at: Date, ending?: ItemEnding): Promise<void> {
  const ended = next.state === "done";
  const takenBy = next.state === "taken" ? next.takenBy : null;
  await tx
    .updateTable("items")
    .set({
      state: next.state,
      taken_by: takenBy,
      taken_at: takenBy === null ? null : at,
      done_at: ended ? at : null,
      done_by: ended ? (ending?.by ?? null) : null,
      disposition: ended ? (ending?.disposition ?? null) : null,
      note: ended ? (ending?.note ?? null) : null,
      ...(ended ? { contact_id: ending?.contactId ?? null } : {}),
    })
    .where("id", "=", id)
    .execute();
}

/** Writes down that the caller was called; `byId` null: by the house. */
export async function insertAttempt(
  tx: Db,
  one: { itemId: number; at: Date; byId: number | null; number: string },
): Promise<void> {
  await tx
    .insertInto("item_attempts")
    .values({ item_id: one.itemId, at: one.at, by_id: one.byId, number: one.number })
    .execute();
}

/** An agent who may sign in, and stays so until the transaction ends; null: there is none with that id. */
export async function findAgent(tx: Db, id: number): Promise<{ id: number; name: string } | null> {
  const row = await tx
    .selectFrom("staff")
    .where("id", "=", id)
    .where("kind", "=", "agent")
    .where("deleted_at", "is", null)
    .where("enabled", "=", true)
    .select(["id", "full_name as name"])
    .forShare()
    .executeTakeFirst();
  return row ?? null;
}

/** Opens what anybody had who has left the house or cannot sign in. Answers which items, and whom they concern. */
export async function openItemsOfLeavers(tx: Db): Promise<({ id: number } & Concerned)[]> {
  const rows = await tx
    .updateTable("items")
    .set({ state: "open", taken_by: null, taken_at: null })
    .where("taken_by", "in", (eb) =>
      eb
        .selectFrom("staff")
        .where((one) => one.or([one("deleted_at", "is not", null), one("enabled", "=", false)]))
        .select("staff.id"),
    )
    .returning(["id", "queue_id", "owner_id"])
    .execute();
  return rows.map(({ id, queue_id, owner_id }) => ({
    ...{ id, queueId: queue_id, agentIds: owner_id === null ? [] : [owner_id] },
  }));
}

/** How many wait, by whose they are and who has them. */
export interface WaitingItems {
  queueId: number | null;
  ownerId: number | null;
  takenBy: number | null;
  count: number;
  /** The oldest of them. */
  since: Date;
}

/** All that wait; of which living agent which queues are, and what those are called. */
export async function readWaiting(
  db: Db,
): Promise<{ waiting: WaitingItems[]; queues: { id: number; name: string }[]; queuesOf: Map<number, number[]> }> {
  const waiting = await db
    .selectFrom("items")
    .where("state", "<>", "done")
    .groupBy(["queue_id", "owner_id", "taken_by"])
    .select(["queue_id as queueId", "owner_id as ownerId", "taken_by as takenBy"])
    .select([sql<number>`count(*)`.as("count"), sql<Date>`min(since)`.as("since")])
    .execute();
  const queues = await db.selectFrom("queues").select(["id", "name"]).execute();
  const members = await db.selectFrom("queue_agents").select(["agent_id", "queue_id"]).execute();
  const queuesOf = new Map<number, number[]>();
  for (const { agent_id, queue_id } of members) {
    const mine = queuesOf.get(agent_id) ?? [];
    mine.push(queue_id);
    queuesOf.set(agent_id, mine);
  }
  return { waiting, queues, queuesOf };
}
