import { sql } from "kysely";
import type { Db } from "../db/pool.ts";
import { monthOf } from "./call-at.ts";

/**
 * Makes the months that hold these instants, where they are not there yet. Belongs before the first write of a
 * transaction: making one waits for those who write, never for those who read. Answers the months among them that are
 * archived, as `2026-03-01`: nothing may be written into those.
 */
export async function openMonths(tx: Db, instants: Iterable<Date>): Promise<ReadonlySet<string>> {
  const wanted = new Set<string>();
  for (const instant of instants) wanted.add(monthOf(instant));
  if (wanted.size === 0) return wanted;
  const { rows } = await sql<{ month: string; made: boolean; archived: boolean }>`
    select wanted::text as month, m.month is not null as made,
           coalesce(m.calls_archived_at, m.journal_archived_at) is not null as archived
    from unnest(${[...wanted]}::date[]) as wanted left join call_months m on m.month = wanted
    order by wanted`.execute(tx);
  for (const { month, made } of rows) {
    if (!made) await sql`select make_call_month(${month}::date)`.execute(tx);
  }
  return new Set(rows.filter(({ archived }) => archived).map(({ month }) => month));
}

/**
 * The months whose calls may have rows that started at or after `from` and before `to`, as the bounds of `call_at`: a
 * query that has them as well looks into these months alone. Null where there is no such month.
 */
export async function monthsBetween(
  db: Db,
  from: Date | null,
  to: Date | null,
): Promise<{ from: string; to: string } | null> {
  const { rows } = await sql<{ from: string | null; to: string | null }>`
    select min(month)::text as from, (max(month) + interval '1 month')::date::text as to from call_months
    where last_at > coalesce(${from}::timestamptz, '-infinity') and first_at < coalesce(${to}::timestamptz, 'infinity')
      and calls_archived_at is null`.execute(db);
  const [found] = rows;
  return found === undefined || found.from === null || found.to === null ? null : { from: found.from, to: found.to };
}
