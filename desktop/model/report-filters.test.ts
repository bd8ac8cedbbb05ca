import fc from "fast-check";
import { expect, test } from "vitest";
import {
  addressOf,
  behindGroup,
  CALL_TYPES,
  cleared,
  daysOf,
  filtersFromAddress,
  groupRequestOf,
  NO_FILTERS,
  narrowing,
  PERIODS,
  type ReportFilters,
  requestOf,
  SORTS,
} from "./report-filters.ts";

const id = fc.oneof(fc.constant(""), fc.integer({ min: 1 }).map(String));
const day = fc.constantFrom("", "2026-11-01", "2026-11-22");
const anyFilters: fc.Arbitrary<ReportFilters> = fc.record({
  period: fc.constantFrom(...PERIODS.filter((one) => one !== "between")),
  from: day,
  to: day,
  type: fc.constantFrom("", ...CALL_TYPES),
  userId: id,
  agentId: id,
  call: fc.constantFrom("", "node1-1795348448.55"),
  telephoneId: id,
  queueId: id,
  number: fc.constantFrom("", "+39055", "101"),
  answered: fc.constantFrom("", "yes", "no"),
  disposition: fc.constantFrom("", "Sold", "Call back later"),
  result: fc.constantFrom("", "BUSY", "NO ANSWER"),
  outcomePath: fc.constantFrom("", "Sold", "Sold › New"),
  prefix: fc.constantFrom("", "mobile"),
  without: fc.constantFrom([], ["queue"], ["agent", "queue"]),
  sort: fc.constantFrom(...SORTS),
  groupBy: fc.constantFrom("", "queue", "hour-of-day"),
  order: fc.constantFrom("", "talk", "-rows", "hour-of-day"),
});

test("filters survive a trip through the address", () => {
  fc.assert(
    fc.property(anyFilters, (filters) => {
      const asked = filters.period === "custom" ? filters : { ...filters, from: "", to: "" };
      expect(filtersFromAddress(addressOf(asked))).toEqual(asked);
    }),
  );
});

test("instants between which another page asks stay as they are", () => {
  const hour = { from: "2026-10-25T00:00:00.000Z", to: "2026-10-25T01:00:00.000Z" };
  const filters = filtersFromAddress({ ...hour, agent: "7" });
  expect(filters).toEqual({ ...NO_FILTERS, ...hour, period: "between", agentId: "7" });
  expect(requestOf(filters, "2026-11-22T12:00:00Z", "Europe/Rome")).toMatchObject({ ...hour, agentId: "7" });
  expect(filtersFromAddress(addressOf(filters))).toEqual(filters);
});

test("no filter makes an empty address", () => {
  expect(addressOf(NO_FILTERS)).toEqual({});
  expect(filtersFromAddress({})).toEqual(NO_FILTERS);
});

test("what an address says wrongly is left out", () => {
  expect(
    filtersFromAddress({ period: "never", type: "fax", user: "1;drop", from: "2026-13-01", sort: 3, number: "<b>" }),
  ).toEqual(NO_FILTERS);
});

test("an address with days alone is a custom period", () => {
  expect(filtersFromAddress({ from: "2026-11-01" })).toMatchObject({ period: "custom", from: "2026-11-01", to: "" });
});

test("periods are days of the house, not of the browser", () => {
  const lateInRome = "2026-11-22T23:30:00.000Z";
  expect(daysOf(NO_FILTERS, lateInRome, "Europe/Rome")).toEqual({ from: "2026-11-23", to: "2026-11-23" });
  expect(daysOf({ ...NO_FILTERS, period: "7days" }, lateInRome, "UTC")).toEqual({
    from: "2026-11-16",
    to: "2026-11-22",
  });
  expect(daysOf({ ...NO_FILTERS, period: "month" }, lateInRome, "UTC").from).toBe("2026-11-01");
});

test("the request carries instants, the last day included", () => {
  const asked = requestOf(
    { ...NO_FILTERS, period: "custom", from: "2026-11-01", to: "2026-11-02", answered: "no" },
    "2026-11-22T10:00:00.000Z",
    "Europe/Rome",
  );
  expect(asked).toEqual({
    from: "2026-10-31T23:00:00.000Z",
    to: "2026-11-02T23:00:00.000Z",
    answered: "false",
    sort: "-startedAt",
  });
});

test("the filters that narrow are counted, the period is not", () => {
  expect(narrowing({ ...NO_FILTERS, period: "month", queueId: "3", answered: "yes" })).toBe(2);
});

test("groups are asked for with the filter of the rows, and their own order", () => {
  const filters = { ...NO_FILTERS, type: "inbound" as const, groupBy: "queue" as const, order: "-rows" };
  const rows = requestOf(filters, "2026-11-22T10:00:00.000Z", "UTC");
  const { sort: _, ...narrowed } = rows;
  expect(groupRequestOf(filters, rows)).toEqual({ ...narrowed, groupBy: "queue", order: "-rows" });
  expect(narrowing(filters)).toBe(1);
  expect(cleared(filters)).toEqual({ ...filters, type: "" });
});

test("behind a group stand its rows: the same question, narrowed by it", () => {
  const filters: ReportFilters = { ...NO_FILTERS, period: "month", type: "inbound", groupBy: "queue", order: "-rows" };
  const rows = { ...filters, groupBy: "", order: "" };
  expect(behindGroup(filters, { queueId: "3", answered: "no" })).toEqual({ ...rows, queueId: "3", answered: "no" });
  expect(behindGroup(filters, { outcomePath: "Sold › New" })).toEqual({ ...rows, outcomePath: "Sold › New" });
  // A second thing that rows are without comes beside the first.
  expect(behindGroup({ ...filters, without: ["queue"] }, { without: "agent" })).toEqual({
    ...rows,
    without: ["agent", "queue"],
  });
  const hour = { from: "2026-11-22T08:00:00.000Z", to: "2026-11-22T09:00:00.000Z" };
  expect(behindGroup(filters, hour)).toEqual({ ...rows, ...hour, period: "between" });
});
