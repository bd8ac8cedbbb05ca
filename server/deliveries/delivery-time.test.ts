import { expect, it } from "vitest";
import { latestTime, nextTime, type Rhythm, tryAgainAt } from "./delivery-time.ts";

const ROME = "Europe/Rome";
const at = (over: Partial<Rhythm>): Rhythm => ({ rhythm: "daily", hour: 6, weekday: 1, monthDay: 1, ...over });
const next = (rhythm: Rhythm, after: string) => nextTime(rhythm, new Date(after), ROME).toISOString();

it.each([
  ["the same day, while its hour has not come", at({}), "2026-11-22T04:59:00Z", "2026-11-22T05:00:00.000Z"],
  ["the next day, when it has", at({}), "2026-11-22T05:00:00Z", "2026-11-23T05:00:00.000Z"],
  ["the house's day, not UTC's", at({ hour: 0 }), "2026-11-22T23:30:00Z", "2026-11-23T23:00:00.000Z"],
  ["the weekday", at({ rhythm: "weekly", weekday: 1 }), "2026-11-22T12:00:00Z", "2026-11-23T05:00:00.000Z"],
  ["a week later", at({ rhythm: "weekly", weekday: 1 }), "2026-11-23T05:00:00Z", "2026-11-30T05:00:00.000Z"],
  ["the day of the month", at({ rhythm: "monthly", monthDay: 1 }), "2026-11-22T12:00:00Z", "2026-12-01T05:00:00.000Z"],
  [
    "a month that is longer",
    at({ rhythm: "monthly", monthDay: 28 }),
    "2026-12-28T06:00:00Z",
    "2027-01-28T05:00:00.000Z",
  ],
  ["six o'clock in summer as in winter", at({}), "2026-03-28T12:00:00Z", "2026-03-29T04:00:00.000Z"],
  ["the hour after, where clocks skip it", at({ hour: 2 }), "2026-03-28T12:00:00Z", "2026-03-29T01:00:00.000Z"],
])("falls on %s", (_, rhythm, after, expected) => {
  expect(next(rhythm, after)).toBe(expected);
});

it("of what was missed sends the last alone", () => {
  const due = new Date("2026-11-20T05:00:00Z");
  const latest = (now: string) => latestTime(at({}), due, new Date(now), ROME).toISOString();
  expect(latest("2026-11-20T05:00:00Z")).toBe(due.toISOString());
  expect(latest("2026-11-22T12:00:00Z")).toBe("2026-11-22T05:00:00.000Z");
});

it("is tried again after a minute, five, a quarter of an hour, an hour, and then no more", () => {
  const now = new Date("2026-11-22T05:00:00Z");
  const waits = [1, 2, 3, 4, 5].map((failures) => {
    const again = tryAgainAt(failures, now);
    return again === null ? null : (again.getTime() - now.getTime()) / 60_000;
  });
  expect(waits).toEqual([1, 5, 15, 60, null]);
});
