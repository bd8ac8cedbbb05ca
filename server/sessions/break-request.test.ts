import { describe, expect, it } from "vitest";
import { Refusal } from "../refusal.ts";
import { breakDueAt, decideBreak, type TeamOnBreak } from "./break-request.ts";
import type { Holding } from "./readiness.ts";

const now = new Date("2026-03-02T11:20:00Z");
const at = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const free: Holding = { causes: [], pendingBreak: null };
const wrapping: Holding = {
  causes: [{ cause: "wrap-up", reason: "leg", since: at(1), dueAt: null }],
  pendingBreak: null,
};
const waiting = (reason: string): Holding => ({ causes: [], pendingBreak: { reason, askedAt: at(1) } });
const onBreak = (reason: string): Holding => ({
  causes: [{ cause: "break", reason, since: at(1), dueAt: null }],
  pendingBreak: null,
});
const people = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ id: n + 1, name: `Agent ${n + 1}`, since: at(20 - n) }));
const team = (most: number, count: number): TeamOnBreak => ({ id: 4, name: "Sales", most, onBreak: people(count) });
const decide = (holding: Holding, engaged: boolean, limited: TeamOnBreak | null = null) => {
  const answer = decideBreak({ reason: "Lunch", holding, engaged, team: limited, now, timeZone: "Europe/Rome" });
  return answer instanceof Refusal ? answer.code : answer;
};

describe("asking for a break", () => {
  it.each([
    // state, decision without a call, decision with one
    ["ready", free, "begin", "wait"],
    ["held by something else", wrapping, "begin", "wait"],
    ["waiting for the same", waiting("Lunch"), "begin", "nothing"],
    ["waiting for another", waiting("Coffee"), "begin", "wait"],
    ["on the same", onBreak("Lunch"), "nothing", "nothing"],
    ["on another", onBreak("Coffee"), "switch", "switch"],
  ])("when %s", (_, holding, idle, engaged) => {
    expect([decide(holding, false), decide(holding, true)]).toEqual([idle, engaged]);
    // Who has a place keeps it, however full his team is; nobody else gets one.
    const has = holding.pendingBreak !== null || holding.causes.some(({ cause }) => cause === "break");
    const full = team(2, 2);
    expect([decide(holding, false, full), decide(holding, true, full)]).toEqual(
      has ? [idle, engaged] : ["pause.team-full", "pause.team-full"],
    );
    expect([decide(holding, false, team(2, 1)), decide(holding, true, team(2, 1))]).toEqual([idle, engaged]);
  });

  it("is refused with the names of those who are on break, in the house's time", () => {
    const say = (limited: TeamOnBreak) =>
      decideBreak({ reason: "Lunch", holding: free, engaged: false, team: limited, now, timeZone: "Europe/Rome" });
    expect(say(team(1, 1))).toMatchObject({
      title: "Sales has no place left on break (one at a time): Agent 1 since 12:00.",
      facts: { team: { id: 4, name: "Sales" }, most: 1, onBreak: [{ id: 1, name: "Agent 1" }] },
    });
    expect(say(team(2, 7))).toMatchObject({
      title:
        "Sales has no place left on break (2 at a time): Agent 1 since 12:00, Agent 2 since 12:01, " +
        "Agent 3 since 12:02, Agent 4 since 12:03, Agent 5 since 12:04, 2 more.",
    });
  });
});

it("a break should be over after its minutes, and has no end where the house gives none", () => {
  expect(breakDueAt(now, 30)).toEqual(new Date("2026-03-02T11:50:00Z"));
  expect(breakDueAt(now, null)).toBeNull();
});
