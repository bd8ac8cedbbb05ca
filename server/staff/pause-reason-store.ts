import { sql } from "kysely";
import type { Pause } from "../../contract/views.ts";
import { afterCursor, contains } from "../db/page.ts";
import type { Db } from "../db/pool.ts";
import { type Listed, type ListQuery, page } from "../listing.ts";

/** Break reasons by name; `q` is part of a name. */
export async function listPauseReasons(db: Db, { limit, after, q }: ListQuery): Promise<Listed<Pause>> {
  const found = await db
    .selectFrom("pause_reasons")
    .select(["id", "name", "max_minutes as maxMinutes", "digit", sql<string>`lower(name)`.as("sort")])
    .where("deleted_at", "is", null)
    .where(afterCursor(sql`lower(name)`, sql`id`, after))
    .where(contains([sql`name`], q))
    .orderBy("sort")
    .orderBy("id")
    .limit(limit + 1)
    .execute();
  return page(found, limit, ({ id, name, maxMinutes, digit }) => ({ id, name, maxMinutes, digit }));
}

export async function findPauseReason(db: Db, id: number): Promise<Pause | null> {
  const row = await db
    .selectFrom("pause_reasons")
    .select(["id", "name", "max_minutes as maxMinutes", "digit"])
    .where("id", "=", id)
    .where("deleted_at", "is", null)
    .executeTakeFirst();
  return row ?? null;
}

export async function insertPauseReason(tx: Db, { name, maxMinutes, digit }: Omit<Pause, "id">): Promise<number> {
  const row = await tx
    .insertInto("pause_reasons")
    .values({ name, max_minutes: maxMinutes, digit })
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
}

export async function updatePauseReason(tx: Db, { id, name, maxMinutes, digit }: Pause): Promise<void> {
  await tx.updateTable("pause_reasons").set({ name, max_minutes: maxMinutes, digit }).where("id", "=", id).execute();
}

export async function deletePauseReason(tx: Db, id: number, at: Date): Promise<void> {
  await tx.updateTable("pause_reasons").set({ deleted_at: at }).where("id", "=", id).execute();
}
