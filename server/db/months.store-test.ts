import { sql } from "kysely";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../../test/database.ts";
import { callAt } from "../calls/call-at.ts";
import { differingSlots } from "../calls/roll-up-store.ts";
import { migrate, readMigrations } from "./migrate.ts";
import { type Database, openDatabase, runScript } from "./pool.ts";

let place: TestDatabase;
let db: Database;

beforeEach(async () => {
  place = await testDatabase();
  db = openDatabase(place.url, { onError: () => {} });
});
afterEach(async () => {
  await db.destroy();
  await place.drop();
});

/**
 * A house of before: calls at the ends of months, one of no telephone system's name, one without rows, lines of none. One
 * row was disposed, of another only who sat there is known, of the third nobody.
 */
const BEFORE = `
  insert into staff (kind, full_name, username) values ('agent', 'Anna', 'anna'), ('telephone', 'Desk', 'desk');
  insert into agents (staff_id, typology) values (1, 'external');
  insert into telephones (staff_id, ha1_md5, ha1_sha256) values (2, '', '');
  insert into queues (name, strategy, ring_seconds, wrap_up_seconds, mandatory_disposition, max_wait_seconds)
    values ('support', 'ringall', 20, 0, false, 60);
  insert into calls (linked_id, node, type, started_at, ended_at, end_reason)
    select id, 'node1', 'inbound', at, at + interval '2 minutes', 'hang-up'
    from (values ('node1-1798761599.1', timestamptz '2026-12-31 23:59:59Z'), ('node1-1798761600.1', '2027-01-01 00:00:00Z'),
      ('node1-1772323200.7', '2026-03-01 00:00:00Z'), ('by hand', '2026-05-05 10:00:00Z')) as c (id, at);
  insert into legs (leg_id, linked_id, telephone_id, endpoint, direction, queue_id, rang_at, answered_at, ended_at)
    select linked_id || '1', linked_id, 2, 'desk', 'to-telephone', 1, started_at + interval '7 seconds', started_at + interval '9 seconds', ended_at
    from calls;
  insert into queue_visits (id, linked_id, queue_id, entered_at, left_at, outcome)
    select linked_id || ':1', linked_id, 1, started_at, started_at + interval '10 seconds', 'answered' from calls;
  insert into report_calls (id, leg_id, linked_id, type, source, destination, caller_id, started_at, rang_at, answered_at, ended_at,
      duration_ms, billable_ms, hold_ms, disposition, telephone_id, user_id, seated_agent_id, disposed_agent_id, queue_id)
    select linked_id || '1', linked_id || '1', linked_id, 'inbound', '0551', '0552', '0551', started_at, started_at + interval '7 seconds',
      started_at + interval '9 seconds', ended_at, 120000, 111000, null, 'ANSWERED', 2, case linked_id when 'node1-1798761600.1' then 1 else 2 end,
      case linked_id when 'by hand' then 1 end, case linked_id when 'node1-1798761600.1' then 1 end, 1
    from calls where linked_id <> 'node1-1772323200.7';
  insert into leg_dispositions (leg_id, agent_id, level1, level3, disposed_at, disposed_by)
    values ('node1-1798761600.11', 1, 'Sale', 'Large', '2027-01-01 00:05:00Z', 1);
  insert into journal_lines (node, file_id, byte, linked_id, at, line)
    select 'node1', 'a', row_number() over (), linked_id, started_at, '{}' from calls
    union all values ('node1', 'b', 0, '', timestamptz '2026-04-04 00:00:00Z', '{"restart":1}'::jsonb);
`;
const TABLES = ["calls", "legs", "queue_visits", "report_calls", "journal_lines", "leg_dispositions"];

/** Every row as it was, without what is new in it. */
async function everything() {
  const found: Record<string, unknown[]> = {};
  for (const table of TABLES) {
    const { rows } = await sql<{ row: string }>`
      select (to_jsonb(t) - 'call_at' - 'chosen')::text as row from ${sql.table(table)} t order by 1`.execute(db);
    found[table] = rows.map(({ row }) => row);
  }
  return found;
}

