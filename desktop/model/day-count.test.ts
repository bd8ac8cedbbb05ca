import { expect, it } from "vitest";
import { dayCount } from "./day-count.ts";

const TODAY = "2026-03-02T00:00:00.000Z";
const waiting = (legId: string, startedAt: string) => ({ legId, startedAt, billableS: 20 });

it("counts the calls that are disposed and those that still wait for it", () => {
  const rows = [
    { legId: "a", billableS: 30 },
    { legId: null, billableS: null },
  ];
  expect(dayCount(rows, [waiting("b", "2026-03-02T09:00:00Z")], TODAY)).toEqual({ calls: 3, talkedS: 50 });
});

it("counts no call twice, and none of yesterday", () => {
  const toDispose = [waiting("a", "2026-03-02T09:00:00Z"), waiting("b", "2026-03-01T09:00:00Z")];
  expect(dayCount([{ legId: "a", billableS: 30 }], toDispose, TODAY)).toEqual({ calls: 1, talkedS: 30 });
});
