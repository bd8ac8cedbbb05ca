import { sql } from "kysely";
import type { Trunk } from "../../contract/views.ts";
import { afterCursor, contains } from "../db/page.ts";
import type { Db } from "../db/pool.ts";
import { type Listed, type ListQuery, page } from "../listing.ts";

const rows = (db: Db) =>
  db
    .selectFrom("trunks")
    .select(["id", "name", "host", "port", "match", "username"])
    .select([sql<boolean>`password_sealed is not null`.as("hasPassword"), sql<string>`lower(name)`.as("sort")])
    .where("deleted_at", "is", null);

const view = ({ sort: _sort, ...trunk }: Trunk & { sort: string }): Trunk => trunk;

/** Trunks by name; `q` is part of a name or host. */
export async function listTrunks(db: Db, { limit, after, q }: ListQuery): Promise<Listed<Trunk>> {
  const found = await rows(db)
    .where(afterCursor(sql`lower(name)`, sql`id`, after))
    .where(contains([sql`name`, sql`host`], q))
    .orderBy("sort")
    .orderBy("id")
    .limit(limit + 1)
    .execute();
  return page(found, limit, view);
}

export async function findTrunk(db: Db, id: number): Promise<Trunk | null> {
  const row = await rows(db).where("id", "=", id).executeTakeFirst();
  return row === undefined ? null : view(row);
}

/** Locks a living trunk; false when there is none. */
export async function lockTrunk(tx: Db, id: number, how: "update" | "share"): Promise<boolean> {
  const query = tx.selectFrom("trunks").select("id").where("id", "=", id).where("deleted_at", "is", null);
  return (await (how === "update" ? query.forUpdate() : query.forShare()).executeTakeFirst()) !== undefined;
}

/** Another living trunk that one of the addresses leads to: its calls could not be told from this one's. */
export async function findSharedAddress(
  tx: Db,
  match: string[],
  exceptId: number,
): Promise<{ address: string; trunk: string } | null> {
  const found = await tx
    .selectFrom("trunks")
    .select(["name", "match"])
    .where("deleted_at", "is", null)
    .where("id", "<>", exceptId)
    .where(sql<boolean>`match && ${match}::text[]`)
    .limit(1)
    .executeTakeFirst();
  const address = found?.match.find((one) => match.includes(one));
  return found === undefined || address === undefined ? null : { address, trunk: found.name };
}

export interface TrunkColumns {
  name: string;
  host: string;
  port: number;
  match: string[];
  username: string | null;
  /** Undefined leaves it as it is. */
  passwordSealed: string | null | undefined;
}

const columns = ({ name, host, port, match, username, passwordSealed }: TrunkColumns) => ({
  name,
  host,
  port,
  match,
  username,
  ...(passwordSealed === undefined ? {} : { password_sealed: passwordSealed }),
});

export async function insertTrunk(tx: Db, trunk: TrunkColumns): Promise<number> {
  const row = await tx.insertInto("trunks").values(columns(trunk)).returning("id").executeTakeFirstOrThrow();
  return row.id;
}

export async function updateTrunk(tx: Db, id: number, trunk: TrunkColumns): Promise<void> {
  await tx.updateTable("trunks").set(columns(trunk)).where("id", "=", id).execute();
}

/** The names of the outbound routes that go through the trunk. */
export async function routesThrough(tx: Db, id: number): Promise<string[]> {
  const found = await tx
    .selectFrom("outbound_routes")
    .select("name")
    .where((eb) => eb.or([eb("trunk_id", "=", id), sql<boolean>`${id} = any(backup_trunk_ids)`]))
    .orderBy("name")
    .limit(20)
    .execute();
  return found.map(({ name }) => name);
}

export async function deleteTrunk(tx: Db, id: number, at: Date): Promise<void> {
  await tx.updateTable("trunks").set({ deleted_at: at, password_sealed: null }).where("id", "=", id).execute();
}
