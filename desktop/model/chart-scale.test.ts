import fc from "fast-check";
import { expect, test } from "vitest";
import { boundText, everyNth, ticksOf } from "./chart-scale.ts";

test("lines stand at round numbers, of lengths at times people say", () => {
  expect(ticksOf(66, "count")).toEqual([0, 20, 40, 60, 80]);
  expect(ticksOf(2, "count")).toEqual([0, 1, 2]);
  expect(ticksOf(8 * 3600, "seconds")).toEqual([0, 7200, 14_400, 21_600, 28_800]);
  expect(ticksOf(0, "count")).toEqual([0, 1]);
});

test("lines reach the largest value, and are few", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.001, max: 1e9, noNaN: true }),
      fc.constantFrom("count", "seconds", "percent"),
      (largest, kind) => {
        const ticks = ticksOf(largest, kind as "count");
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(largest - 1e-6);
        expect(ticks.length).toBeLessThanOrEqual(6);
      },
    ),
  );
});

test("labels that do not fit are left out evenly", () => {
  expect([everyNth(28, 10), everyNth(5, 10), everyNth(28, 0)]).toEqual([3, 1, 28]);
});

test("waits are told by their bounds", () => {
  expect([0, 1, 2].map((at) => boundText([20, 90], at))).toEqual(["≤ 20 s", "≤ 1.5 min", "> 1.5 min"]);
});
