import { expect, test } from "vitest";
import { addMonths, callAt, lineAt, monthOf } from "./call-at.ts";

test.each([
  ["node1-1795348448.55", "2026-11-22T11:54:08.000Z"],
  ["north-wing-2-1795348448.1", "2026-11-22T11:54:08.000Z"],
  ["1795348448.55", "2026-11-22T11:54:08.000Z"],
  ["node1-946684800.0", "2000-01-01T00:00:00.000Z"],
  ["node1-946684799.0", "1970-01-01T00:00:00.000Z"],
  ["node1-9999999999.0", "1970-01-01T00:00:00.000Z"],
  ["node1-17953484480.5", "1970-01-01T00:00:00.000Z"],
  ["leg-1", "1970-01-01T00:00:00.000Z"],
  ["", "1970-01-01T00:00:00.000Z"],
])("a call named %s was made at %s", (linkedId, at) => {
  expect(callAt(linkedId).toISOString()).toBe(at);
});

test("a line of no call is kept by its own instant, a wrong one with those of 1970", () => {
  expect(lineAt("", 1_795_348_448_123_456).toISOString()).toBe("2026-11-22T11:54:08.123Z");
  expect(lineAt("node1-1795348448.55", 5).toISOString()).toBe("2026-11-22T11:54:08.000Z");
  for (const atUs of [0, -1e18, 1e18, Number.NaN]) expect(lineAt("", atUs).getTime()).toBe(0);
});

test("months are UTC's, and are counted over the ends of years", () => {
  expect(monthOf(new Date("2026-10-31T23:59:59.999Z"))).toBe("2026-10-01");
  expect(monthOf(new Date("2026-11-01T00:00:00Z"))).toBe("2026-11-01");
  expect(addMonths("2026-11-01", 3)).toBe("2027-02-01");
  expect(addMonths("2026-01-01", -1)).toBe("2025-12-01");
});
