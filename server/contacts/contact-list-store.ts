import { sql } from "kysely";
import type { ContactList } from "../../contract/views.ts";
import { afterCursor, contains } from "../db/page.ts";
import type { Db } from "../db/pool.ts";
import { type Listed, type ListQuery, page } from "../listing.ts";

/** Contact lists by name; `q` is part of a name. */
export async function listContactLists(db: Db, { limit, after, q }: ListQuery): Promise<Listed<ContactList>> {
  const found = await db
    .selectFrom("contact_lists")
    .select(["id", "name", sql<string>`lower(name)`.as("sort")])
    .where("deleted_at", "is", null)
    .where(afterCursor(sql`lower(name)`, sql`id`, after))
    .where(contains([sql`name`], q))
    .orderBy("sort")
    .orderBy("id")
    .limit(limit + 1)
    .execute();
  return page(found, limit, ({ id, name }) => ({ id, name }));
}

const one = (db: Db, id: number) =>
  db.selectFrom("contact_lists").select(["id", "name"]).where("id", "=", id).where("deleted_at", "is", null);

export async function findContactList(db: Db, id: number): Promise<ContactList | null> {
  return (await one(db, id).executeTakeFirst()) ?? null;
}

/** Holds the list until the transaction ends: `for update` to remove it, `for share` to put a contact into it. */
export async function lockContactList(tx: Db, id: number, how: "update" | "share"): Promise<ContactList | null> {
  const query = how === "update" ? one(tx, id).forUpdate() : one(tx, id).forShare();
  return (await query.executeTakeFirst()) ?? null;
}

export async function insertContactList(tx: Db, name: string): Promise<number> {
  const row = await tx.insertInto("contact_lists").values({ name }).returning("id").executeTakeFirstOrThrow();
  return row.id;
}

export async function renameContactList(tx: Db, id: number, name: string): Promise<void> {
  await tx.updateTable("contact_lists").set({ name }).where("id", "=", id).execute();
}

export async function hasContacts(tx: Db, id: number): Promise<boolean> {
  const row = await tx
    .selectFrom("contacts")
    .select("id")
    .where("list_id", "=", id)
    .where("deleted_at", "is", null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export async function deleteContactList(tx: Db, id: number, at: Date): Promise<void> {
  await tx.updateTable("contact_lists").set({ deleted_at: at }).where("id", "=", id).execute();
}
