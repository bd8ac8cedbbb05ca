import { expect, it } from "vitest";
import type { AgentLive } from "../../contract/views.ts";
import { FLOOR_GROUPS, floorCounts, floorLine, inGroup, isOver, ofTeamAndQueue, teamLines } from "./floor-agents.ts";

const AT = "2026-11-22T10:00:00.000Z";
type Seat = NonNullable<AgentLive["session"]>;
const cause = (name: Seat["causes"][number]["cause"], over: Partial<Seat["causes"][number]> = {}) => ({
  cause: name,
  reason: null,
  by: null,
  since: AT,
  dueAt: null,
  ...over,
});
let made = 0;
function agent(session: Partial<Seat> | null, over: Partial<AgentLive> = {}): AgentLive {
  made += 1;
  return {
    id: made,
    name: `Agent ${made}`,
    internal: null,
    team: null,
    queues: [],
    session:
      session === null
        ? null
        : {
            startedAt: AT,
            state: "ready",
            since: AT,
            causes: [],
            pendingBreak: null,
            phone: { registered: true, lostSince: null, why: null, resumesAt: null },
            desktop: { connected: true, lostSince: null },
            unattendedSince: null,
            telephone: { id: 9, name: "Desk 9" },
            onCall: null,
            ...session,
          },
    ...over,
  };
}
const talking = {
  state: "talking",
  since: AT,
  direction: "inbound",
  number: "100",
  name: "",
  queue: "support",
} as const;

it("puts each agent in one group, a call before every pause", () => {
  const groups = [
    agent(null),
    agent({}),
    agent({ causes: [cause("wrap-up")] }),
    agent({ causes: [cause("break", { reason: "Lunch" }), cause("wrap-up")] }),
    agent({ causes: [cause("break"), cause("supervisor", { reason: "Training" })] }),
    agent({ causes: [cause("break"), cause("phone-lost", { reason: "not-registered" })] }),
    agent({ causes: [cause("login-in-pause")] }),
    agent({ causes: [cause("phone-lost")], onCall: talking }),
    agent({ onCall: { ...talking, state: "ringing" } }),
  ].map((one) => floorLine(one).group);
  expect(groups).toEqual([
    "logged-out",
    "ready",
    "wrap-up",
    "break",
    "paused",
    "phone-lost",
    "paused",
    "on-call",
    "on-call",
  ]);
});

it("says with whom he talks, what comes then, and the supervisor's words", () => {
  const waiting = { reason: "Lunch", askedAt: AT };
  expect(floorLine(agent({ onCall: { ...talking, name: "Maria" }, pendingBreak: waiting }))).toMatchObject({
    word: "Talking",
    about: "Maria 100, then Lunch",
    queue: "support",
  });
  expect(
    floorLine(agent({ causes: [cause("supervisor", { reason: "Come to my desk", by: { id: 2, name: "Sara" } })] }))
      .about,
  ).toBe("by Sara “Come to my desk”");
});

it("knows a break that lasts too long, and only a break", () => {
  const later = Date.parse(AT) + 1;
  expect(isOver(floorLine(agent({ causes: [cause("break", { dueAt: AT })] })), later)).toBe(true);
  expect(isOver(floorLine(agent({ causes: [cause("break", { dueAt: AT })] })), Date.parse(AT))).toBe(false);
  expect(isOver(floorLine(agent({ causes: [cause("wrap-up", { dueAt: AT })] })), later)).toBe(false);
});

it("counts everybody once, and beside it those who left without logging out", () => {
  const lines = [agent(null), agent({ unattendedSince: AT }), agent({ onCall: talking, unattendedSince: AT })].map(
    floorLine,
  );
  const counts = floorCounts(lines);
  expect(FLOOR_GROUPS.reduce((sum, group) => sum + counts[group], 0)).toBe(3);
  expect(counts.unattended).toBe(2);
  expect(inGroup(lines, "unattended")).toHaveLength(2);
  expect(inGroup(lines, "logged-out")).toHaveLength(1);
  expect(inGroup(lines, null).map(({ group }) => group)).toEqual(["ready", "on-call", "logged-out"]);
});

it("narrows by team and queue, and counts each team's breaks against its limit", () => {
  const red = { id: 3, name: "Red" };
  const lines = [
    agent({ causes: [cause("break")], onCall: talking }, { team: red, queues: [7] }),
    agent(null, { team: red }),
    agent({}, { queues: [7] }),
  ].map(floorLine);
  const nobody = { group: null, teamId: null, queueId: null };
  expect(ofTeamAndQueue(lines, { ...nobody, teamId: 3 })).toHaveLength(2);
  expect(ofTeamAndQueue(lines, { ...nobody, teamId: 0 })).toHaveLength(1);
  expect(ofTeamAndQueue(lines, { ...nobody, teamId: 3, queueId: 7 })).toHaveLength(1);
  expect(teamLines(lines, [{ ...red, maxOnBreak: 1 }])).toEqual([
    { id: 3, name: "Red", agents: 2, loggedIn: 1, onBreak: 1, limit: 1 },
    { id: 0, name: "In no team", agents: 1, loggedIn: 1, onBreak: 0, limit: null },
  ]);
});
