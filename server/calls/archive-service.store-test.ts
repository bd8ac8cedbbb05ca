import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type CallHouse, callHouse, instantOf, movedReads, recordedReads } from "../../test/call-house.ts";
import { handClock } from "../../test/hand-clock.ts";
import { readArchive } from "./archive-file.ts";
import { createArchiveService } from "./archive-service.ts";
import { takeBatch } from "./journal-batch.ts";
import { differingSlots } from "./roll-up-store.ts";

let house: CallHouse;
let directory: string;
const names = ["queue-answered-caller-ends", "queue-attended-transfer"];
const old = names.flatMap((name) => recordedReads(name));
/** So that they are of December, and the clock stands in March. */
const newer = movedReads(recordedReads("queue-answered-caller-ends"), 30 * 86_400);
const clock = handClock(new Date("2027-03-05T12:00:00Z"));
const kept = { callMonthsKept: 3 as number | null, journalMonthsKept: null as number | null };
const range = { from: new Date(0), to: new Date("2100-01-01") };

const service = () =>
  createArchiveService({ db: house.db, log: house.deps.log, clock, directory, settings: { current: () => kept } });

// A month that was archived takes nothing any more, so each test has a house of its own.
beforeEach(async () => {
  house = await callHouse();
  Object.assign(kept, { callMonthsKept: 3, journalMonthsKept: null });
  directory = mkdtempSync(join(tmpdir(), "perch-archive-"));
  await takeBatch(house.deps, [...old, ...newer]);
  const [row] = (await house.everything()).rows;
  await house.db
    .insertInto("leg_dispositions")
    .values({
      ...{ leg_id: row?.leg_id ?? "", agent_id: house.staff.anna, level1: "Sale", note: 'a "note"\nof two lines' },
      ...{ disposed_at: instantOf(old[0]), disposed_by: house.staff.anna },
    })
    .execute();
});
afterEach(async () => {
  rmSync(directory, { recursive: true, force: true });
  await house.end();
});

const tables = ["report_calls", "queue_visits", "legs", "calls", "leg_dispositions", "journal_lines"];

/** Every row there is, as JSON, by table. */
async function allRows() {
  const found = new Map<string, string[]>();
  for (const table of tables) {
    const { rows } = await sql<{ row: object }>`select to_jsonb(t) as row from ${sql.table(table)} t`.execute(house.db);
    found.set(table, rows.map(({ row }) => JSON.stringify(row)).sort());
  }
  return found;
}

async function archived(): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>(tables.map((table) => [table, []]));
  for (const name of readdirSync(directory).filter((one) => one.endsWith(".gz"))) {
    for await (const line of readArchive(join(directory, name))) {
      const { table, row }: { table: string; row: object } = JSON.parse(line);
      found.get(table)?.push(JSON.stringify(row));
    }
  }
  return found;
}

test("a month that need not be kept is in a file and not in the tables; every row is in one of them", async () => {
  const before = await allRows();
  const done = await service().round();
  expect(done.map((path) => path.slice(directory.length + 1))).toEqual([
    "calls-2026-11.jsonl.gz",
    "journal-2026-11.jsonl.gz",
  ]);
  const [after, files] = [await allRows(), await archived()];
  for (const table of tables) {
    expect([...(after.get(table) ?? []), ...(files.get(table) ?? [])].sort()).toEqual(before.get(table));
  }
  expect(files.get("calls")).toHaveLength(3);
  expect(files.get("leg_dispositions")?.[0]).toContain("two lines");
  expect(after.get("calls")).toHaveLength(1);
  for (const path of done) {
    const sum = createHash("sha256").update(readFileSync(path)).digest("hex");
    expect(readFileSync(`${path}.sha256`, "utf8")).toBe(`${sum}  ${path.slice(directory.length + 1)}\n`);
  }
  expect(await service().round()).toEqual([]);
});

test("the sums of an archived month stay, and the others are still those of their rows", async () => {
  const before = await house.db.selectFrom("report_slots").selectAll().orderBy("slot").execute();
  await service().round();
  expect(await house.db.selectFrom("report_slots").selectAll().orderBy("slot").execute()).toEqual(before);
  expect(await differingSlots(house.db, range)).toEqual([]);
  await house.db.updateTable("report_slots").set({ rows: 7 }).execute();
  expect((await differingSlots(house.db, range)).map(({ slot }) => slot.getUTCMonth())).toEqual([11]);
});

test("a journal that is read once more makes no row of an archived month again", async () => {
  await service().round();
  const before = await allRows();
  await takeBatch(house.deps, [...old, ...newer]);
  await takeBatch(house.deps, movedReads(old, 0));
  expect(await allRows()).toEqual(before);
});

test("the journal can go before the calls; what comes of it afterwards changes no row", async () => {
  Object.assign(kept, { callMonthsKept: null, journalMonthsKept: 2 });
  const before = await allRows();
  const done = await service().round();
  expect(done.map((path) => path.slice(directory.length + 1))).toEqual([
    "journal-2026-11.jsonl.gz",
    "journal-2026-12.jsonl.gz",
  ]);
  await takeBatch(house.deps, old.slice(0, 5));
  const after = await allRows();
  expect(after.get("journal_lines")).toEqual([]);
  expect(after.get("report_calls")).toEqual(before.get("report_calls"));
});

test("a month with a call that goes on is left alone", async () => {
  await house.db.updateTable("calls").set({ ended_at: null, end_reason: null }).execute();
  expect(await service().round()).toEqual([]);
  expect((await house.everything()).calls).toHaveLength(4);
});

test("nothing leaves the tables where the file cannot be written", async () => {
  const before = await allRows();
  rmSync(directory, { recursive: true });
  writeFileSync(directory, "a file, where a folder should be");
  await expect(service().round()).rejects.toThrow();
  expect(await allRows()).toEqual(before);
});

test("keeps everything for ever where nothing is set, and makes the months to come", async () => {
  Object.assign(kept, { callMonthsKept: null, journalMonthsKept: null });
  expect(await service().round()).toEqual([]);
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_class where relname in ('calls_2027_03', 'report_calls_2027_06', 'journal_lines_2027_07')
    order by 1`.execute(house.db);
  expect(rows.map(({ name }) => name)).toEqual(["calls_2027_03", "report_calls_2027_06"]);
});
