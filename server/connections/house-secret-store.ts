import { sql } from "kysely";
import type { HouseSecret } from "../../contract/views.ts";
import { afterCursor, contains } from "../db/page.ts";
import type { Db } from "../db/pool.ts";
import { type Listed, type ListQuery, page } from "../listing.ts";

const rows = (db: Db) =>
  db
    .selectFrom("house_secrets")
    .select(["id", "name", "purpose", "hosts", "leads_to as leadsTo", sql<string>`lower(name)`.as("sort")]);

const view = ({ sort: _sort, ...secret }: HouseSecret & { sort: string }): HouseSecret => secret;

/** Secrets by their names, without what they are; `q` is part of a name. */
export async function listSecrets(db: Db, { limit, after, q }: ListQuery): Promise<Listed<HouseSecret>> {
  const found = await rows(db)
    .where(afterCursor(sql`lower(name)`, sql`id`, after))
    .where(contains([sql`name`], q))
    .orderBy("sort")
    .orderBy("id")
    .limit(limit + 1)
    .execute();
  return page(found, limit, view);
}

export async function findSecret(db: Db, id: number): Promise<HouseSecret | null> {
  const row = await rows(db).where("id", "=", id).executeTakeFirst();
  return row === undefined ? null : view(row);
}

/** Locks a secret; false where there is none. */
export async function lockSecret(tx: Db, id: number): Promise<boolean> {
  const row = await tx.selectFrom("house_secrets").select("id").where("id", "=", id).forUpdate().executeTakeFirst();
  return row !== undefined;
}

/** As it is kept: sealed. By its name for headers, by its id for a database. */
export async function findSealed(
  db: Db,
  which: { header: string } | { database: number },
): Promise<{ sealed: string; hosts: string[] } | null> {
  const query = db.selectFrom("house_secrets").select(["secret_sealed as sealed", "hosts"]);
  const row = await ("header" in which
    ? query.where("name", "=", which.header).where("purpose", "=", "header")
    : query.where("id", "=", which.database).where("purpose", "=", "database")
  ).executeTakeFirst();
  return row ?? null;
}

/** The names of all that can stand in headers. */
export async function headerSecretNames(db: Db): Promise<Set<string>> {
  const found = await db.selectFrom("house_secrets").select("name").where("purpose", "=", "header").execute();
  return new Set(found.map(({ name }) => name));
}

interface SecretColumns {
  name: string;
  purpose: "header" | "database";
  hosts: string[];
}

export async function insertSecret(
  tx: Db,
  { sealed, leadsTo, ...rest }: SecretColumns & { sealed: string; leadsTo: string },
): Promise<number> {
  const row = await tx
    .insertInto("house_secrets")
    .values({ ...rest, secret_sealed: sealed, leads_to: leadsTo })
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
}

export async function updateSecret(
  tx: Db,
  id: number,
  { hosts, fresh }: { hosts: string[]; fresh: { sealed: string; leadsTo: string } | null },
): Promise<void> {
  const more = fresh === null ? {} : { secret_sealed: fresh.sealed, leads_to: fresh.leadsTo };
  await tx
    .updateTable("house_secrets")
    .set({ hosts, ...more })
    .where("id", "=", id)
    .execute();
}

export async function deleteSecret(tx: Db, id: number): Promise<void> {
  await tx.deleteFrom("house_secrets").where("id", "=", id).execute();
}

/** What speaks of a secret: projects as they are drawn or as callers go through them, queries, the gateway. */
export async function usesOfSecret(tx: Db, { id, name }: { id: number; name: string }): Promise<string[]> {
  const place = `{secret.${name}}`;
  const { rows: found } = await sql<{ words: string }>`
    select 'the project ' || projects.name as words
    from projects
    left join project_versions as current
      on current.project_id = projects.id and current.version = projects.published
    where projects.deleted_at is null
      and (strpos(projects.draft::text, ${place}) > 0 or strpos(current.flow::text, ${place}) > 0)
    union all
    select 'the query ' || name from data_queries where secret_id = ${id}
    union all
    select 'the gateway of short messages' from sms_gateway where strpos(request::text, ${place}) > 0
    order by words limit 20`.execute(tx);
  return found.map(({ words }) => words);
}
