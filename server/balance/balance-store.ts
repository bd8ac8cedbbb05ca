import { sql } from "kysely";
import type { Db } from "../db/pool.ts";

/** What came of a day, as it was last looked at. */
export interface BalanceRun {
  day: string;
  checkedAt: Date;
  compared: number;
  off: number;
}

/** The newest days first. */
export async function listBalanceRuns(db: Db, limit: number): Promise<BalanceRun[]> {
  const { rows } = await sql<BalanceRun>`
    select day::text, checked_at as "checkedAt", compared, off from balance_runs order by day desc limit ${limit}`.execute(
    db,
  );
  return rows;
}

export async function hasBalanceRun(db: Db, day: string): Promise<boolean> {
  const { rows } = await sql`select from balance_runs where day = ${day}::date`.execute(db);
  return rows.length > 0;
}

export async function saveBalanceRun(db: Db, { day, checkedAt, compared, off }: BalanceRun): Promise<void> {
  await sql`
    insert into balance_runs (day, checked_at, compared, off) values (${day}::date, ${checkedAt}, ${compared}, ${off})
    on conflict (day) do update set checked_at = excluded.checked_at, compared = excluded.compared, off = excluded.off`.execute(
    db,
  );
}

/** Whether the rows of a day were moved into an archive: there is nothing to compare then. */
export async function isArchived(db: Db, day: string): Promise<boolean> {
  const { rows } = await sql`
    select from call_months where month = date_trunc('month', ${day}::date) and calls_archived_at is not null`.execute(
    db,
  );
  return rows.length > 0;
}