test("a house of before keeps every row, each in the month of its call", async () => {
  await migrate(
    db,
    readMigrations().filter(({ number }) => number < 8),
  );
  await runScript(db, BEFORE);
  const before = await everything();
  await migrate(
    db,
    readMigrations().filter(({ number }) => number <= 8),
  );
  expect(await everything()).toEqual(before);
  const { rows } = await sql<{ part: string; id: string }>`
    select tableoid::regclass::text as part, linked_id as id from calls order by 1`.execute(db);
  expect(rows).toEqual([
    { part: "calls_1970_01", id: "by hand" },
    { part: "calls_2026_03", id: "node1-1772323200.7" },
    { part: "calls_2026_12", id: "node1-1798761599.1" },
    { part: "calls_2027_01", id: "node1-1798761600.1" },
  ]);
  const lines = await sql<{ part: string }>`
    select tableoid::regclass::text as part from journal_lines where linked_id = ''`.execute(db);
  expect(lines.rows).toEqual([{ part: "journal_lines_2026_04" }]);
  const chosen = await db.selectFrom("report_calls").where("chosen", "is not", null).select(["id", "chosen"]).execute();
  expect(chosen).toEqual([{ id: "node1-1798761600.11", chosen: ["Sale", "Large"] }]);
  const sums = await db
    .selectFrom("report_slots")
    .select(["slot", "rows", "ring_ms", "talk_ms"])
    .orderBy("slot")
    .execute();
  expect(sums.map(({ slot, ...one }) => [slot.toISOString(), one.rows, one.ring_ms, one.talk_ms])).toEqual([
    ["2026-05-05T10:00:00.000Z", 1, 2000, 111_000],
    ["2026-12-31T23:45:00.000Z", 1, 2000, 111_000],
    ["2027-01-01T00:00:00.000Z", 1, 2000, 111_000],
  ]);
  await migrate(db);
  const whose = await db.selectFrom("report_slots").select(["agent_id", "rows"]).orderBy("slot").execute();
  expect(whose.map(({ agent_id, rows }) => [agent_id, rows])).toEqual([
    [1, 1],
    [0, 1],
    [1, 1],
  ]);
  expect(await differingSlots(db, { from: new Date(0), to: new Date("2100-01-01") })).toEqual([]);
  await db.deleteFrom("calls").execute();
  for (const table of ["legs", "queue_visits", "report_calls"]) {
    expect((await sql`select from ${sql.table(table)}`.execute(db)).rows).toEqual([]);
  }
});

test("the database and the program say the same of when a call was made", async () => {
  await migrate(db);
  const names = ["node1-1795348448.55", "a-b-1795348448.5", "1795348448.5", "node1-946684799.1", "node1-946684800.1"];
  names.push(
    "node1-4102444799.1",
    "node1-4102444800.1",
    "leg-1",
    "",
    "node1-17953484480.5",
    "node1-1795348448",
    "x1795348448.5",
  );
  const { rows } = await sql<{ name: string; at: Date }>`
    select name, call_at(name) as at from unnest(${names}::text[]) as name`.execute(db);
  expect(rows).toEqual(names.map((name) => ({ name, at: callAt(name) })));
});

test("months are made once when several need one together, and no row is taken by no month", async () => {
  await migrate(db);
  const others = Array.from({ length: 4 }, () => openDatabase(place.url, { onError: () => {} }));
  await Promise.all(others.map((one) => sql`select make_call_month('2031-05-01')`.execute(one)));
  for (const one of others) await one.destroy();
  const { rows } = await sql`select from call_months where month = '2031-05-01'`.execute(db);
  expect(rows).toHaveLength(1);
  const nowhere = db
    .insertInto("calls")
    .values({ linked_id: "x", call_at: new Date("2032-01-01"), node: "n", type: "inbound", started_at: new Date() })
    .execute();
  await expect(nowhere).rejects.toThrow("no partition");
});

test("a range of instants is looked for in its own months alone", async () => {
  await migrate(db);
  for (const month of ["2026-01-01", "2026-02-01", "2026-03-01"])
    await sql`select make_call_month(${month}::date)`.execute(db);
  const { rows } = await sql<{ "QUERY PLAN": string }>`
    explain select * from report_calls where call_at >= '2026-02-01Z' and call_at < '2026-03-01Z'
      and started_at >= '2026-02-10Z'`.execute(db);
  const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
  expect(plan).toContain("report_calls_2026_02");
  expect(plan).not.toMatch(/report_calls_(2026_01|2026_03|20(?!26_02))/);
});
