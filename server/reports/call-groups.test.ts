import { expect, it } from "vitest";
import { Refusal } from "../refusal.ts";
import { CALL_GROUP_KEYS, readCallGroups } from "./call-groups.ts";
import { type ReportQuery, readReportQuery } from "./report-filter.ts";

const house = { now: new Date("2026-03-20T09:00:00Z"), timeZone: "Europe/Rome", firstDayOfWeek: 1 };
const MONTH = { from: "2026-02-28T23:00:00Z", to: "2026-03-31T22:00:00Z" };

function read(query: ReportQuery, groupBy: string) {
  const filter = readReportQuery(query);
  if (filter instanceof Refusal) throw new Error(filter.title);
  return readCallGroups(filter, groupBy, house);
}
function fromSums(query: ReportQuery, groupBy: string): boolean {
  const read1 = read({ ...MONTH, ...query }, groupBy);
  if (read1 instanceof Refusal) throw new Error(read1.title);
  return read1.fromSums;
}

it.each<[ReportQuery, string]>([
  [{}, "agent"],
  [{ type: "inbound", queueId: 3, agentId: 7 }, "hour"],
  [{ queue: "3" }, "type"],
  [{ sort: "durationS" }, "weekday"],
])("%j by %s is told by the sums that are kept", (query, groupBy) => {
  expect(fromSums(query, groupBy)).toBe(true);
});

it.each<[ReportQuery, string]>([
  [{}, "user"],
  [{}, "prefix"],
  [{ number: "055" }, "agent"],
  [{ queue: "Support" }, "agent"],
  [{ answered: false }, "day"],
  [{ userDisposition: "Sold" }, "day"],
  [{ without: "queue" }, "day"],
  [{ from: "2026-03-01T09:01:00Z" }, "agent"],
])("%j by %s is told by the rows alone", (query, groupBy) => {
  expect(fromSums(query, groupBy)).toBe(false);
});

it("refuses what it cannot group by, no time, and more of it than is added up", () => {
  const year = { from: "2025-03-01T00:00:00Z", to: "2026-03-01T00:00:00Z" };
  const refused: [ReportQuery, string][] = [
    [MONTH, "colour"],
    [{ from: MONTH.from }, "agent"],
    [{ from: MONTH.to, to: MONTH.from }, "agent"],
    [{ ...year, from: "2024-01-01T00:00:00Z" }, "agent"],
    [{ ...year, number: "055" }, "agent"],
  ];
  for (const [query, groupBy] of refused) expect(read(query, groupBy)).toBeInstanceOf(Refusal);
  expect(read(year, "agent")).not.toBeInstanceOf(Refusal);
  expect(CALL_GROUP_KEYS).toContain("hour-of-day");
});
