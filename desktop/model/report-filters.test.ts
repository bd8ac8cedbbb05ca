import fc from "fast-check";
import { expect, test } from "vitest";
import {
  addressOf,
  CALL_TYPES,
  daysOf,
  filtersFromAddress,
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
  sort: fc.constantFrom(...SORTS),
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
