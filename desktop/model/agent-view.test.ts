import { describe, expect, it } from "vitest";
import {
  paperCause as cause,
  paperDesk as desk,
  paperLeg as leg,
  paperSession,
  SINCE,
  paperWaiting as waiting,
} from "../../test/paper-desk.ts";
import { agentView, causeView, lastCallEnd, wrapUpLeft } from "./agent-view.ts";

const session = (...causes: Parameters<typeof paperSession>[0] & {}) => paperSession(causes);
const coffee = cause("break", { reason: "Coffee" });
const teresa = { id: 9, name: "Teresa Sala" };

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

  it("shows who asks a colleague as asking, although the caller is on hold", () => {
    const asks = { to: "202", name: "Bruno Conti", talking: true };
    const asking = { ...leg("a", "held"), hand: { heldBy: "desktop" as const, asks, asked: null } };
    expect(agentView(desk({ legs: [asking] }))).toMatchObject({ state: "talking", word: "Asking" });
  });

  it("shows a break asked for during a call as what comes after it, and lets it be taken back", () => {
    const pending = paperSession([], { pendingBreak: { reason: "Coffee", askedAt: SINCE } });
    const view = agentView(desk({ session: pending, legs: [leg("a", "talking")] }));
    expect(view).toMatchObject({ state: "talking", next: "Coffee after this call", act: "cancel-break" });
  });

  it("names the reason of a break and until when it should last", () => {
    const dueAt = "2026-03-02T09:15:00.000Z";
    expect(agentView(desk({ session: session({ ...coffee, dueAt }) }))).toMatchObject({
      state: "paused",
      word: "Coffee",
      dueAt,
      act: "resume",
    });
  });

  it("shows a wrap-up with its end", () => {
    const dueAt = "2026-03-02T09:00:30Z";
    expect(agentView(desk({ session: session(cause("wrap-up", { dueAt })) }))).toMatchObject({
      state: "wrap-up",
      dueAt,
      act: "end-wrap-up",
    });
  });

  it("shows of several causes the one that counts, and the others beside it", () => {
    const view = agentView(desk({ session: session(cause("wrap-up"), coffee, cause("phone-lost")) }));
    expect(view).toMatchObject({ state: "fault", word: "Phone lost", next: "also: Wrap-up, Coffee", act: "resume" });
  });

  it("does not count the wrap-up of the call before as what comes after this one", () => {
    const view = agentView(desk({ session: session(cause("wrap-up")), legs: [leg("a", "talking")] }));
    expect(view).toMatchObject({ next: null, act: "pause" });
  });

  it.each(["supervisor", "capacity", "phone-lost"] as const)("offers a break and no way out of %s", (name) => {
    expect(agentView(desk({ session: session(cause(name)) })).act).toBe("pause");
  });

  it.each([
    ["missed calls", cause("phone-lost", { reason: "missed-calls" })],
    ["a login in pause", cause("login-in-pause")],
  ])("asks for a press on Ready after %s", (_, one) => {
    expect(agentView(desk({ session: session(one) })).act).toBe("ready");
  });

  it("names the supervisor who paused him", () => {
    expect(causeView(cause("supervisor", { by: teresa })).word).toBe("Paused by Teresa Sala");
    expect(causeView(cause("supervisor")).word).toBe("Paused by a supervisor");
  });

  it("is not held in a call by a leg that has ended", () => {
    expect(agentView(desk({ legs: [leg("a", "ended")] })).state).toBe("ready");
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
