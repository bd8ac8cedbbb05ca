import { sql } from "kysely";
import { addMonths } from "../server/calls/call-at.ts";
import { migrate } from "../server/db/migrate.ts";
import { type Database, openDatabase, runScript } from "../server/db/pool.ts";
import { migratedDatabase } from "../test/migrated-database.ts";

/** A house of some years: 300 agents at 250 telephones, 20 queues. */
const AGENTS = 300;
const TELEPHONES = 250;
const QUEUES = 20;
const MONTHS = 24;
const FIRST_MONTH = "2024-11-01";

/**
 * A database with ten million rows, made for one bench; `PERCH_BENCH_ROWS` makes it fewer, for trying. The one at
 * `PERCH_BENCH_DATABASE` is kept, and filled where it is empty, so that it is made once.
 */
export async function largeReport(print: (line: string) => void): Promise<{ db: Database; close(): Promise<void> }> {
  const url = process.env.PERCH_BENCH_DATABASE;
  const place = url === undefined ? await migratedDatabase() : await givenDatabase(url);
  const some = await place.db.selectFrom("report_calls").select("id").limit(1).executeTakeFirst();
  if (some === undefined) {
    await makeLargeReport(place.db, Number(process.env.PERCH_BENCH_ROWS ?? 10_000_000), print);
  }
  return place;
}

async function givenDatabase(url: string) {
  const db = openDatabase(url, { onError: () => {} });
  await migrate(db);
  return { db, close: () => db.destroy() };
}

const PEOPLE = `
  insert into queues (name, strategy, ring_seconds, wrap_up_seconds, mandatory_disposition, max_wait_seconds)
    select 'queue ' || n, 'leastrecent', 20, 0, false, 300 from generate_series(1, ${QUEUES}) n;
  insert into staff (kind, full_name, username) select 'agent', 'Agent ' || n, 'agent' || n from generate_series(1, ${AGENTS}) n;
  insert into staff (kind, full_name, username) select 'telephone', 'Desk ' || n, 'desk' || n from generate_series(1, ${TELEPHONES}) n;
  insert into agents (staff_id, typology, hotdesk) select id, 'external', true from staff where kind = 'agent';
  insert into telephones (staff_id, ha1_md5, ha1_sha256) select id, '', '' from staff where kind = 'telephone';
`;

/** One month's calls, from eight to twenty o'clock; the same ones each time. Ids of staff follow each other. */
const month = (first: string, rows: number, from: number) => `
  with n as (
    select ${from} + n as n, extract(epoch from timestamptz '${first} 00:00+00')::bigint
        + floor(random() * extract(day from date '${addMonths(first, 1)}' - interval '1 day'))::bigint * 86400
        + 8 * 3600 + (random() * 43199)::bigint as s,
      random() as kind, random() as result, random() as who, 1 + (random() * ${AGENTS - 1})::int as agent,
      1 + (random() * random() * ${QUEUES - 1})::int as queue,
      (random() * random() * 2000000)::int as caller, (random() * 999)::int as ms, 2 + (-ln(1 - random()) * 8)::int as ring,
      5 + (-ln(1 - random()) * 180)::int as talk
    from generate_series(1, ${rows}) n
  ), r as (
    select *, to_timestamp(s) as at, ${AGENTS} + 1 + (agent * 7 + s / 86400) % ${TELEPHONES} as telephone, 'node1-' || s || '.' || n as call,
      case when kind < 0.7 then 'inbound' when kind < 0.95 then 'outbound' else 'internal' end as type,
      case when result < 0.8 then 'ANSWERED' when result < 0.95 then 'NO ANSWER' when result < 0.99 then 'BUSY' else 'FAILED' end as outcome,
      '0' || 300000000 + caller as number
    from n
  )
  insert into report_calls (id, leg_id, linked_id, call_at, type, source, destination, caller_id, started_at, rang_at, answered_at,
    ended_at, duration_ms, billable_ms, hold_ms, disposition, telephone_id, seated_agent_id, disposed_agent_id, chosen, user_id,
    queue_id, prefix, ended_by)
  select call || '1', call || '1', call, at, type, case type when 'inbound' then number else (100 + telephone)::text end,
    case type when 'inbound' then '055000' || lpad((queue % 50)::text, 4, '0') when 'outbound' then number else (100 + agent)::text end,
    case type when 'inbound' then number else 'Desk ' || telephone end,
    at + ms * interval '1 ms', at + interval '1 s', case outcome when 'ANSWERED' then at + ring * interval '1 s' end,
    at + (ring + talk) * interval '1 s', (ring + talk) * 1000 - ms, case outcome when 'ANSWERED' then talk * 1000 else 0 end,
    case when who < 0.1 then 20000 else 0 end, outcome, telephone, agent, case when outcome = 'ANSWERED' and who < 0.4 then agent end,
    case when outcome = 'ANSWERED' and who < 0.4 then array[case when who < 0.0001 then 'Fraud' when who < 0.2 then 'Sale' else 'Information' end, 'Level 2'] end,
    case when outcome = 'ANSWERED' and who < 0.4 then agent else telephone end,
    case type when 'inbound' then queue end, case type when 'outbound' then 'Italy' end, 'caller'
  from r order by s;
`;

