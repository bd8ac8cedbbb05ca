import { expect, test } from "vitest";
import { balanceSums, balanceWords, comparedWords, dayText, stripDays } from "./balance-days.ts";

test("the strip has two months of days up to today, and knows which were compared", () => {
  const run = (day: string, off: number) => ({ day, off, compared: 9, checkedAt: "2026-11-22T02:00:00.000Z" });
  const days = stripDays([run("2026-11-21", 0), run("2026-11-20", 3), run("2025-01-01", 1)], "2026-11-22");
  expect(days).toHaveLength(62);
  expect(days[0]).toEqual({ day: "2026-09-22", off: null });
  expect(days.slice(-3)).toEqual([
    { day: "2026-11-20", off: 3 },
    { day: "2026-11-21", off: 0 },
    { day: "2026-11-22", off: null },
  ]);
});

test("what came of a day is said in words", () => {
  expect([null, 0, 1, 1200].map(balanceWords)).toEqual([
    "not compared yet",
    "everything balances",
    "1 does not balance",
    "1,200 do not balance",
  ]);
  expect(dayText("2026-11-22")).toBe("Sun 22 Nov");
});

test("what could not be compared is told", () => {
  expect(comparedWords({ compared: 0 })).toBe("nothing to compare");
  expect(comparedWords({ compared: 1200 })).toBe("1,200 compared");
  expect(comparedWords({ compared: 5, unknown: 2 })).toBe("5 compared, 2 not known");
});

test("the sums of a day are those of its checks", () => {
  const check = (compared: number, off: number) => ({ name: "", title: "", compared, off, first: [] });
  expect(balanceSums({ day: "", checkedAt: "", checks: [check(5, 1), check(7, 0)] })).toEqual({ compared: 12, off: 1 });
});
