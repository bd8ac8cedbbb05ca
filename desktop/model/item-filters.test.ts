import { describe, expect, it } from "vitest";
import { isNarrowed, itemFiltersOf, itemQueryOf, itemSearchOf, NO_FILTERS } from "./item-filters.ts";

describe("the filters of items", () => {
  it("are what waits where the address says nothing", () => {
    expect(itemFiltersOf({})).toEqual(NO_FILTERS);
    expect(itemSearchOf(NO_FILTERS)).toEqual({});
    expect(itemQueryOf(NO_FILTERS, "Europe/Rome")).toEqual({ state: "waiting" });
    expect(isNarrowed({ ...NO_FILTERS, open: "7" })).toBe(false);
  });

  it("are read from an address and written into it", () => {
    const search = {
      state: "done",
      kind: "callback",
      queue: "3",
      agent: "5",
      number: "0101",
      day: "2026-03-02",
      open: "7",
    };
    expect(itemSearchOf(itemFiltersOf(search))).toEqual({ ...search, queue: 3, agent: 5, open: 7 });
    expect(isNarrowed(itemFiltersOf(search))).toBe(true);
    // The router reads numbers as numbers.
    expect(itemFiltersOf({ queue: 3, open: 7 })).toMatchObject({ queue: "3", open: "7" });
  });

  it("leave out what makes no sense", () => {
    const search = {
      state: "lost",
      kind: "fax",
      queue: "-1",
      agent: "all",
      day: "2026-02-30",
      open: "new",
      number: {},
    };
    expect(itemFiltersOf(search)).toEqual(NO_FILTERS);
  });

  it("ask for the house's day", () => {
    const query = itemQueryOf({ ...NO_FILTERS, state: "all", queue: "3", day: "2026-03-02" }, "Europe/Rome");
    expect(query).toEqual({ queueId: 3, from: "2026-03-01T23:00:00.000Z", to: "2026-03-02T23:00:00.000Z" });
  });
});