const DISPOSITIONS = `
  insert into leg_dispositions (leg_id, agent_id, level1, level2, disposed_at, disposed_by)
  select leg_id, disposed_agent_id, chosen[1], chosen[2], ended_at, disposed_agent_id from report_calls where chosen is not null;
`;

/**
 * Fills Report Call and its sums. The indexes are made afterwards and the keys to people are not looked up, which takes
 * minutes instead of an hour; what comes out is the same.
 */
async function makeLargeReport(db: Database, rows: number, print: (line: string) => void): Promise<void> {
  const begun = performance.now();
  await runScript(db, PEOPLE);
  const made = await sql<{ name: string; definition: string }>`
    select c.relname as name, pg_get_indexdef(i.indexrelid) as definition
    from pg_index i join pg_class c on c.oid = i.indexrelid
    where i.indrelid = 'report_calls'::regclass and not i.indisprimary`.execute(db);
  for (const { name } of made.rows) await sql`drop index ${sql.table(name)}`.execute(db);
  await sql`alter table report_calls enable always trigger report_slots_insert`.execute(db);
  const each = Math.ceil(rows / MONTHS);
  await db.connection().execute(async (one) => {
    await runScript(one, "set session_replication_role = replica; set statement_timeout = 0; select setseed(0.25)");
    for (let n = 0; n < MONTHS; n += 1) {
      const first = addMonths(FIRST_MONTH, n);
      await sql`select make_call_month(${first}::date)`.execute(one);
      await runScript(one, month(first, each, n * each));
    }
    print(`${(each * MONTHS).toLocaleString("en")} rows after ${seconds(begun)} s`);
    await runScript(one, "set maintenance_work_mem = '512MB'");
    // Of the whole it is told without its months ("on only").
    for (const { definition } of made.rows) await runScript(one, definition.replace(" ON ONLY ", " ON "));
    await runScript(one, DISPOSITIONS);
    await runScript(one, "vacuum analyze report_calls");
    await runScript(one, "vacuum analyze report_slots");
    await runScript(one, "vacuum analyze leg_dispositions");
    await runScript(
      one,
      "analyze; set session_replication_role = origin; reset statement_timeout; reset maintenance_work_mem",
    );
  });
  const { rows: sizes } = await sql<{
    mb: number;
  }>`select pg_database_size(current_database()) / 1000000 as mb`.execute(db);
  print(`with indexes after ${seconds(begun)} s; the database has ${sizes[0]?.mb.toLocaleString("en")} MB`);
}

const seconds = (begun: number) => Math.round((performance.now() - begun) / 1000);
