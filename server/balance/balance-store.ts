import { sql } from "kysely";
import type { Balance, BalanceCheckView } from "../../contract/views.ts";
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

/** What was found when a day was last looked at; null where it never was. */
export async function readBalance(db: Db, day: string): Promise<Balance | null> {
  const { rows } = await sql<{ checkedAt: Date; checks: BalanceCheckView[] }>`
    select checked_at as "checkedAt", checks from balance_runs where day = ${day}::date`.execute(db);
  const [run] = rows;
  return run === undefined ? null : { day, checkedAt: run.checkedAt.toISOString(), checks: run.checks };
}

export async function saveBalance(db: Db, { day, checkedAt, checks }: Balance): Promise<void> {
  const sum = (key: "compared" | "off") => checks.reduce((all, one) => all + one[key], 0);
  await sql`
    insert into balance_runs (day, checked_at, compared, off, checks)
    values (${day}::date, ${checkedAt}, ${sum("compared")}, ${sum("off")}, ${JSON.stringify(checks)}::jsonb)
    on conflict (day) do update set checked_at = excluded.checked_at, compared = excluded.compared, off = excluded.off,
      checks = excluded.checks`.execute(db);
}

/** Whether the rows of a day were moved into an archive: there is nothing to compare then. */
export async function isArchived(db: Db, day: string): Promise<boolean> {
  const { rows } = await sql`
    select from call_months where month = date_trunc('month', ${day}::date) and calls_archived_at is not null`.execute(
    db,
  );
  return rows.length > 0;
}
