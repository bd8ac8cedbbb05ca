import { sql } from "kysely";
import type { OutboundRoute } from "../../contract/views.ts";
import { afterCursor, contains } from "../db/page.ts";
import type { Db } from "../db/pool.ts";
import { type Listed, type ListQuery, page } from "../listing.ts";

export type OutboundRouteFields = Omit<OutboundRoute, "id">;

/** An array of ids as numbers: the database's own form of it would come as texts. */
const ids = (column: string) => sql<number[]>`to_jsonb(${sql.ref(column)})`;

const rows = (db: Db) =>
  db
    .selectFrom("outbound_routes")
    .select(["id", "name", "pattern", "trunk_id as trunkId", "strip_digits as stripDigits", "prefix"])
    .select(["caller_id as callerId", "record_percent as recordPercent"])
    .select([ids("backup_trunk_ids").as("backupTrunkIds"), ids("team_ids").as("teamIds")])
    .select([ids("agent_ids").as("agentIds"), ids("telephone_ids").as("telephoneIds")]);

/** Outbound routes by name; `q` is part of a name or pattern. */
export async function listOutboundRoutes(db: Db, { limit, after, q }: ListQuery): Promise<Listed<OutboundRoute>> {
  const found = await rows(db)
    .select(sql<string>`lower(name)`.as("sort"))
    .where(afterCursor(sql`lower(name)`, sql`id`, after))
    .where(contains([sql`name`, sql`pattern`], q))
    .orderBy("sort")
    .orderBy("id")
    .limit(limit + 1)
    .execute();
  return page(found, limit, ({ sort: _sort, ...route }) => route);
}

export async function findOutboundRoute(db: Db, id: number): Promise<OutboundRoute | null> {
  return (await rows(db).where("id", "=", id).executeTakeFirst()) ?? null;
}

/** All there are, oldest first. */
export const readOutboundRoutes = (db: Db): Promise<OutboundRoute[]> => rows(db).orderBy("id").execute();

const columns = (route: OutboundRouteFields) => ({
  name: route.name,
  pattern: route.pattern,
  trunk_id: route.trunkId,
  strip_digits: route.stripDigits,
  prefix: route.prefix,
  caller_id: route.callerId,
  record_percent: route.recordPercent,
  backup_trunk_ids: route.backupTrunkIds,
  team_ids: route.teamIds,
  agent_ids: route.agentIds,
  telephone_ids: route.telephoneIds,
});

export async function insertOutboundRoute(tx: Db, route: OutboundRouteFields): Promise<number> {
  const row = await tx.insertInto("outbound_routes").values(columns(route)).returning("id").executeTakeFirstOrThrow();
  return row.id;
}

export async function updateOutboundRoute(tx: Db, id: number, route: OutboundRouteFields): Promise<void> {
  await tx.updateTable("outbound_routes").set(columns(route)).where("id", "=", id).execute();
}

export async function deleteOutboundRoute(tx: Db, id: number): Promise<void> {
  await tx.deleteFrom("outbound_routes").where("id", "=", id).execute();
}
