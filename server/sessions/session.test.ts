import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextStep, type SessionEvent, type SessionState, sessionState } from "./session.ts";

const events: SessionEvent[] = [
  "desktop-came",
  "desktop-lost",
  "desktop-moved",
  "timed-out",
  "logged-out",
  "taken-over",
  "released",
  "logged-out-by-supervisor",
  "staff-removed",
  "staff-changed",
  "refused",
];

const beginnings = fc.constantFrom<SessionState>("unwatched", "by-telephone");
const ENDINGS = events.slice(4);

describe("a session", () => {
  it.each<[SessionState, SessionState[]]>([
    ["by-telephone", ["by-telephone", "by-telephone", "attended", "by-telephone"]],
    ["unwatched", ["attended", "unwatched", "unwatched", "unwatched"]],
    ["attended", ["attended", "unattended", "attended", "attended"]],
    ["unattended", ["attended", "unattended", "unattended", "ended"]],
    ["ended", ["ended", "ended", "ended", "ended"]],
  ])("that is %s follows its desktop so, and ends by every ending, with its reason", (state, byDesktop) => {
    expect(events.slice(0, 4).map((event) => nextStep(state, event).state)).toEqual(byDesktop);
    for (const event of ENDINGS) {
      const reason = event === "refused" ? "telephony-refused" : event;
      expect(nextStep(state, event)).toEqual({ state: "ended", ends: state === "ended" ? null : reason });
    }
  });

  it("ends by time only when its desktop was there and went", () => {
    expect(nextStep("unattended", "timed-out")).toEqual({ state: "ended", ends: "disconnected" });
    expect(nextStep("attended", "timed-out").state).toBe("attended");
    expect(nextStep("unwatched", "desktop-lost").state).toBe("unwatched");
  });

  it("that was begun by telephone outlives its desktops, until one of them took it over", () => {
    const stateAfter = (path: SessionEvent[]) =>
      path.reduce<SessionState>((state, event) => nextStep(state, event).state, "by-telephone");
    expect(stateAfter(["desktop-came", "desktop-lost", "timed-out"])).toBe("by-telephone");
    expect(stateAfter(["desktop-came", "desktop-moved", "desktop-lost", "timed-out"])).toBe("ended");
  });

  it("says exactly once why it ended, and stays ended", () => {
    fc.assert(
      fc.property(beginnings, fc.array(fc.constantFrom(...events)), (begun, path) => {
        let state = begun;
        let reasons = 0;
        for (const event of path) {
          const step = nextStep(state, event);
          if (step.ends !== null) reasons += 1;
          expect(step.state === "ended").toBe(state === "ended" || step.ends !== null);
          state = step.state;
        }
        expect(reasons).toBe(state === "ended" ? 1 : 0);
      }),
    );
  });

  it("is told by its row", () => {
    const at = new Date(0);
    const row = { endedAt: null, desktopSeenAt: null, unattendedSince: null };
    expect(sessionState(row)).toBe("unwatched");
    expect(sessionState({ ...row, desktopSeenAt: at })).toBe("attended");
    expect(sessionState({ ...row, desktopSeenAt: at, unattendedSince: at })).toBe("unattended");
    expect(sessionState({ ...row, desktopSeenAt: at, byTelephone: true })).toBe("by-telephone");
    expect(sessionState({ endedAt: at, desktopSeenAt: at, unattendedSince: at })).toBe("ended");
  });
});
