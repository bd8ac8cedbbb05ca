import { sql } from "kysely";
import type { Static } from "typebox";
import type { Contact, ContactHint } from "../../contract/views.ts";
import { afterCursor, contains } from "../db/page.ts";
import type { Db } from "../db/pool.ts";
import { type Listed, type ListQuery, page } from "../listing.ts";

const rows = (db: Db) =>
  db
    .selectFrom("contacts")
    .select(["id", "list_id", "full_name", "company", "email", "note", "created_at"])
    .select([
      sql<string>`lower(full_name)`.as("sort"),
      sql<string[]>`coalesce((select jsonb_agg(number order by canonical) from contact_numbers
        where contact_id = contacts.id), '[]')`.as("numbers"),
    ])
    .where("deleted_at", "is", null);

type Row = Awaited<ReturnType<ReturnType<typeof rows>["executeTakeFirstOrThrow"]>>;

const view = (row: Row): Contact => ({
  id: row.id,
  listId: row.list_id,
  fullName: row.full_name,
  company: row.company,
  email: row.email,
  note: row.note,
  numbers: row.numbers,
  createdAt: row.created_at.toISOString(),
});

export interface ContactSearch extends ListQuery {
  listId: number | null;
  /** As `canonicalNumber` has it. */
  canonical: string | null;
}

/** Contacts by name; `q` is part of a name, company or mail address. */
export async function listContacts(db: Db, search: ContactSearch): Promise<Listed<Contact>> {
  const { limit, after, q, listId, canonical } = search;
  const numbered = sql<boolean>`id in (select contact_id from contact_numbers where canonical = ${canonical})`;
  const found = await rows(db)
    .$if(listId !== null, (query) => query.where("list_id", "=", listId))
    .$if(canonical !== null, (query) => query.where(numbered))
    .where(afterCursor(sql`lower(full_name)`, sql`id`, after))
    .where(contains([sql`full_name`, sql`company`, sql`email`], q))
    .orderBy("sort")
    .orderBy("id")
    .limit(limit + 1)
    .execute();
  return page(found, limit, view);
}

export async function findContact(db: Db, id: number): Promise<Contact | null> {
  const row = await rows(db).where("id", "=", id).executeTakeFirst();
  return row === undefined ? null : view(row);
}

/** Whose number that is: of several, the one that was changed last. */
export async function findHint(db: Db, canonical: string): Promise<Static<typeof ContactHint> | null> {
  const row = await db
    .selectFrom("contact_numbers")
    .innerJoin("contacts", "contacts.id", "contact_numbers.contact_id")
    .select(["contacts.id", "contacts.full_name as name", "contacts.company"])
    .where("canonical", "=", canonical)
    .where("contacts.deleted_at", "is", null)
    .orderBy("contacts.updated_at", "desc")
    .orderBy("contacts.id")
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

/** Locks a living contact; false when there is none. */
export async function lockContact(tx: Db, id: number): Promise<boolean> {
  const row = await tx
    .selectFrom("contacts")
    .select("id")
    .where("id", "=", id)
    .where("deleted_at", "is", null)
    .forUpdate()
    .executeTakeFirst();
  return row !== undefined;
}

export interface ContactColumns {
  listId: number;
  fullName: string;
  company: string | null;
  email: string | null;
  note: string | null;
}

const columns = ({ listId, fullName, company, email, note }: ContactColumns) => ({
  list_id: listId,
  full_name: fullName,
  company,
  email,
  note,
});

export async function insertContact(tx: Db, contact: ContactColumns): Promise<number> {
  const row = await tx.insertInto("contacts").values(columns(contact)).returning("id").executeTakeFirstOrThrow();
  return row.id;
}

export async function updateContact(tx: Db, id: number, contact: ContactColumns, at: Date): Promise<void> {
  await tx
    .updateTable("contacts")
    .set({ ...columns(contact), updated_at: at })
    .where("id", "=", id)
    .execute();
}

export interface ContactNumber {
  number: string;
  canonical: string;
}

/** Makes these the numbers of the contact. The same number written twice is kept once. */
export async function setNumbers(tx: Db, contactId: number, numbers: ContactNumber[]): Promise<void> {
  await tx.deleteFrom("contact_numbers").where("contact_id", "=", contactId).execute();
  if (numbers.length === 0) return;
  await tx
    .insertInto("contact_numbers")
    .values(numbers.map((one) => ({ contact_id: contactId, ...one })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function deleteContact(tx: Db, id: number, at: Date): Promise<void> {
  await tx.updateTable("contacts").set({ deleted_at: at, updated_at: at }).where("id", "=", id).execute();
}

/** The numbers of up to `limit` contacts after one, for reading them all anew. */
export async function readNumbers(
  tx: Db,
  afterId: number,
  limit: number,
): Promise<{ id: number; numbers: ContactNumber[] }[]> {
  const found = await tx
    .selectFrom("contacts")
    .select("id")
    .select(
      sql<ContactNumber[]>`(select jsonb_agg(jsonb_build_object('number', number, 'canonical', canonical))
        from contact_numbers where contact_id = contacts.id)`.as("numbers"),
    )
    .where("id", ">", afterId)
    .where(sql<boolean>`exists (select 1 from contact_numbers where contact_id = contacts.id)`)
    .orderBy("id")
    .limit(limit)
    .forUpdate()
    .execute();
  return found;
}
