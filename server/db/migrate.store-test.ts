import { sql } from "kysely";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "../../test/database.ts";
import { type Migration, MigrationProblem, migrate, nextMigration, readMigrations } from "./migrate.ts";
import { isOutage } from "./outage.ts";
import { type Database, openDatabase } from "./pool.ts";

let place: TestDatabase;
let db: Database;
const open = () => openDatabase(place.url, { onError: () => {} });

beforeEach(async () => {
  place = await testDatabase();
  db = open();
});
afterEach(async () => {
  await db.destroy();
  await place.drop();
});

const migration = (number: number, text: string): Migration => ({
  number,
  name: `000${number}-x.sql`,
  sql: text,
  checksum: text,
});

it("runs each file once", async () => {
  expect(await migrate(db)).toEqual(readMigrations().map(({ name }) => name));
  expect(await migrate(db)).toEqual([]);
});

it("runs each file once when several start together", async () => {
  const others = [open(), open(), open()];
  const ran = await Promise.all([db, ...others].map((one) => migrate(one)));
  expect(ran.flat().sort()).toEqual(readMigrations().map(({ name }) => name));
  for (const one of others) await one.destroy();
});

it("leaves nothing of a migration that fails", async () => {
  const good = migration(1, "create table kept (n int);");
  const bad = migration(2, "create table half (n int); select 1 / 0;");
  await expect(migrate(db, [good, bad])).rejects.toThrow("division by zero");
  const tables = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'public' order by 1`.execute(db);
  expect(tables.rows.map(({ name }) => name)).toEqual(["kept", "schema_migrations"]);
  expect(await migrate(db, [good, migration(2, "select 1")])).toEqual(["0002-x.sql"]);
});

it("refuses a file that was changed after it ran", async () => {
  await migrate(db, [migration(1, "select 1")]);
  await expect(migrate(db, [migration(1, "select 2")])).rejects.toThrow(MigrationProblem);
});

it("refuses a database that a newer Perch has migrated", () => {
  const newer = { number: 2, name: "0002-x.sql", checksum: "x" };
  expect(() => nextMigration([migration(1, "a")], [newer])).toThrow("newer Perch");
});

it("tells a database that is away from a query that is wrong", async () => {
  const away = openDatabase("postgres://nobody@127.0.0.1:1/none", { onError: () => {} });
  const outage = await migrate(away).catch((error: unknown) => error);
  expect(isOutage(outage)).toBe(true);
  await away.destroy();
  const wrong = await sql`select nothing`.execute(db).catch((error: unknown) => error);
  expect(isOutage(wrong)).toBe(false);
});

it("takes a connection that was cut for an outage", async () => {
  const cut = await sql`select pg_terminate_backend(pg_backend_pid())`.execute(db).catch((error: unknown) => error);
  expect(isOutage(cut)).toBe(true);
});
