import { sql } from "kysely";
import type { Db } from "../db/pool.ts";
import { addMonths, monthOf } from "./call-at.ts";

interface Days {
  from: Date;
  to: Date;
}

/** The months that there are of these days, and which of them are archived. */
export async function monthsBetweenDays(db: Db, { from, to }: Days): Promise<{ month: string; archived: boolean }[]> {
  return db
    .selectFrom("call_months")
    .where(sql<boolean>`month >= ${monthOf(from)}::date and month < ${to}::timestamptz at time zone 'UTC'`)
    .orderBy("month")
    .select([
      sql<string>`month::text`.as("month"),
      sql<boolean>`coalesce(calls_archived_at, journal_archived_at) is not null`.as("archived"),
    ])
    .execute();
}

/** Calls of these days in one month that have lines, in the order of their names. */
export async function nextCalls(
  db: Db,
  node: string,
  month: string,
  days: Days,
  page: { after: string; limit: number },
): Promise<string[]> {
  const from = new Date(Math.max(days.from.getTime(), new Date(`${month}T00:00:00Z`).getTime()));
  const to = new Date(Math.min(days.to.getTime(), new Date(`${addMonths(month, 1)}T00:00:00Z`).getTime()));
  const { rows } = await sql<{ linked_id: string }>`
    select distinct linked_id from journal_lines
    where node = ${node} and linked_id > ${page.after} and call_at >= ${from} and call_at < ${to}
    order by linked_id limit ${page.limit}`.execute(db);
  return rows.map((row) => row.linked_id);
}

/** For one transaction. */
export async function takeItsTime(tx: Db): Promise<void> {
  await sql`set local statement_timeout = 0`.execute(tx);
}
