import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "../../test/database.ts";
import { type Database, openDatabase } from "./pool.ts";

let place: TestDatabase;
let db: Database;

beforeAll(async () => {
  place = await testDatabase();
  db = openDatabase(place.url, { max: 1, onError: () => {} });
});
afterAll(async () => {
  await db.destroy();
  await place.drop();
});

it("what is asked again and again is kept by the server, with other values each time", async () => {
  const double = async (n: number) => (await sql<{ d: number }>`select 2 * ${n}::int as d`.execute(db)).rows[0]?.d;
  for (const n of [1, 2, 3, 4, 5, 6, 7]) expect(await double(n)).toBe(2 * n);
  const kept = await sql<{ name: string }>`select name from pg_prepared_statements`.execute(db);
  expect(kept.rows).toHaveLength(1);
});

it("a statement that fails can be asked again, in a transaction of its own", async () => {
  const ask = (text: string) => sql`select ${text}::int`.execute(db);
  await expect(ask("x")).rejects.toThrow("invalid input syntax");
  await expect(ask("y")).rejects.toThrow("invalid input syntax");
  await expect(ask("z")).rejects.toThrow("invalid input syntax");
  await db.transaction().execute(async (tx) => {
    expect((await sql`select ${"4"}::int as n`.execute(tx)).rows).toEqual([{ n: 4 }]);
  });
  expect((await ask("5")).rows).toHaveLength(1);
});
