import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type CallHouse, callHouse, instantOf, movedReads, recordedReads } from "../../test/call-house.ts";
import { Refusal } from "../refusal.ts";
import { listReportCalls } from "../reports/report-call.ts";
import { type ReportQuery, readReportQuery } from "../reports/report-filter.ts";
import { takeBatch } from "./journal-batch.ts";

let house: CallHouse;
const recorded = recordedReads("queue-attended-transfer");
/** The consultation is a call of its own, made two seconds after the one it is joined with: midnight lies between. */
const midnight = Date.parse("2026-12-01T00:00:00Z") / 1000;
const lines = movedReads(recorded, midnight - 1 - Math.floor(instantOf(recorded[0]).getTime() / 1000));

beforeAll(async () => {
  house = await callHouse();
});
afterAll(() => house?.end());
beforeEach(() => house.clear());

const list = async (query: ReportQuery) => {
  const filter = readReportQuery(query);
  if (filter instanceof Refusal) throw new Error(filter.title);
  return (await listReportCalls(house.db, filter)).rows.map((row) => row.id);
};

test("a leg that moves from a call of one month into one of the month before is there once, in whatever order", async () => {
  await takeBatch(house.deps, lines);
  const whole = await house.everything();
  expect(whole.calls.map((call) => call.call_at.getUTCMonth())).toEqual([10, 11]);
  expect(new Set(whole.legs.map((leg) => leg.leg_id)).size).toBe(whole.legs.length);
  const moved = whole.legs.filter((leg) => leg.call_at.getTime() < midnight * 1000);
  expect(moved.length).toBeGreaterThan(1);
  for (const size of [1, 3, 8]) {
    for (const order of [lines, lines.toReversed()]) {
      await house.clear();
      for (let from = 0; from < order.length; from += size) {
        await takeBatch(house.deps, order.slice(from, from + size));
        const { legs } = await house.everything();
        expect(new Set(legs.map((leg) => leg.leg_id)).size).toBe(legs.length);
      }
      expect(await house.everything()).toEqual(whole);
    }
  }
});

test("a row that started after midnight is found by its own instant, whatever month its call is kept in", async () => {
  await takeBatch(house.deps, lines);
  const { rows } = await house.everything();
  const late = rows.filter((row) => row.started_at.getTime() >= midnight * 1000);
  expect(late.some((row) => row.call_at.getTime() < midnight * 1000)).toBe(true);
  const ids = (some: typeof rows) => some.map((row) => row.id).sort();
  expect((await list({ from: "2026-12-01T00:00:00Z" })).sort()).toEqual(ids(late));
  expect((await list({ to: "2026-12-01T00:00:00Z" })).sort()).toEqual(
    ids(rows.filter((row) => row.started_at.getTime() < midnight * 1000)),
  );
  expect((await list({})).sort()).toEqual(ids(rows));
  const linkedId = late.find((row) => row.call_at.getTime() < midnight * 1000)?.linked_id ?? "";
  expect((await list({ linkedId })).sort()).toEqual(ids(rows.filter((row) => row.linked_id === linkedId)));
});
