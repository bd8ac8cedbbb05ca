import { describe, expect, it } from "vitest";
import { clockText, counted, durationText } from "./elapsed.ts";

describe("a running clock", () => {
  it.each([
    [-500, "00:00"],
    [0, "00:00"],
    [137_999, "02:17"],
    [3_600_000, "1:00:00"],
    [90_061_000, "25:01:01"],
  ])("says %i ms as %s", (ms, text) => {
    expect(clockText(ms)).toBe(text);
  });
});

describe("a duration", () => {
  it.each([
    [null, "–"],
    [0, "0:00"],
    [59.6, "1:00"],
    [725, "12:05"],
    [3852, "1:04:12"],
  ])("says %s s as %s", (seconds, text) => {
    expect(durationText(seconds)).toBe(text);
  });
});

describe("a counted thing", () => {
  it("agrees with its number", () => {
    expect([0, 1, 2, 1200].map((count) => counted(count, "call"))).toEqual([
      "0 calls",
      "1 call",
      "2 calls",
      "1,200 calls",
    ]);
    expect(counted(2, "person", "people")).toBe("2 people");
  });
});
