import { expect, test } from "vitest";
import { archiveName, dueOf } from "./archive.ts";

const month = (name: string, more: object = {}) => ({
  ...{ month: name, callsArchived: false, journalArchived: false },
  ...more,
});

test.each([
  // month, calls kept, journal kept → what is due in November 2026
  ["2020-01-01", null, null, []],
  ["2025-11-01", 12, null, []],
  ["2025-10-01", 12, null, ["calls", "journal"]],
  ["2025-10-01", null, 12, ["journal"]],
  ["2026-08-01", 12, 2, ["journal"]],
  ["2026-09-01", 12, 2, []],
  ["2026-11-01", 2, 2, []],
  ["2027-01-01", 2, 2, []],
  ["1970-01-01", 2, 2, []],
] as const)("%s, calls kept %s months and journal %s", (name, callMonthsKept, journalMonthsKept, due) => {
  expect(dueOf(month(name), "2026-11-01", { callMonthsKept, journalMonthsKept })).toEqual(due);
});

test("what is archived is not archived again", () => {
  const kept = { callMonthsKept: 2, journalMonthsKept: 2 };
  expect(dueOf(month("2026-01-01", { journalArchived: true }), "2026-11-01", kept)).toEqual(["calls"]);
  expect(dueOf(month("2026-01-01", { callsArchived: true, journalArchived: true }), "2026-11-01", kept)).toEqual([]);
});

test("a file says what it holds", () => {
  expect(archiveName("calls", "2026-03-01")).toBe("calls-2026-03.jsonl.gz");
});
