import { describe, expect, it } from "vitest";
import { clockText, counted, durationText, whenExactly, whenText } from "./elapsed.ts";

const NOW = Date.parse("2026-03-02T12:00:00Z");

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

describe("an instant", () => {
  it("is a time today, in the zone asked for", () => {
    expect(whenText("2026-03-02T07:58:00Z", NOW, "Europe/Rome")).toBe("08:58");
    expect(whenText("2026-03-02T00:05:00Z", NOW, "UTC")).toBe("00:05");
  });

  it("has its date on another day of the zone, and its year in another year", () => {
    expect(whenText("2026-03-01T23:30:00Z", NOW, "Europe/Rome")).toBe("00:30");
    expect(whenText("2026-03-01T22:30:00Z", NOW, "Europe/Rome")).toBe("1 Mar 23:30");
    expect(whenText("2025-12-31T12:00:00Z", NOW, "UTC")).toBe("31 Dec 2025 12:00");
  });

  it("has its seconds where it is compared", () => {
    expect(whenExactly("2026-03-02T07:58:09Z", NOW, "Europe/Rome")).toBe("08:58:09");
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
