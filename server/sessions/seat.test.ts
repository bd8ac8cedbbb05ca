import fc from "fast-check";
import { expect, it } from "vitest";
import type { Seat } from "../telephony.ts";
import { seatRepairs } from "./seat.ts";

const anna: Seat = {
  endpoint: "desk1",
  agentId: 7,
  agentName: "Anna, O'Rossi",
  internal: "201",
  callerId: null,
  language: "it",
};

it("finds nothing where all is kept, also with a name that lost its punctuation", () => {
  expect(seatRepairs([{ ...anna, agentName: "Anna O'Rossi" }], [anna])).toEqual([]);
});

it("says where somebody sits now before it says where he got up", () => {
  const moved = { ...anna, endpoint: "desk2" };
  expect(seatRepairs([anna], [moved])).toEqual([
    { kind: "seat", seat: moved },
    { kind: "unseat", seat: anna },
  ]);
});

it("finds nothing once its repairs are done", () => {
  const seat = fc.record({
    endpoint: fc.constantFrom("a", "b", "c", "d"),
    agentId: fc.integer({ min: 1, max: 4 }),
    agentName: fc.constantFrom("Anna", "Bo", "Bo;"),
    internal: fc.constantFrom(null, "201", "202"),
    callerId: fc.constantFrom(null, "+39055"),
    language: fc.constantFrom(null, "it" as const),
  });
  const seats = fc.uniqueArray(seat, { selector: ({ endpoint }) => endpoint });
  fc.assert(
    fc.property(seats, seats, (kept, wanted) => {
      const now = new Map<string, Seat>(kept.map((one) => [one.endpoint, one]));
      for (const repair of seatRepairs(kept, wanted)) {
        if (repair.kind === "seat") now.set(repair.seat.endpoint, repair.seat);
        else now.delete(repair.seat.endpoint);
      }
      expect(seatRepairs([...now.values()], wanted)).toEqual([]);
      expect(now.size).toBe(wanted.length);
    }),
  );
});
