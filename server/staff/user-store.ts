import { sql } from "kysely";
import type { User } from "../../contract/views.ts";
import { afterCursor, contains } from "../db/page.ts";
import type { Db } from "../db/pool.ts";
import { type Listed, type ListQuery, page } from "../listing.ts";

const rows = (db: Db) =>
  db
    .selectFrom("staff")
    .innerJoin("accounts", "accounts.staff_id", "staff.id")
    .select(["staff.id", "staff.full_name", "staff.username", "staff.enabled", "staff.created_at", "staff.kind"])
    .select(["accounts.email", sql<string>`lower(staff.full_name)`.as("sort")])
    .where("staff.kind", "in", ["admin", "supervisor"])
    .where("staff.deleted_at", "is", null);

type Row = Awaited<ReturnType<ReturnType<typeof rows>["executeTakeFirstOrThrow"]>>;

const view = (row: Row): User => ({
  id: row.id,
  fullName: row.full_name,
  username: row.username,
  enabled: row.enabled,
  createdAt: row.created_at.toISOString(),
  email: row.email,
  role: row.kind === "admin" ? "admin" : "supervisor",
});

/** Administrators and supervisors by name; `q` is part of a name, username or mail address. */
export async function listUsers(db: Db, { limit, after, q }: ListQuery): Promise<Listed<User>> {
  const found = await rows(db)
    .where(afterCursor(sql`lower(staff.full_name)`, sql`staff.id`, after))
    .where(contains([sql`staff.full_name`, sql`staff.username`, sql`accounts.email`], q))
    .orderBy("sort")
    .orderBy("staff.id")
    .limit(limit + 1)
    .execute();
  return page(found, limit, view);
}

export async function findUser(db: Db, id: number): Promise<User | null> {
  const row = await rows(db).where("staff.id", "=", id).executeTakeFirst();
  return row === undefined ? null : view(row);
}
