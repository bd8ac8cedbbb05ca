import { expect, it } from "vitest";
import { checkCalendar } from "./calendar.ts";

const hours = [{ from: "09:00", to: "18:00" }];
const week = [{ day: 1, from: "09:00", to: "18:00" }];
const day = (name: string, date: string, over: object = {}) => ({ name, date, yearly: false, hours, ...over });

it.each([
  ["hours that begin where they end", { week: [{ day: 1, from: "09:00", to: "09:00" }], exceptions: [] }],
  ["such hours on another day", { week, exceptions: [day("X", "2026-01-01", { hours: [{ from: "1", to: "1" }] })] }],
  ["a day that is none", { week, exceptions: [day("X", "2026-02-30")] }],
  ["two exceptions for a day", { week, exceptions: [day("A", "2026-01-01"), day("B", "2026-01-01")] }],
  [
    "two for a day of every year",
    { week, exceptions: [day("A", "2026-01-01", { yearly: true }), day("B", "2027-01-01", { yearly: true })] },
  ],
])("refuses %s", (_, calendar) => {
  expect(checkCalendar(calendar)?.code).toBe("request.invalid");
});

it("takes a day of every year beside the same day of one year", () => {
  const exceptions = [day("A", "2026-12-25", { yearly: true }), day("B", "2026-12-25", { hours: [] })];
  expect(checkCalendar({ week, exceptions })).toBeNull();
});
