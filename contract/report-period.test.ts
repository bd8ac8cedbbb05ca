import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { daysOfPeriod, instantsOfDays, partsOfTime, startOfWeek, TIME_UNITS } from "./report-period.ts";

const ROME = { zone: "Europe/Rome", firstDay: 1 };
const range = (from: string, to: string) => ({ from: Date.parse(from), to: Date.parse(to) });

describe("a period", () => {
  const sunday = "2026-11-22T12:00:00Z";
  it.each([
    ["today", "2026-11-22", "2026-11-22"],
    ["yesterday", "2026-11-21", "2026-11-21"],
    ["this-week", "2026-11-16", "2026-11-22"],
    ["last-week", "2026-11-09", "2026-11-15"],
    ["this-month", "2026-11-01", "2026-11-30"],
    ["last-month", "2026-10-01", "2026-10-31"],
  ] as const)("%s is from %s to %s", (period, from, to) => {
    expect(daysOfPeriod(period, sunday, ROME)).toEqual({ from, to });
  });

  it("goes by the house's day and its first day of the week", () => {
    expect(daysOfPeriod("today", "2026-11-22T23:30:00Z", ROME).from).toBe("2026-11-23");
    expect(daysOfPeriod("this-week", sunday, { ...ROME, firstDay: 7 })).toEqual({
      from: "2026-11-22",
      to: "2026-11-28",
    });
    expect(daysOfPeriod("this-week", sunday, { ...ROME, firstDay: 6 }).from).toBe("2026-11-21");
    expect(daysOfPeriod("last-month", "2026-01-15T12:00:00Z", ROME)).toEqual({ from: "2025-12-01", to: "2025-12-31" });
  });

  it("lies between midnights, also where clocks change", () => {
    expect(instantsOfDays({ from: "2026-03-29", to: "2026-03-29" }, ROME.zone)).toEqual({
      from: "2026-03-28T23:00:00.000Z",
      to: "2026-03-29T22:00:00.000Z",
    });
  });
});

describe("the parts of a time", () => {
  it("have 23 hours where clocks go forward and 25 where they go back", () => {
    const spring = partsOfTime(range("2026-03-28T23:00Z", "2026-03-29T22:00Z"), "hour", ROME);
    const autumn = partsOfTime(range("2026-10-24T22:00Z", "2026-10-25T23:00Z"), "hour", ROME);
    expect([spring.length, autumn.length]).toEqual([23, 25]);
    expect(autumn.every(({ from, to }) => to - from === 3_600_000)).toBe(true);
    const clock = partsOfTime(range("2026-10-24T22:00Z", "2026-10-25T23:00Z"), "hour-of-day", ROME);
    // Two o'clock comes twice and is one part of two hours.
    expect(clock).toHaveLength(24);
    expect(clock.find(({ key }) => key === "02")).toMatchObject({
      from: Date.parse("2026-10-25T00:00Z"),
      to: Date.parse("2026-10-25T02:00Z"),
    });
  });

  it("follow each other without gaps and cover the time, in any zone", () => {
    const zone = fc.constantFrom(
      "Europe/Rome",
      "UTC",
      "Asia/Kolkata",
      "America/New_York",
      "Australia/Lord_Howe",
      "Pacific/Apia",
    );
    const start = fc.integer({ min: Date.parse("2024-01-01"), max: Date.parse("2027-01-01") });
    const length = fc.integer({ min: 1, max: 40 * 86_400_000 });
    fc.assert(
      fc.property(zone, start, length, fc.constantFrom(...TIME_UNITS), fc.integer({ min: 1, max: 7 }), (...all) => {
        const [name, from, ms, unit, firstDay] = all;
        const parts = partsOfTime({ from, to: from + ms }, unit, { zone: name, firstDay });
        expect(parts[0]?.from).toBe(from);
        expect(parts.at(-1)?.to).toBe(from + ms);
        for (const [at, part] of parts.entries()) {
          expect(part.to).toBeGreaterThan(part.from);
          if (at > 0) expect(part.from).toBe(parts[at - 1]?.to);
        }
      }),
      { numRuns: 40 },
    );
  });

  it("begin weeks on the first day of the week", () => {
    for (let firstDay = 1; firstDay <= 7; firstDay += 1) {
      const start = startOfWeek("2026-11-22", firstDay);
      expect(new Date(start).getUTCDay() || 7).toBe(firstDay);
    }
  });
});
