import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PauseCause } from "../../contract/views.ts";
import { Refusal } from "../refusal.ts";
import {
  endedByReady,
  isUnfinishedLogin,
  leadingCause,
  memberPause,
  type OpenCause,
  type PendingBreak,
  readinessOf,
  UNTIL_READY,
} from "./readiness.ts";

const at = (second: number) => new Date(second * 1000);
const cause = (name: PauseCause, since = 0, reason: string | null = null): OpenCause => ({
  cause: name,
  reason,
  since: at(since),
  dueAt: null,
});
const ORDER: PauseCause[] = ["phone-lost", "supervisor", "break", "wrap-up", "login-in-pause", "capacity"];
const sets = fc.subarray(ORDER).map((names) => names.map((name, index) => cause(name, index)));
const lunch: PendingBreak = { reason: "Lunch", askedAt: at(0) };
const pending = fc.constantFrom(null, lunch);

describe("readiness", () => {
  it("is paused since the oldest open cause, however many there are", () => {
    expect(readinessOf([cause("break", 20), cause("wrap-up", 10)], at(5), at(0))).toEqual({
      state: "paused",
      since: at(10),
    });
  });

  it("is ready since the end of the last cause, or the start", () => {
    expect(readinessOf([], at(5), at(0))).toEqual({ state: "ready", since: at(5) });
    expect(readinessOf([], null, at(0))).toEqual({ state: "ready", since: at(0) });
  });

  it("of any set is ready exactly when it is empty; the telephone system is told to pause for a waiting break too", () => {
    fc.assert(
      fc.property(sets, pending, (causes, pendingBreak) => {
        expect(readinessOf(causes, null, at(0)).state).toBe(causes.length === 0 ? "ready" : "paused");
        const told = memberPause({ causes, pendingBreak });
        expect(told.paused).toBe(causes.length > 0 || pendingBreak !== null);
        expect(told.reason === null).toBe(!told.paused);
      }),
    );
  });

  it("shows the first of the order, whatever order the causes came in", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(ORDER, { minLength: 1 }), (names) => {
        expect(leadingCause(names.map((name) => cause(name)))?.cause).toBe(ORDER.find((one) => names.includes(one)));
      }),
    );
    expect(leadingCause([])).toBeNull();
  });

  it("names the break to the telephone system, also one that waits, else the cause, and nothing when ready", () => {
    const told = (causes: OpenCause[], pendingBreak: PendingBreak | null = null) =>
      memberPause({ causes, pendingBreak }).reason;
    expect(told([cause("wrap-up", 1, "node1-1.1"), cause("break", 2, "Coffee")])).toBe("Coffee");
    expect(told([cause("wrap-up", 1, "node1-1.1")])).toBe("wrap-up");
    expect(told([cause("wrap-up", 1, "node1-1.1")], lunch)).toBe("Lunch");
    expect(told([cause("supervisor", 1, "Come here"), cause("break", 1, "Coffee")])).toBe("supervisor");
    expect(told([])).toBeNull();
  });
});

describe("pressing Ready", () => {
  it("ends what is the agent's own and nothing else", () => {
    fc.assert(
      fc.property(sets, pending, (causes, pendingBreak) => {
        const own: PauseCause[] = ["break", "login-in-pause"];
        const his = causes.map((one) => one.cause).filter((name) => own.includes(name));
        const answer = endedByReady({ causes, pendingBreak });
        if (!(answer instanceof Refusal)) expect(answer).toEqual(his);
        else expect([his, pendingBreak, causes.some((one) => one.cause === "supervisor")]).toEqual([[], null, true]);
      }),
    );
  });

  it("is not outwitted by a supervisor's words", () => {
    const supervised = cause("supervisor", 0, "missed-calls");
    expect(endedByReady({ causes: [supervised], pendingBreak: null })).toBeInstanceOf(Refusal);
    expect(endedByReady({ causes: [cause("phone-lost", 0, "missed-calls")], pendingBreak: null })).toEqual([
      "phone-lost",
    ]);
  });

  it("says who paused him, and why, where only a supervisor can end it", () => {
    const supervised = { ...cause("supervisor", 0, "Come to my desk"), by: { id: 3, name: "Sara Verdi" } };
    const answer = endedByReady({ causes: [supervised], pendingBreak: null });
    expect(answer).toMatchObject({ code: "pause.not-yours", facts: { by: { id: 3 }, reason: "Come to my desk" } });
    expect(answer instanceof Refusal && answer.title).toBe(
      "Sara Verdi paused you: “Come to my desk”. Only a supervisor can end that.",
    );
  });
});

it("a login is unfinished until it waits for Ready", () => {
  expect(isUnfinishedLogin(cause("login-in-pause"))).toBe(true);
  expect(isUnfinishedLogin(cause("login-in-pause", 0, UNTIL_READY))).toBe(false);
  expect(isUnfinishedLogin(cause("break"))).toBe(false);
});
