import { sql } from "kysely";
import type { DataQuery } from "../../contract/views.ts";
import { afterCursor, contains } from "../db/page.ts";
import type { Db } from "../db/pool.ts";
import { type Listed, type ListQuery, page } from "../listing.ts";
import { numberedStatement } from "./named-parameters.ts";

const rows = (db: Db) =>
  db
    .selectFrom("data_queries")
    .select(["id", "name", "secret_id as secretId", "sql", "timeout_seconds as timeoutSeconds"])
    .select(sql<string>`lower(name)`.as("sort"));

const view = ({ sort: _sort, ...query }: Omit<DataQuery, "parameters"> & { sort: string }): DataQuery => ({
  ...query,
  parameters: numberedStatement(query.sql).names,
});

/** Queries by name; `q` is part of it. */
export async function listDataQueries(db: Db, { limit, after, q }: ListQuery): Promise<Listed<DataQuery>> {
  const found = await rows(db)
    .where(afterCursor(sql`lower(name)`, sql`id`, after))
    .where(contains([sql`name`], q))
    .orderBy("sort")
    .orderBy("id")
    .limit(limit + 1)
    .execute();
  return page(found, limit, view);
}

export async function findDataQuery(db: Db, id: number): Promise<DataQuery | null> {
  const row = await rows(db).where("id", "=", id).executeTakeFirst();
  return row === undefined ? null : view(row);
}

/** Locks a query; false where there is none. */
export async function lockDataQuery(tx: Db, id: number): Promise<boolean> {
  const row = await tx.selectFrom("data_queries").select("id").where("id", "=", id).forUpdate().executeTakeFirst();
  return row !== undefined;
}

type Fields = Omit<DataQuery, "id" | "parameters">;
const columns = ({ name, secretId, sql: text, timeoutSeconds }: Fields) => ({
  ...{ name, secret_id: secretId, sql: text, timeout_seconds: timeoutSeconds },
});

export async function insertDataQuery(tx: Db, fields: Fields): Promise<number> {
  const row = await tx.insertInto("data_queries").values(columns(fields)).returning("id").executeTakeFirstOrThrow();
  return row.id;
}

export async function updateDataQuery(tx: Db, id: number, fields: Fields): Promise<void> {
  await tx.updateTable("data_queries").set(columns(fields)).where("id", "=", id).execute();
}

export async function deleteDataQuery(tx: Db, id: number): Promise<void> {
  await tx.deleteFrom("data_queries").where("id", "=", id).execute();
}

/** Projects with a block that asks it, as they are drawn or as callers go through them. */
export async function projectsAsking(tx: Db, id: number): Promise<string[]> {
  const path = `$.blocks[*] ? (@.type == "database-lookup" && @.options.query == ${Math.trunc(id)})`;
  const { rows: found } = await sql<{ name: string }>`
    select projects.name from projects
    left join project_versions as current
      on current.project_id = projects.id and current.version = projects.published
    where projects.deleted_at is null
      and (jsonb_path_exists(projects.draft, ${path}::jsonpath)
        or coalesce(jsonb_path_exists(current.flow, ${path}::jsonpath), false))
    order by projects.name limit 20`.execute(tx);
  return found.map(({ name }) => name);
}
