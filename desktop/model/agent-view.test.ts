import { describe, expect, it } from "vitest";
import type { Snapshot } from "../../contract/snapshot.ts";
import type { Leg, PauseCause, Session, ToDispose } from "../../contract/views.ts";
import { agentView, callerName, callOnCard, lastCallEnd, leadingLeg, wrapUpLeft } from "./agent-view.ts";

const SINCE = "2026-03-02T09:00:00.000Z";
const cause = (name: PauseCause, reason: string | null = null, dueAt: string | null = null) => ({
  cause: name,
  reason,
  by: null,
  since: SINCE,
  dueAt,
});
const session = (...causes: Session["causes"]): Session => ({
  id: 1,
  agentId: 5,
  startedAt: SINCE,
  telephone: { id: 12, name: "Desk 12", internal: "2012", place: "Floor 1", registered: true },
  state: causes.length === 0 ? "ready" : "paused",
  since: SINCE,
  causes,
  pendingBreak: null,
  wrapUpExtendable: false,
  takeoverRequest: null,
  phone: { registered: true, lostSince: null, why: null, resumesAt: null },
  desktop: { connected: true, lostSince: null },
  unattendedSince: null,
});
const leg = (legId: string, state: Leg["state"], over: Partial<Leg> = {}): Leg => ({
  legId,
  linkedId: `c${legId}`,
  telephoneId: 12,
  type: "inbound",
  state,
  number: "+390551234567",
  name: "",
  contact: null,
  queue: null,
  startedAt: SINCE,
  answeredAt: state === "ringing" || state === "dialling" ? null : SINCE,
  endedAt: state === "ended" ? SINCE : null,
  ...over,
});
const waiting = (legId: string): ToDispose => ({
  legId,
  linkedId: `c${legId}`,
  type: "inbound",
  number: "100",
  name: "",
  contact: null,
  queue: null,
  startedAt: SINCE,
  answeredAt: SINCE,
  endedAt: SINCE,
  billableS: 3,
});
const desk = (over: Partial<Snapshot>): Snapshot => ({
  me: { id: 5, fullName: "Luca", username: "luca", role: "agent", internal: null, typology: "external", hotdesk: true },
  serverNow: SINCE,
  telephony: "up",
  session: session(),
  ended: null,
  askedFor: null,
  legs: [],
  toDispose: [],
  choices: null,
  queues: [],
  ...over,
});
const never = () => false;

describe("the agent's state", () => {
  it("is ready when there is no cause and no call", () => {
    expect(agentView(desk({}))).toMatchObject({ state: "ready", word: "Ready", since: SINCE, act: "pause" });
  });

  it("is ready since the end of the last call, not since the login before it", () => {
    const end = "2026-03-02T09:01:00.000Z";
    const ended = desk({ legs: [leg("a", "ended", { endedAt: end })] });
    expect(agentView(ended, lastCallEnd(ended, null)).since).toBe(end);
    expect(agentView(desk({}), lastCallEnd(desk({}), end)).since).toBe(end);
    const before = desk({ toDispose: [{ ...waiting("a"), endedAt: "2026-03-02T08:00:00.000Z" }] });
    expect(agentView(before, lastCallEnd(before, null)).since).toBe(SINCE);
  });

  it("is ready since the end of the wrap-up where that came after the call", () => {
    const since = "2026-03-02T09:02:00.000Z";
    const after = desk({ session: { ...session(), since } });
    expect(agentView(after, lastCallEnd(after, "2026-03-02T09:01:00.000Z")).since).toBe(since);
  });

  it("is signed off without a session", () => {
    expect(agentView(desk({ session: null })).state).toBe("signed-off");
  });

  it.each([
    ["ringing", "ringing", "Ringing"],
    ["dialling", "ringing", "Calling"],
    ["talking", "talking", "Talking"],
    ["held", "talking", "On hold"],
  ] as const)("shows a leg that is %s", (legState, state, word) => {
    expect(agentView(desk({ legs: [leg("a", legState)] }))).toMatchObject({ state, word });
  });

  it("shows a break asked for during a call as what comes next, and lets it be taken back", () => {
    const view = agentView(desk({ session: session(cause("break", "Lunch")), legs: [leg("a", "talking")] }));
    expect(view).toMatchObject({ state: "talking", next: "Lunch", act: "resume" });
  });

  it("shows a wrap-up with its end, and the break that waits behind it", () => {
    const view = agentView(
      desk({ session: session(cause("break", "Lunch"), cause("wrap-up", "leg", "2026-03-02T09:00:30Z")) }),
    );
    expect(view).toMatchObject({ state: "wrap-up", dueAt: "2026-03-02T09:00:30Z", next: "Lunch", act: "end-wrap-up" });
  });

  it("names the reason of a break", () => {
    expect(agentView(desk({ session: session(cause("break", "Lunch")) }))).toMatchObject({
      state: "paused",
      word: "Lunch",
    });
  });

  it("shows a lost telephone before any other cause, and offers nothing that would not help", () => {
    const view = agentView(desk({ session: session(cause("break", "Lunch"), cause("phone-lost")) }));
    expect(view).toMatchObject({ state: "fault", word: "Telephone lost", act: null });
  });

  it.each(["supervisor", "capacity"] as const)("does not offer to resume from %s", (name) => {
    expect(agentView(desk({ session: session(cause(name)) })).act).toBeNull();
  });

  it("is not held in a call by a leg that has ended", () => {
    expect(agentView(desk({ legs: [leg("a", "ended")] })).state).toBe("ready");
  });
});

