import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hoursOn, isOpen, nextChange, type OpeningTimes } from "./calendar-time.ts";
import type { CalendarException } from "./calendar-views.ts";
import { addDays, offsetMs, weekdayOf } from "./house-days.ts";

const exception = (date: string, over: Partial<CalendarException> = {}): CalendarException => ({
  name: date,
  date,
  yearly: false,
  hours: [],
  ...over,
});
const weekdays = (from: string, to: string) => [1, 2, 3, 4, 5].map((day) => ({ day, from, to }));
const office: OpeningTimes = {
  timeZone: "Europe/Rome",
  week: [...weekdays("09:00", "13:00"), ...weekdays("14:00", "18:00"), { day: 5, from: "22:00", to: "02:00" }],
  exceptions: [
    exception("2020-12-25", { yearly: true }),
    exception("2026-12-25", { hours: [{ from: "10:00", to: "11:00" }] }),
    exception("2026-11-28"),
    exception("2027-01-05", { hours: [{ from: "00:00", to: "24:00" }] }),
  ],
};

describe("a calendar is open", () => {
  // Rome is one hour ahead of UTC in winter. 2026-11-24 is a Tuesday, 2026-11-27 a Friday.
  it.each([
    ["at the first minute", "2026-11-24T08:00:00Z", true],
    ["a second before the first minute", "2026-11-24T07:59:59Z", false],
    ["in the last second", "2026-11-24T11:59:59Z", true],
    ["no more at the minute it ends", "2026-11-24T12:00:00Z", false],
    ["after the break at noon", "2026-11-24T13:00:00Z", true],
    ["on a Sunday", "2026-11-29T10:00:00Z", false],
    ["on Friday night", "2026-11-20T21:00:00Z", true],
    ["on Saturday before two", "2026-11-21T00:59:00Z", true],
    ["on Saturday at two", "2026-11-21T01:00:00Z", false],
    ["on a night that goes on into a day that is closed", "2026-11-28T00:30:00Z", true],
    ["on Christmas of any year", "2025-12-25T09:30:00Z", false],
    ["on the Christmas that is otherwise", "2026-12-25T09:30:00Z", true],
    ["all day, at midnight", "2027-01-04T23:00:00Z", true],
    ["all day, before the next midnight", "2027-01-05T22:59:59Z", true],
    ["all day, and no longer", "2027-01-05T23:00:00Z", false],
  ])("%s", (_, at, open) => {
    expect(isOpen(office, new Date(at))).toBe(open);
  });

  it("twice in the hour that clocks show twice, and not in the one they skip", () => {
    const night: OpeningTimes = { ...office, week: [{ day: 7, from: "02:00", to: "03:00" }], exceptions: [] };
    const open = (at: string) => isOpen(night, new Date(at));
    // 25 October 2026: at 03:00 summer time it is 02:00 again.
    expect([open("2026-10-25T00:30:00Z"), open("2026-10-25T01:30:00Z"), open("2026-10-25T02:00:00Z")]).toEqual([
      true,
      true,
      false,
    ]);
    // 28 March 2027: after 01:59 it is 03:00.
    expect([open("2027-03-28T00:59:59Z"), open("2027-03-28T01:00:00Z")]).toEqual([false, false]);
    expect(nextChange(night, new Date("2027-03-27T12:00:00Z"))).toEqual(new Date("2027-04-04T00:00:00Z"));
  });

  it("on the 29th of February of years that have one", () => {
    const leap: OpeningTimes = {
      timeZone: "UTC",
      week: [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from: "00:00", to: "24:00" })),
      exceptions: [exception("2024-02-29", { yearly: true })],
    };
    expect(isOpen(leap, new Date("2028-02-29T12:00:00Z"))).toBe(false);
    expect(isOpen(leap, new Date("2027-03-01T12:00:00Z"))).toBe(true);
  });
});

describe("the next change", () => {
  it.each([
    ["closes at noon", "2026-11-24T08:00:00Z", "2026-11-24T12:00:00Z"],
    ["opens on Monday", "2026-11-28T10:00:00Z", "2026-11-30T08:00:00Z"],
    ["closes at the end of the night", "2026-11-27T21:30:00Z", "2026-11-28T01:00:00Z"],
  ])("%s", (_, at, then) => {
    expect(nextChange(office, new Date(at))).toEqual(new Date(then));
  });

  it("is none for a calendar that never opens, and for one that never closes", () => {
    const never: OpeningTimes = { timeZone: "UTC", week: [], exceptions: [] };
    const always = { ...never, week: [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from: "00:00", to: "24:00" })) };
    const at = new Date("2026-11-24T08:00:00Z");
    expect([nextChange(never, at), nextChange(always, at)]).toEqual([null, null]);
  });
});

const time = fc.integer({ min: 0, max: 95 }).map((quarter) => {
  const minutes = quarter * 15;
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
});
const hours = fc.record({ from: time, to: time }).filter(({ from, to }) => from !== to);
const day = fc.integer({ min: 0, max: 800 }).map((ahead) => addDays("2026-01-01", ahead));
const times: fc.Arbitrary<OpeningTimes> = fc.record({
  timeZone: fc.constantFrom("Europe/Rome", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"),
  week: fc.array(
    fc.tuple(fc.integer({ min: 1, max: 7 }), hours).map(([on, each]) => ({ day: on, ...each })),
    { maxLength: 10 },
  ),
  exceptions: fc.array(
    fc.record({
      name: fc.constant("x"),
      date: day,
      yearly: fc.boolean(),
      hours: fc.array(hours, { maxLength: 2 }),
    }),
    { maxLength: 5 },
  ),
});
const instant = fc
  .integer({ min: Date.UTC(2026, 0, 2) / 1000, max: Date.UTC(2028, 0, 1) / 1000 })
  .map((seconds) => new Date(seconds * 1000));

describe("whatever the hours", () => {
  it("a calendar is open when one of the hours of today or yesterday, walked through by the clock, holds the minute", () => {
    fc.assert(
      fc.property(times, instant, (calendar, at) => {
        const wall = new Date(at.getTime() + offsetMs(at.getTime(), calendar.timeZone)).toISOString();
        const today = wall.slice(0, 10);
        const now = wall.slice(11, 16);
        const began = (on: string) => {
          const { exception: why } = hoursOn(calendar, on);
          return why === null ? calendar.week.filter((each) => each.day === weekdayOf(on)) : why.hours;
        };
        const expected =
          began(today).some(({ from, to }) => now >= from && (now < to || to < from)) ||
          began(addDays(today, -1)).some(({ from, to }) => to < from && now < to);
        expect(isOpen(calendar, at)).toBe(expected);
      }),
    );
  });

  it("it does not change before its next change, and is otherwise at it", () => {
    fc.assert(
      fc.property(times, instant, fc.double({ min: 0, max: 0.999, noNaN: true }), (calendar, at, part) => {
        const next = nextChange(calendar, at);
        if (next === null) return;
        const between = new Date(at.getTime() + (next.getTime() - at.getTime()) * part);
        expect(isOpen(calendar, between)).toBe(isOpen(calendar, at));
        expect(isOpen(calendar, next)).toBe(!isOpen(calendar, at));
      }),
    );
  });
});
