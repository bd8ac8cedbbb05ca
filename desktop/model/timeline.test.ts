import { expect, it } from "vitest";
import { addDays, startOfDay } from "./house-days.ts";
import {
  clockChange,
  clockOn,
  HOUR_MS,
  moved,
  placeOf,
  ticksOf,
  wholeSeconds,
  windowAround,
  workedWindow,
} from "./timeline.ts";

const dayIn = (day: string, zone: string) => ({
  from: Date.parse(startOfDay(day, zone)),
  to: Date.parse(startOfDay(addDays(day, 1), zone)),
});
const labels = (day: string, zone = "Europe/Rome") => {
  const whole = dayIn(day, zone);
  return ticksOf(whole, whole, zone).map(({ label }) => label.slice(0, 2));
};

it("lays spans out by their share of the window, cut at its edges", () => {
  const seen = { from: 100, to: 200 };
  expect(placeOf({ from: 125, to: 150 }, seen)).toEqual({ left: 0.25, width: 0.25 });
  expect(placeOf({ from: 0, to: 150 }, seen)).toEqual({ left: 0, width: 0.5 });
  expect(placeOf({ from: 50, to: 100 }, seen)).toBeNull();
  expect(placeOf({ from: 200, to: 250 }, seen)).toBeNull();
  expect(placeOf({ from: 130, to: 130 }, seen)).toEqual({ left: 0.3, width: 0 });
});

it("shows an ordinary day in 24 hours, and the days on which clocks change in 23 and 25", () => {
  expect(dayIn("2026-11-22", "Europe/Rome")).toSatisfy(
    (day: { from: number; to: number }) => day.to - day.from === 24 * HOUR_MS,
  );
  expect(labels("2026-11-22")).toEqual(["00", "02", "04", "06", "08", "10", "12", "14", "16", "18", "20", "22"]);
  const spring = dayIn("2026-03-29", "Europe/Rome");
  expect(spring.to - spring.from).toBe(23 * HOUR_MS);
  expect(labels("2026-03-29")).toEqual(["00", "03", "05", "07", "09", "11", "13", "15", "17", "19", "21", "23"]);
  const autumn = dayIn("2026-10-25", "Europe/Rome");
  expect(autumn.to - autumn.from).toBe(25 * HOUR_MS);
  expect(labels("2026-10-25").slice(0, 4)).toEqual(["00", "02", "03", "05"]);
  expect(labels("2026-10-25").at(-1)).toBe("23");
});

it("shows the hour that comes twice twice", () => {
  const day = dayIn("2026-10-25", "Europe/Rome");
  const seen = windowAround(day.from + 3 * HOUR_MS, 6, day);
  expect(ticksOf(seen, day, "Europe/Rome").map(({ label }) => label)).toEqual([
    "00:00",
    "01:00",
    "02:00",
    "02:00",
    "03:00",
    "04:00",
  ]);
});

it("keeps zones whose hours begin at another minute on their own minutes", () => {
  const day = dayIn("2026-11-22", "Asia/Kathmandu");
  expect(ticksOf(day, day, "Asia/Kathmandu")[1]?.label).toBe("02:00");
});

it("zooms around an instant without leaving the day, and moves in it", () => {
  const day = { from: 0, to: 24 * HOUR_MS };
  expect(windowAround(12 * HOUR_MS, 6, day)).toEqual({ from: 9 * HOUR_MS, to: 15 * HOUR_MS });
  expect(windowAround(0, 6, day)).toEqual({ from: 0, to: 6 * HOUR_MS });
  expect(windowAround(24 * HOUR_MS, 1, day)).toEqual({ from: 23 * HOUR_MS, to: 24 * HOUR_MS });
  expect(windowAround(5, null, day)).toEqual(day);
  expect(moved({ from: 0, to: 6 * HOUR_MS }, 0.5, day)).toEqual({ from: 3 * HOUR_MS, to: 9 * HOUR_MS });
  expect(moved({ from: 0, to: 6 * HOUR_MS }, -1, day)).toEqual({ from: 0, to: 6 * HOUR_MS });
});

it("rounds parts so that they add up to the rounded whole", () => {
  const parts = [400, 400, 400, 1800, 999];
  const whole = parts.reduce((sum, ms) => sum + ms, 0);
  expect(wholeSeconds(parts).reduce((sum, seconds) => sum + seconds, 0)).toBe(Math.round(whole / 1000));
  expect(wholeSeconds([])).toEqual([]);
});

it("shows of a day the whole hours in which something was, and never too few", () => {
  const day = { from: 0, to: 24 * HOUR_MS };
  const between = (from: number, to: number) => ({ from: from * HOUR_MS, to: to * HOUR_MS });
  expect(workedWindow([between(12, 13), between(8.25, 16.75)], day)).toEqual(between(8, 17));
  expect(workedWindow([between(9.5, 9.6)], day)).toEqual(between(9, 13));
  expect(workedWindow([between(23.5, 23.6)], day)).toEqual(between(20, 24));
  expect(workedWindow([], day)).toBeNull();
});

it("cuts a night shift at midnight", () => {
  const day = { from: 24 * HOUR_MS, to: 48 * HOUR_MS };
  expect(workedWindow([{ from: 22 * HOUR_MS, to: 30 * HOUR_MS }], day)).toEqual({ from: day.from, to: 30 * HOUR_MS });
  expect(workedWindow([{ from: 46 * HOUR_MS, to: 54 * HOUR_MS }], day)).toEqual({ from: 44 * HOUR_MS, to: day.to });
  expect(workedWindow([{ from: 22 * HOUR_MS, to: 24 * HOUR_MS }], day)).toBeNull();
});

it("says on which days clocks are changed", () => {
  expect(clockChange(dayIn("2026-11-22", "Europe/Rome"))).toBeNull();
  expect(clockChange(dayIn("2026-03-29", "Europe/Rome"))).toBe("Clocks were set forward on this day: it has 23 hours.");
  expect(clockChange(dayIn("2026-10-25", "Europe/Rome"))).toBe("Clocks were set back on this day: it has 25 hours.");
});

it("puts the date before what was on another day", () => {
  const day = dayIn("2026-11-22", "Europe/Rome");
  expect(clockOn(Date.parse("2026-11-22T08:20:05Z"), day, "Europe/Rome", true)).toBe("09:20:05");
  expect(clockOn(Date.parse("2026-11-21T21:00:00Z"), day, "Europe/Rome")).toBe("21 Nov 22:00");
  expect(clockOn(Date.parse("2026-11-23T05:00:00Z"), day, "Europe/Rome")).toBe("23 Nov 06:00");
  expect(clockOn(day.to, day, "Europe/Rome")).toBe("24:00");
});