describe("the call on the card", () => {
  it("is the one that is talked, before one that rings", () => {
    expect(leadingLeg([leg("b", "ringing"), leg("a", "talking")])?.legId).toBe("a");
  });

  it("is what goes on, whatever else was opened", () => {
    const card = callOnCard(desk({ legs: [leg("a", "ringing")], toDispose: [waiting("b")] }), "b", null, never);
    expect(card).toMatchObject({ legId: "a", phase: "ringing" });
  });

  it("stays after the end, first as a leg, then as one to dispose", () => {
    expect(callOnCard(desk({ legs: [leg("a", "ended")] }), null, "a", never)).toMatchObject({
      legId: "a",
      phase: "ended",
    });
    expect(callOnCard(desk({ toDispose: [waiting("a")] }), null, "a", never)).toMatchObject({
      legId: "a",
      phase: "ended",
    });
  });

  it("is found again by a browser that did not see it begin", () => {
    expect(callOnCard(desk({ legs: [leg("a", "ended")] }), null, null, never)?.legId).toBe("a");
  });

  it("gives way when it is disposed", () => {
    expect(callOnCard(desk({ legs: [leg("a", "ended")] }), null, "a", (id) => id === "a")).toBeNull();
  });

  it("is not kept for a call that was never answered", () => {
    const legs = [leg("a", "ended", { answeredAt: null })];
    expect(callOnCard(desk({ legs }), null, "a", never)).toBeNull();
  });
});

describe("the caller's name", () => {
  it("is the contact's, else what came with the call, else the number, and never nothing", () => {
    const contact = { id: 1, name: "Maria Bianchi", company: null };
    expect(callerName({ contact, name: "M B", number: "1" })).toBe("Maria Bianchi");
    expect(callerName({ contact: null, name: " M B ", number: "1" })).toBe("M B");
    expect(callerName({ contact: null, name: " ", number: "1" })).toBe("1");
    expect(callerName({ contact: null, name: "", number: "" })).toBe("Number withheld");
  });
});

describe("what is left of a wrap-up", () => {
  it("goes from all to nothing and no further", () => {
    const [from, to] = ["2026-03-02T09:00:00Z", "2026-03-02T09:00:40Z"];
    expect(wrapUpLeft(from, to, Date.parse(from))).toBe(1);
    expect(wrapUpLeft(from, to, Date.parse(from) + 10_000)).toBe(0.75);
    expect(wrapUpLeft(from, to, Date.parse(to) + 10_000)).toBe(0);
    expect(wrapUpLeft(to, to, Date.parse(to))).toBe(0);
  });
});
