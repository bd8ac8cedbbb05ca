import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type CallHouse, callHouse, movedReads, recordedReads } from "../../test/call-house.ts";
import { recordedJournals } from "../../test/journal-fixture.ts";
import { takeBatch } from "./journal-batch.ts";
import { refoldJournal } from "./refold-service.ts";
import { differingSlots } from "./roll-up-store.ts";

let house: CallHouse;
const names = recordedJournals();
const lines = names.flatMap((name) => recordedReads(name));
const always = { from: new Date("2026-01-01"), to: new Date("2100-01-01"), dryRun: false };

beforeAll(async () => {
  house = await callHouse();
});
afterAll(() => house?.end());
beforeEach(() => house.clear());

const refold = (asked: Partial<typeof always> = {}, stopped = () => false) =>
  refoldJournal(house.deps, { ...always, ...asked }, { progress: () => {}, stopped });
const otherwise = (report: Awaited<ReturnType<typeof refold>>) =>
  Object.values(report.counts).map(({ added, gone, changed }) => [added, gone, changed]);
const nothing = [0, 1, 2, 3].map(() => [0, 0, 0]);

test("finds nothing otherwise in what was folded as it came, in any pieces", async () => {
  for (let from = 0; from < lines.length; from += 7) await takeBatch(house.deps, lines.slice(from, from + 7));
  const before = await house.everything();
  const report = await refold();
  expect(report.calls).toBeGreaterThan(names.length);
  expect(report.counts.rows.before).toBe(before.rows.length);
  expect([otherwise(report), report.first]).toEqual([nothing, []]);
  expect(await house.everything()).toEqual(before);
});

test("says what is otherwise, and puts it right when it is not only looking", async () => {
  await takeBatch(house.deps, lines);
  const right = await house.everything();
  const [one, other, third] = right.rows;
  const { db } = house;
  await db
    .updateTable("report_calls")
    .set({ billable_ms: 12_345 })
    .where("id", "=", one?.id ?? "")
    .execute();
  await db
    .deleteFrom("report_calls")
    .where("id", "=", other?.id ?? "")
    .execute();
  await sql`insert into legs (leg_id, linked_id, call_at, endpoint, direction, rang_at)
    values ('made up', ${third?.linked_id}, ${third?.call_at}, 'x', 'to-telephone', now())`.execute(db);
  const wrong = await house.everything();
  const looked = await refold({ dryRun: true });
  expect(await house.everything()).toEqual(wrong);
  expect(looked.counts).toMatchObject({
    ...{ calls: { added: 0, gone: 0, changed: 0 }, legs: { added: 0, gone: 1, changed: 0 } },
    rows: { before: right.rows.length - 1, added: 1, gone: 0, changed: 1 },
  });
  expect(looked.first).toHaveLength(3);
  expect(looked.first).toContain(
    `Call ${one?.linked_id}: of the row ${one?.id} billable_ms was 12345 and is ${one?.billable_ms}.`,
  );
  expect(looked.first).toContain(`Call ${other?.linked_id}: the row ${other?.id} was not there.`);
  expect(looked.first).toContain(`Call ${third?.linked_id}: the leg made up is not in the journal.`);
  expect(otherwise(await refold())).toEqual(otherwise(looked));
  expect(await house.everything()).toEqual(right);
  expect(await differingSlots(db, { from: new Date(0), to: always.to })).toEqual([]);
  expect(otherwise(await refold())).toEqual(nothing);
});

test("a journal that came twice, from a copy and with damage, has each row once", async () => {
  await takeBatch(house.deps, lines);
  const right = await house.everything();
  const copies = lines.map((line, n) => ({
    ...line,
    fileId: "copy",
    text: n % 10 === 0 ? line.text.slice(0, 40) : line.text,
  }));
  await takeBatch(house.deps, copies.toReversed());
  expect(await house.everything()).toEqual(right);
  expect(otherwise(await refold())).toEqual(nothing);
  expect(await house.everything()).toEqual(right);
});

test("takes the days asked for alone, and what a copy of the program folds to nothing away", async () => {
  const later = movedReads(lines, 40 * 86_400);
  await takeBatch(house.deps, [...lines, ...later]);
  const { calls } = await house.everything();
  await house.db.updateTable("report_calls").set({ source: "wrong" }).execute();
  const report = await refold({ from: new Date("2026-12-01") });
  expect(report.counts.calls.before).toBe(calls.length / 2);
  const wrong = (await house.everything()).rows.filter((row) => row.source === "wrong");
  expect(wrong.every((row) => row.call_at < new Date("2026-12-01"))).toBe(true);
  expect(wrong).toHaveLength(report.counts.rows.before);
  const gone = await refoldJournal({ ...house.deps, fold: () => null }, always, {
    progress: () => {},
    stopped: () => false,
  });
  expect(gone.counts.calls.gone).toBe(calls.length);
  expect(await house.everything()).toEqual({ calls: [], legs: [], visits: [], rows: [] });
});

test("stopped in the middle and begun anew, beside a Perch that goes on taking the journal", async () => {
  const many = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((n) => movedReads(lines, n * 86_400));
  for (const copy of many.slice(0, 8)) await takeBatch(house.deps, copy);
  await house.db.updateTable("report_calls").set({ source: "wrong" }).execute();
  let asked = 0;
  const first = await refold({}, () => ++asked > 1);
  expect(first.stopped).toBe(true);
  expect(first.calls).toBe(200);
  const [whole] = await Promise.all([
    refold(),
    (async () => {
      for (let from = 0; from < lines.length; from += 25) {
        await takeBatch(house.deps, many[8]?.slice(from, from + 25) ?? []);
      }
    })(),
  ]);
  expect(whole.counts.rows.changed).toBeGreaterThan(0);
  const { rows } = await house.everything();
  expect(rows.filter((row) => row.source === "wrong")).toEqual([]);
  expect(rows.length % 9).toBe(0);
  expect(otherwise(await refold())).toEqual(nothing);
  expect(await differingSlots(house.db, { from: new Date(0), to: always.to })).toEqual([]);
});
