import { describe, expect, it } from "vitest";
import { Refusal } from "../refusal.ts";
import { beginCode, type CodeState, hearKeys, hearOutcome, type Outcome, outcomeOf } from "./phone-code.ts";

const at = {
  number: { at: "number", round: 1 },
  pin: { at: "pin", round: 1, number: "201" },
  loggingIn: { at: "logging-in", round: 1, number: "201", pin: "4711" },
  loggingOut: { at: "logging-out" },
  reason: { at: "reason", round: 1 },
  pausing: { at: "pausing", round: 1, digit: 2 },
  resuming: { at: "resuming" },
} as const satisfies Record<string, CodeState>;
const over = (...say: unknown[]) => ({ say, state: { at: "over" } });

describe("a star code begins", () => {
  it.each([
    ["*11", { code: "log-in", rest: "" }, { say: ["ask-agent"], state: at.number }],
    ["*11201", { code: "log-in", rest: "201" }, { say: ["ask-pin"], state: at.pin }],
    ["*12", { code: "log-out", rest: "" }, { say: [], state: at.loggingOut }],
    ["*10", { code: "break", rest: "" }, { say: ["ask-reason"], state: at.reason }],
    ["*102", { code: "break", rest: "2" }, { say: [], state: at.pausing }],
    ["*13", { code: "resume", rest: "" }, { say: [], state: at.resuming }],
    ["anything else", null, over("not-possible")],
  ] as const)("with %s", (_what, dialled, step) => {
    expect(beginCode(dialled)).toEqual(step);
  });
});

describe("keys", () => {
  it.each([
    [
      "a number, known or not, is asked for its PIN",
      at.number,
      "999",
      { say: ["ask-pin"], state: { ...at.pin, number: "999" } },
    ],
    ["a PIN is tried", at.pin, "4711", { say: [], state: at.loggingIn }],
    ["a reason's key begins the break", at.reason, "2", { say: [], state: at.pausing }],
    ["stars are no digits", at.number, "*2*01*", { say: ["ask-pin"], state: at.pin }],
    ["none for the number", at.number, null, over("goodbye")],
    ["only # for the PIN", at.pin, "", over("goodbye")],
    ["none for the reason", at.reason, null, over("goodbye")],
    ["where nothing was asked", at.resuming, "5", { say: [], state: at.resuming }],
  ] as const)("%s", (_what, state, keys, step) => {
    expect(hearKeys(state, keys)).toEqual(step);
  });
});

describe("an act", () => {
  it.each([
    [at.loggingIn, "done", over("logged-in")],
    [at.loggingOut, "done", over("logged-out")],
    [at.pausing, "done", over("paused")],
    [at.resuming, "done", over("resumed")],
    [at.loggingIn, "wrong-pin", { say: ["wrong-login"], state: { at: "number", round: 2 } }],
    [at.loggingIn, "already-logged-in", { say: ["already-logged-in"], state: { at: "number", round: 2 } }],
    [at.loggingIn, "locked", over("locked")],
    [at.loggingIn, { heldBy: "202" }, over("held-by", { digits: "202" }, "is-there")],
    [at.loggingIn, { heldBy: null }, over("not-possible")],
    [at.loggingIn, "not-possible", over("not-possible")],
    [at.pausing, "no-such-reason", { say: ["no-such-reason"], state: { at: "reason", round: 2 } }],
    [at.pausing, "nobody-here", over("logged-out")],
    [at.loggingOut, "nobody-here", over("logged-out")],
    [at.resuming, "unavailable", over("try-later")],
  ] as const satisfies readonly (readonly [CodeState, Outcome, unknown])[])(
    "in %j that comes to %j",
    (state, outcome, step) => {
      expect(hearOutcome(state, outcome)).toEqual(step);
    },
  );

  it("is asked for three times at most", () => {
    expect(hearOutcome({ ...at.loggingIn, round: 3 }, "wrong-pin")).toEqual(over("goodbye"));
    expect(hearOutcome({ ...at.pausing, round: 3 }, "no-such-reason")).toEqual(over("goodbye"));
  });
});

describe("a refusal", () => {
  it.each([
    ["session.already-open", "already-logged-in"],
    ["session.none", "nobody-here"],
    ["telephone.held", { heldBy: "202" }],
    ["pause.unknown-reason", "no-such-reason"],
    ["pause.team-full", "not-possible"],
    ["telephone.personal", "not-possible"],
    ["telephone.on-call", "not-possible"],
    ["session.remote-not-permitted", "not-possible"],
    ["telephony.refused", "unavailable"],
    ["database.unavailable", "unavailable"],
  ] as const)("%s can be said by voice", (code, outcome) => {
    expect(outcomeOf(new Refusal(code, "No."), "202")).toEqual(outcome);
  });
});
