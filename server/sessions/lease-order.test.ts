import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type LeaseRepair, leaseRepairs, type OpenRows } from "./lease-order.ts";

const instant = new Date("2026-11-22T09:00:00Z");

/** What the database makes of the acts. */
function perform(rows: OpenRows, acts: LeaseRepair[]): OpenRows {
  const done = (kind: LeaseRepair["kind"], sessionId: number) =>
    acts.some((act) => act.kind === kind && act.sessionId === sessionId);
  return {
    sessions: rows.sessions.filter(({ sessionId }) => !done("session without telephone", sessionId)),
    leases: rows.leases.filter(({ sessionId }) => !done("lease without session", sessionId)),
    // A session ends with its causes.
    causes: rows.causes.filter(
      ({ sessionId }) => !done("pause without session", sessionId) && !done("session without telephone", sessionId),
    ),
  };
}

/** Sessions of any shape: open or not, with any number of what may be open beside them. */
const houses = fc
  .uniqueArray(
    fc.record({
      sessionId: fc.integer({ min: 1, max: 8 }),
      open: fc.boolean(),
      needsTelephone: fc.boolean(),
      leased: fc.boolean(),
      causes: fc.integer({ min: 0, max: 3 }),
    }),
    { selector: ({ sessionId }) => sessionId },
  )
  .map((all): OpenRows => {
    const who = (sessionId: number) => ({ sessionId, agentId: 100 + sessionId, agentName: `Agent ${sessionId}` });
    const endedAt = (open: boolean) => (open ? null : instant);
    return {
      sessions: all
        .filter(({ open }) => open)
        .map(({ sessionId, needsTelephone }) => ({ ...who(sessionId), needsTelephone })),
      leases: all
        .filter(({ leased }) => leased)
        .map(({ sessionId, open }) => ({ ...who(sessionId), telephoneId: 200 + sessionId, endedAt: endedAt(open) })),
      causes: all.flatMap(({ sessionId, open, causes }) =>
        Array.from({ length: causes }, () => ({ ...who(sessionId), endedAt: endedAt(open) })),
      ),
    };
  });

describe("putting sessions and leases in order", () => {
  it("finds nothing more once its repairs have been performed", () => {
    fc.assert(
      fc.property(houses, (rows) => {
        expect(leaseRepairs(perform(rows, leaseRepairs(rows)))).toEqual([]);
      }),
    );
  });

  it("leaves alone what is in order", () => {
    const anna = { sessionId: 1, agentId: 2, agentName: "Anna" };
    const rows: OpenRows = {
      sessions: [anna],
      leases: [{ ...anna, telephoneId: 9, endedAt: null }],
      causes: [{ ...anna, endedAt: null }],
    };
    expect(leaseRepairs(rows)).toEqual([]);
  });
});
