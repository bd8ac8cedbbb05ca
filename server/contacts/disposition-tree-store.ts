import { sql } from "kysely";
import type { Disposition } from "../../contract/views.ts";
import { afterCursor, contains } from "../db/page.ts";
import type { Db } from "../db/pool.ts";
import { type Listed, type ListQuery, page } from "../listing.ts";
import type { TreeNode } from "./disposition-tree.ts";

const rows = (db: Db) =>
  db
    .selectFrom("dispositions")
    .select(["id", "name", "parent_id as parentId", "level"])
    .where("deleted_at", "is", null);

/** All levels in one list, by name; `q` is part of a name. */
export async function listDispositions(db: Db, { limit, after, q }: ListQuery): Promise<Listed<Disposition>> {
  const found = await rows(db)
    .select(sql<string>`lower(name)`.as("sort"))
    .where(afterCursor(sql`lower(name)`, sql`id`, after))
    .where(contains([sql`name`], q))
    .orderBy("sort")
    .orderBy("id")
    .limit(limit + 1)
    .execute();
  return page(found, limit, ({ id, name, parentId, level }) => ({ id, name, parentId, level }));
}

export async function findDisposition(db: Db, id: number): Promise<Disposition | null> {
  return (await rows(db).where("id", "=", id).executeTakeFirst()) ?? null;
}

/** The whole tree, held so that nobody else changes it meanwhile: a move is judged by all of it. */
export async function lockTree(tx: Db): Promise<TreeNode[]> {
  await sql`lock table dispositions in share row exclusive mode`.execute(tx);
  return rows(tx).execute();
}

export async function insertDisposition(
  tx: Db,
  disposition: { name: string; parentId: number | null; level: number },
): Promise<number> {
  const { name, parentId, level } = disposition;
  const row = await tx
    .insertInto("dispositions")
    .values({ name, parent_id: parentId, level })
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
}

export async function updateDisposition(
  tx: Db,
  id: number,
  disposition: { name: string; parentId: number | null; level: number },
): Promise<void> {
  const { name, parentId, level } = disposition;
  await tx.updateTable("dispositions").set({ name, parent_id: parentId, level }).where("id", "=", id).execute();
}

export async function setLevel(tx: Db, id: number, level: number): Promise<void> {
  await tx.updateTable("dispositions").set({ level }).where("id", "=", id).execute();
}

export async function deleteDisposition(tx: Db, id: number, at: Date): Promise<void> {
  await tx.updateTable("dispositions").set({ deleted_at: at }).where("id", "=", id).execute();
}
