import { sql } from "kysely";
import type { InboundRoute } from "../../contract/views.ts";
import { afterCursor, contains } from "../db/page.ts";
import type { Db } from "../db/pool.ts";
import { type Listed, type ListQuery, page } from "../listing.ts";

export type InboundRouteFields = Omit<InboundRoute, "id">;

const rows = (db: Db) =>
  db
    .selectFrom("inbound_routes")
    .select(["id", "number", "actions", "record_percent as recordPercent", "number as sort"]);

/** Inbound routes by number; `q` is part of it. */
export async function listInboundRoutes(db: Db, { limit, after, q }: ListQuery): Promise<Listed<InboundRoute>> {
  const found = await rows(db)
    .where(afterCursor(sql`number`, sql`id`, after))
    .where(contains([sql`number`], q))
    .orderBy("number")
    .orderBy("id")
    .limit(limit + 1)
    .execute();
  return page(found, limit, ({ sort: _sort, ...route }) => route);
}

export async function findInboundRoute(db: Db, id: number): Promise<InboundRoute | null> {
  const row = await rows(db).where("id", "=", id).executeTakeFirst();
  if (row === undefined) return null;
  const { sort: _sort, ...route } = row;
  return route;
}

const columns = ({ number, actions, recordPercent }: InboundRouteFields) => ({
  number,
  actions: JSON.stringify(actions),
  record_percent: recordPercent,
});

export async function insertInboundRoute(tx: Db, route: InboundRouteFields): Promise<number> {
  const row = await tx.insertInto("inbound_routes").values(columns(route)).returning("id").executeTakeFirstOrThrow();
  return row.id;
}

export async function updateInboundRoute(tx: Db, id: number, route: InboundRouteFields): Promise<void> {
  await tx.updateTable("inbound_routes").set(columns(route)).where("id", "=", id).execute();
}

export async function deleteInboundRoute(tx: Db, id: number): Promise<void> {
  await tx.deleteFrom("inbound_routes").where("id", "=", id).execute();
}
