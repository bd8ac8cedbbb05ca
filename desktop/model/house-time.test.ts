import { describe, expect, it } from "vitest";
import { houseTime } from "./house-time.ts";

const NOW = Date.parse("2026-03-02T12:00:00Z");

describe("an instant in the house", () => {
  it("is a time today, in the house's zone and not the browser's", () => {
    expect(houseTime(NOW, "Europe/Rome").when("2026-03-02T07:58:00Z")).toBe("08:58");
    expect(houseTime(NOW, "UTC").when("2026-03-02T00:05:00Z")).toBe("00:05");
    expect(houseTime(NOW, "Pacific/Auckland").when("2026-03-02T12:00:00Z")).toBe("01:00");
  });

  it("has its date on another day of the zone, and its year in another year", () => {
    const rome = houseTime(NOW, "Europe/Rome");
    expect(rome.when("2026-03-01T23:30:00Z")).toBe("00:30");
    expect(rome.when("2026-03-01T22:30:00Z")).toBe("1 Mar 23:30");
    expect(houseTime(NOW, "UTC").when("2025-12-31T12:00:00Z")).toBe("31 Dec 2025 12:00");
  });

  it("has a date ahead too: a telephone that is free tomorrow is not free at nine today", () => {
    expect(houseTime(NOW, "Europe/Rome").when("2026-03-03T08:13:00Z")).toBe("3 Mar 09:13");
  });

  it("has its seconds where it is compared", () => {
    expect(houseTime(NOW, "Europe/Rome").exactly("2026-03-02T07:58:09Z")).toBe("08:58:09");
  });
});

describe("the house's today", () => {
  it.each([
    ["Europe/Rome", "2026-03-01T23:00:00.000Z"],
    ["UTC", "2026-03-02T00:00:00.000Z"],
    ["Pacific/Auckland", "2026-03-02T11:00:00.000Z"],
    ["America/Los_Angeles", "2026-03-02T08:00:00.000Z"],
  ])("begins at midnight in %s", (zone, began) => {
    expect(houseTime(NOW, zone).today).toBe(began);
  });
});
