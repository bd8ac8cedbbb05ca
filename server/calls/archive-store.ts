import { sql } from "kysely";
import type { Db } from "../db/pool.ts";
import type { ArchiveKind, KeptMonth } from "./archive.ts";
import { addMonths } from "./call-at.ts";

/** What a file of each kind holds, children before what they belong to. */
const TABLES: Record<ArchiveKind, readonly string[]> = {
  calls: ["report_calls", "queue_visits", "legs", "calls"],
  journal: ["journal_lines"],
};
/** As many rows as are held at once. */
const ROWS_AT_ONCE = 2000;
/** Longer than this nobody waits behind a month that is taken out; it is tried again later. */
const LOCK_MS = 5000;

const partOf = (table: string, month: string) => `${table}_${month.slice(0, 7).replace("-", "_")}`;

export async function readMonths(db: Db): Promise<KeptMonth[]> {
  return db
    .selectFrom("call_months")
    .orderBy("month")
    .select([
      sql<string>`month::text`.as("month"),
      sql<boolean>`calls_archived_at is not null`.as("callsArchived"),
      sql<boolean>`journal_archived_at is not null`.as("journalArchived"),
    ])
    .execute();
}

/** Calls of the month that have no end: it is not over then, however old it is. */
export async function countOpenCalls(db: Db, month: string): Promise<number> {
  const { count } = await db
    .selectFrom("calls")
    .where("ended_at", "is", null)
    .where(sql<boolean>`call_at >= ${`${month}T00:00:00Z`} and call_at < ${`${addMonths(month, 1)}T00:00:00Z`}`)
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Holds a month still until the transaction ends: it can be read, and nobody writes into it. */
export async function holdMonth(tx: Db, kind: ArchiveKind, month: string): Promise<void> {
  await sql`set local statement_timeout = 0`.execute(tx);
  await sql`set local lock_timeout = ${sql.lit(LOCK_MS)}`.execute(tx);
  const parts = TABLES[kind].map((table) => sql.table(partOf(table, month)));
  await sql`lock table ${sql.join(parts)} in share mode`.execute(tx);
  if (kind === "calls") await sql`lock table leg_dispositions in row share mode`.execute(tx);
}

/** Every row of the month as a line of JSON: `{"table":"calls","row":{…}}`, as the table had its columns. */
export async function* archiveLines(tx: Db, kind: ArchiveKind, month: string): AsyncGenerator<string> {
  for (const table of TABLES[kind]) yield* rowsOf(tx, table, sql`select t.* from ${sql.table(partOf(table, month))} t`);
  if (kind === "calls") yield* rowsOf(tx, "leg_dispositions", chosenIn(month));
}

const chosenIn = (month: string) => sql`
  select d.* from leg_dispositions d
  where exists (select from ${sql.table(partOf("legs", month))} l where l.leg_id = d.leg_id)`;

async function* rowsOf(tx: Db, table: string, rows: ReturnType<typeof chosenIn>): AsyncGenerator<string> {
  await sql`declare archived no scroll cursor for
    select jsonb_build_object('table', ${table}::text, 'row', to_jsonb(t))::text as line from (${rows}) as t`.execute(
    tx,
  );
  for (;;) {
    const piece = await sql<{ line: string }>`fetch ${sql.lit(ROWS_AT_ONCE)} from archived`.execute(tx);
    for (const { line } of piece.rows) yield line;
    if (piece.rows.length < ROWS_AT_ONCE) break;
  }
  await sql`close archived`.execute(tx);
}

/** Takes the month out of the database. Its sums stay: a month that goes as a whole takes nothing away from them. */
export async function dropMonth(tx: Db, kind: ArchiveKind, month: string, at: Date): Promise<void> {
  if (kind === "calls") {
    await sql`delete from leg_dispositions d using (${chosenIn(month)}) as gone where gone.leg_id = d.leg_id`.execute(
      tx,
    );
    await sql`delete from moved_channels m using ${sql.table(partOf("calls", month))} c
      where c.linked_id = m.linked_id and c.call_at = m.call_at`.execute(tx);
  }
  for (const table of TABLES[kind]) {
    const part = sql.table(partOf(table, month));
    await sql`alter table ${sql.table(table)} detach partition ${part}`.execute(tx);
    await sql`drop table ${part}`.execute(tx);
  }
  await sql`update call_months set ${sql.ref(`${kind}_archived_at`)} = ${at} where month = ${month}::date`.execute(tx);
}

/** The planner knows a whole table by this alone; the database looks at its months by itself. */
export async function analyzeCalls(tx: Db): Promise<void> {
  await sql`set local statement_timeout = 0`.execute(tx);
  await sql`analyze calls, legs, queue_visits, report_calls, journal_lines`.execute(tx);
}
