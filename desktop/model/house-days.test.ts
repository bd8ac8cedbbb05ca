import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays, dayOf, isDay, startOfDay } from "./house-days.ts";

test("a day begins at the zone's midnight", () => {
  expect(startOfDay("2026-11-22", "UTC")).toBe("2026-11-22T00:00:00.000Z");
  expect(startOfDay("2026-11-22", "Europe/Rome")).toBe("2026-11-21T23:00:00.000Z");
  expect(startOfDay("2026-07-01", "Europe/Rome")).toBe("2026-06-30T22:00:00.000Z");
  expect(startOfDay("2026-07-01", "America/New_York")).toBe("2026-07-01T04:00:00.000Z");
});

test("days on which clocks change have 23 and 25 hours", () => {
  const hours = (day: string) =>
    (Date.parse(startOfDay(addDays(day, 1), "Europe/Rome")) - Date.parse(startOfDay(day, "Europe/Rome"))) / 3_600_000;
  expect(hours("2026-03-29")).toBe(23);
  expect(hours("2026-10-25")).toBe(25);
  expect(hours("2026-10-26")).toBe(24);
});

test("the start of a day falls on that day", () => {
  const zones = fc.constantFrom("UTC", "Europe/Rome", "America/New_York", "Asia/Kolkata", "Australia/Sydney");
  fc.assert(
    fc.property(zones, fc.integer({ min: 0, max: 20_000 }), (zone, days) => {
      const day = addDays("1990-01-01", days);
      expect(dayOf(startOfDay(day, zone), zone)).toBe(day);
    }),
  );
});

test("only days of the calendar are days", () => {
  expect(isDay("2026-02-28")).toBe(true);
  expect(isDay("2026-02-30")).toBe(false);
  expect(isDay("yesterday")).toBe(false);
});
