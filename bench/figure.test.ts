import { expect, it } from "vitest";
import { met, percentile, table } from "./figure.ts";

it("takes percentiles by nearest rank, so that the answer is a value that was seen", () => {
  const samples = Array.from({ length: 200 }, (_, index) => 200 - index);
  expect(percentile(samples, 0.5)).toBe(100);
  expect(percentile(samples, 0.99)).toBe(198);
  expect(percentile([7], 0.99)).toBe(7);
  expect(percentile([], 0.5)).toBeNaN();
});

it("says whether an aim is met, in either direction", () => {
  expect(met({ what: "a", value: 5, unit: "ms", aim: { atMost: 5 } })).toBe(true);
  expect(met({ what: "a", value: 5.1, unit: "ms", aim: { atMost: 5 } })).toBe(false);
  expect(met({ what: "a", value: 20_000, unit: "/s", aim: { atLeast: 20_000 } })).toBe(true);
  expect(met({ what: "a", value: 1, unit: "ms" })).toBeNull();
});

it("prints a table that shows a missed aim", () => {
  expect(table("login", [{ what: "p99", value: 301, unit: "ms", aim: { atMost: 300 } }])).toContain("NOT MET");
});
