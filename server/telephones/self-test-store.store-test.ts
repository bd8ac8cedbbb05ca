import { afterAll, beforeAll, expect, test } from "vitest";
import { type MigratedDatabase, migratedDatabase } from "../../test/migrated-database.ts";
import { brokenConstraint, type Database } from "../db/pool.ts";
import { endForgottenTests, endTest, findNewestTest, insertTest, removeOldTests } from "./self-test-store.ts";
import { insertTelephones } from "./telephone-admin-store.ts";

const at = new Date("2026-03-02T08:00:00Z");
const steps = [{ id: "rings", state: "passed", words: "It rings" }] as const;

let place: MigratedDatabase;
let db: Database;
let admin: number;
let telephone: number;

beforeAll(async () => {
  place = await migratedDatabase();
  db = place.db;
  const made = await db
    .insertInto("staff")
    .values([
      { kind: "admin", full_name: "Ada", username: "ada" },
      { kind: "telephone", full_name: "Desk 1", username: "desk-1" },
    ])
    .returning("id")
    .execute();
  [admin, telephone] = made.map(({ id }) => id) as [number, number];
  await insertTelephones(db, [{ staffId: telephone, digests: { ha1Md5: "a", ha1Sha256: "b" } }]);
});
afterAll(() => place.close());

const begin = () => insertTest(db, { telephoneId: telephone, startedBy: admin, startedAt: at, steps });

test("one test at a time goes on on a telephone: the database refuses the second", async () => {
  const id = await begin();
  await expect(begin()).rejects.toSatisfy((error) => brokenConstraint(error) === "telephone_tests_open");
  expect(await findNewestTest(db, telephone)).toMatchObject({ id, outcome: null, startedBy: { name: "Ada" }, steps });
  await endTest(db, id, { at, outcome: "passed", steps });
  expect(await findNewestTest(db, telephone)).toMatchObject({ id, outcome: "passed", endedAt: at.toISOString() });
});

test("an end once written stays, and what a killed server left open is broken off", async () => {
  const id = await begin();
  await endForgottenTests(db, at);
  await endTest(db, id, { at, outcome: "passed", steps });
  expect(await findNewestTest(db, telephone)).toMatchObject({ id, outcome: "broken-off" });
});

test("the newest tests are kept and the older go", async () => {
  const ids: number[] = [];
  for (let n = 0; n < 4; n += 1) {
    const id = await begin();
    await endTest(db, id, { at, outcome: "failed", steps });
    ids.push(id);
  }
  await removeOldTests(db, telephone, 3);
  const left = await db.selectFrom("telephone_tests").select("id").orderBy("id").execute();
  expect(left.map(({ id }) => id)).toEqual(ids.slice(1));
});
