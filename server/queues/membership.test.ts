import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Member } from "../telephony.ts";
import { type Place, type Repair, repairs } from "./membership.ts";

/** What the telephone system makes of the acts. */
function perform(members: Member[], acts: Repair[]): Member[] {
  let now = members;
  for (const act of acts) {
    if (act.kind === "remove") now = now.filter((one) => one.queueId !== act.queueId || one.endpoint !== act.endpoint);
    else if (act.kind === "add") {
      expect(now.some((one) => one.queueId === act.member.queueId && one.endpoint === act.member.endpoint)).toBe(false);
      expect(act.member.paused).toBe(true);
      now = [...now, act.member];
    } else {
      const { endpoint, paused, reason } = act;
      now = now.map((one) => (one.endpoint === endpoint ? { ...one, paused, pauseReason: reason } : one));
    }
  }
  return now;
}
const sorted = (members: Member[]) =>
  members
    .map(({ queueId, endpoint, agentName, paused, pauseReason }) => ({
      queueId,
      endpoint,
      agentName,
      paused,
      pauseReason: paused ? pauseReason : null,
    }))
    .sort((a, b) => a.queueId - b.queueId || (a.endpoint < b.endpoint ? -1 : 1));

const agents = fc.uniqueArray(
  fc.record({
    agentId: fc.integer({ min: 1, max: 6 }),
    endpoint: fc.constantFrom("a", "b", "c", "d"),
    queueIds: fc.uniqueArray(fc.integer({ min: 1, max: 4 })),
    paused: fc.boolean(),
  }),
  { selector: ({ endpoint }) => endpoint },
);
const members = fc.uniqueArray(
  fc.record({
    queueId: fc.integer({ min: 1, max: 5 }),
    endpoint: fc.constantFrom("a", "b", "c", "d", "e"),
    agentName: fc.constantFrom("Agent 1", "Agent 2", "Agent 3"),
    paused: fc.boolean(),
    pauseReason: fc.constantFrom(null, "Lunch", "wrap-up"),
  }),
  { selector: ({ queueId, endpoint }) => `${queueId} ${endpoint}` },
);

describe("repairing the members of the queues", () => {
  it("makes them equal to the open sessions, and then finds nothing to repair", () => {
    fc.assert(
      fc.property(agents, members, (sessions, found) => {
        const places: Place[] = sessions.flatMap(({ agentId, endpoint, queueIds, paused }) =>
          queueIds.map((queueId) => ({
            agentId,
            queueId,
            endpoint,
            agentName: `Agent ${agentId}`,
            paused,
            pauseReason: paused ? "Lunch" : null,
          })),
        );
        const repaired = perform(found, repairs(places, found));
        expect(sorted(repaired)).toEqual(sorted(places.map(({ agentId: _, ...member }) => member)));
        expect(repairs(places, repaired)).toEqual([]);
      }),
    );
  });

  it("releases nobody before all his places are there", () => {
    const place = { agentId: 1, endpoint: "a", agentName: "Anna", paused: false, pauseReason: null };
    const acts = repairs(
      [
        { ...place, queueId: 1 },
        { ...place, queueId: 2 },
      ],
      [],
    );
    expect(acts.map(({ kind }) => kind)).toEqual(["add", "add", "pause"]);
  });
});
