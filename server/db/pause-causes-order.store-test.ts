import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "../../test/database.ts";
import { migrate, readMigrations } from "./migrate.ts";
import { type Database, openDatabase } from "./pool.ts";

let place: TestDatabase;
let db: Database;

beforeAll(async () => {
  place = await testDatabase();
  db = openDatabase(place.url, { onError: () => {} });
});
afterAll(async () => {
  await db.destroy();
  await place.drop();
});

it("pauses that the first version wrote across the bounds of their sessions are put in order", async () => {
  const all = readMigrations();
  await migrate(
    db,
    all.filter(({ number }) => number === 1),
  );
  await sql`insert into staff (kind, full_name, username) values ('agent', 'Anna', 'anna')`.execute(db);
  await sql`insert into agents (staff_id, typology) select id, 'external' from staff`.execute(db);
  await sql`insert into sessions (agent_id, started_at, ended_at, end_reason)
    select id, t::timestamptz, t::timestamptz + interval '8 hours', 'logged-out'
    from staff, (values ('2026-03-02 08:00Z'), ('2026-03-03 08:00Z')) as days (t)`.execute(db);
  const cause = (session: number, kind: string, from: string, to: string | null) =>
    sql`insert into pause_causes (session_id, cause, started_at, ended_at)
      values (${session}, ${kind}, ${from}::timestamptz, ${to}::timestamptz)`.execute(db);
  await cause(1, "break", "2026-03-02 07:50Z", "2026-03-02 08:10Z");
  await cause(1, "break", "2026-03-02 08:05Z", "2026-03-02 08:20Z");
  await cause(1, "wrap-up", "2026-03-02 15:55Z", "2026-03-02 16:05Z");
  await cause(1, "supervisor", "2026-03-02 17:00Z", "2026-03-02 18:00Z");
  await cause(2, "break", "2026-03-03 15:00Z", null);
  await migrate(db, all);
  const { rows } = await sql<{ line: string }>`
    select session_id || ' ' || cause || ' ' || to_char(started_at at time zone 'UTC', 'HH24:MI') || '-' ||
           coalesce(to_char(ended_at at time zone 'UTC', 'HH24:MI'), '') as line
    from pause_causes order by id`.execute(db);
  expect(rows.map(({ line }) => line)).toEqual([
    "1 break 08:00-08:05",
    "1 break 08:05-08:20",
    "1 wrap-up 15:55-16:00",
    "1 supervisor 16:00-16:00",
    "2 break 15:00-16:00",
  ]);
});
