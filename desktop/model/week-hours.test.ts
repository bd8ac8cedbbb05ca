import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { WeeklyHours } from "../../contract/views.ts";
import { copiedToWeekdays, hoursText, painted, piecesOf, readHours, weekInWords, weekOf } from "./week-hours.ts";

const hours = (day: number, from: string, to: string): WeeklyHours => ({ day, from, to });
const nights = [hours(5, "22:00", "02:00"), hours(7, "20:00", "24:00")];

describe("a week that is drawn", () => {
  it("shows a night as an evening and a morning, and takes them together again", () => {
    expect(piecesOf(nights)[4]).toEqual([{ from: 1320, to: 1440 }]);
    expect(piecesOf(nights)[5]).toEqual([{ from: 0, to: 120 }]);
    expect(weekOf(piecesOf(nights))).toEqual(nights);
  });

  it("joins what touches", () => {
    const week = painted([hours(1, "09:00", "12:00")], 1, { from: 720, to: 780 }, true);
    expect(week).toEqual([hours(1, "09:00", "13:00")]);
  });

  it("is cut in two where the middle is rubbed out", () => {
    const week = painted([hours(1, "09:00", "18:00")], 1, { from: 780, to: 840 }, false);
    expect(week).toEqual([hours(1, "09:00", "13:00"), hours(1, "14:00", "18:00")]);
  });

  it("has a night's morning rubbed out on the day it lies on", () => {
    expect(painted(nights, 6, { from: 0, to: 120 }, false)[0]).toEqual(hours(5, "22:00", "24:00"));
  });

  it("keeps days that are open all day as days", () => {
    const always = [1, 2, 3, 4, 5, 6, 7].map((day) => hours(day, "00:00", "24:00"));
    expect(weekOf(piecesOf(always))).toEqual(always);
  });

  it("can have one day's hours on every day of the working week", () => {
    const week = copiedToWeekdays([hours(2, "09:00", "18:00"), hours(6, "10:00", "12:00")], 2);
    expect(weekInWords(week)).toBe("Monday to Friday 09:00–18:00; Saturday 10:00–12:00");
  });

  it("is the same time however it is taken apart and put together", () => {
    const minute = fc.integer({ min: 0, max: 1439 });
    const time = minute.map(
      (at) => `${String(Math.floor(at / 60)).padStart(2, "0")}:${String(at % 60).padStart(2, "0")}`,
    );
    const any = fc
      .record({ day: fc.integer({ min: 1, max: 7 }), from: time, to: time })
      .filter((one) => one.from !== one.to);
    fc.assert(
      fc.property(fc.array(any, { maxLength: 12 }), (week) => {
        const pieces = piecesOf(week);
        expect(piecesOf(weekOf(pieces))).toEqual(pieces);
      }),
    );
  });
});

describe("hours as somebody writes them", () => {
  it.each([
    ["9-13, 14:00 – 18:00", "09:00–13:00, 14:00–18:00"],
    ["22:00-2:00", "22:00–02:00"],
    ["0-24", "00:00–24:00"],
    ["", ""],
  ])("%s", (typed, read) => {
    expect(hoursText(readHours(typed) ?? [{ from: "?", to: "?" }])).toBe(read);
  });

  it.each(["9", "9-25", "9:60-10", "nine to five", "9-9"])("are not %s", (typed) => {
    expect(readHours(typed)).toBeNull();
  });
});
