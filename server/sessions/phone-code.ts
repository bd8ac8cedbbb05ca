import type { Refusal } from "../refusal.ts";
import type { DialledCode } from "../star-code.ts";
import type { Prompt, Saying } from "../voice-dialogue.ts";

/**
 * What is said and done when somebody dials a star code.
 *
 *   *11 ──▶ number ──keys──▶ pin ──keys──▶ [log in] ──▶ done, held, locked … over
 *             ▲  │ none       │ none           │
 *             │  ▼ over       ▼ over           │ wrong, already logged in (three rounds)
 *             └────────────────────────────────┘
 *   *11 and a number ──▶ pin         *12 ──▶ [log out] ──▶ over         *13 ──▶ [resume] ──▶ over
 *   *10 ──▶ reason ──key──▶ [break] ──▶ over, or reason again where no reason has that key
 *   *10 and a key ──▶ [break]
 *
 * Whether there is such an agent is not to be heard before a right PIN: an unknown number is asked for one too.
 */
export type CodeState =
  | { at: "number"; round: number }
  | { at: "pin"; round: number; number: string }
  | { at: "logging-in"; round: number; number: string; pin: string }
  | { at: "logging-out" }
  | { at: "reason"; round: number }
  | { at: "pausing"; round: number; digit: number }
  | { at: "resuming" }
  | { at: "over" };

/** What an act came to. */
export type Outcome =
  | "done"
  | "wrong-pin"
  | "locked"
  | "already-logged-in"
  | "nobody-here"
  | "no-such-reason"
  | "not-possible"
  | "unavailable"
  /** Somebody else sits at this telephone; his internal number, where he has one. */
  | { heldBy: string | null };

/** What is said now, and where the dialogue stands then: keys are awaited, something is done, or it is over. */
export interface CodeStep {
  say: readonly Saying[];
  state: CodeState;
}

const ROUNDS = 3;

const over = (...say: Saying[]): CodeStep => ({ say, state: { at: "over" } });

/** The most keys each question takes: an internal number, a PIN, a reason's key. */
export const MOST_KEYS: Readonly<Record<"number" | "pin" | "reason", number>> = { number: 8, pin: 12, reason: 1 };

/** The beginning. Null is a number that is no star code. */
export function beginCode(dialled: DialledCode | null): CodeStep {
  switch (dialled?.code) {
    case "log-in":
      return dialled.rest === "" ? askNumber("ask-agent", 1) : askPin(dialled.rest, 1);
    case "log-out":
      return { say: [], state: { at: "logging-out" } };
    case "break":
      return dialled.rest === "" ? askReason("ask-reason", 1) : pause(dialled.rest, 1);
    case "resume":
      return { say: [], state: { at: "resuming" } };
    default:
      return over("not-possible");
  }
}

/** Keys were pressed, or none (null). Where none are awaited, they change nothing. */
export function hearKeys(state: CodeState, keys: string | null): CodeStep {
  const digits = (keys ?? "").replace(/[^0-9]/g, "");
  switch (state.at) {
    case "number":
      return digits === "" ? over("goodbye") : askPin(digits, state.round);
    case "pin":
      return digits === "" ? over("goodbye") : { say: [], state: { ...state, at: "logging-in", pin: digits } };
    case "reason":
      return digits === "" ? over("goodbye") : pause(digits, state.round);
    default:
      return { say: [], state };
  }
}

/** An act has been done, or not. */
export function hearOutcome(state: CodeState, outcome: Outcome): CodeStep {
  if (typeof outcome === "object") {
    return outcome.heldBy === null ? over("not-possible") : over("held-by", { digits: outcome.heldBy }, "is-there");
  }
  const round = "round" in state ? state.round + 1 : ROUNDS + 1;
  switch (outcome) {
    case "done":
      return over(...DONE[state.at]);
    case "wrong-pin":
      return askNumber("wrong-login", round);
    case "already-logged-in":
      return askNumber("already-logged-in", round);
    case "no-such-reason":
      return askReason("no-such-reason", round);
    case "locked":
      return over("locked");
    case "nobody-here":
      return over("logged-out");
    case "not-possible":
      return over("not-possible");
    case "unavailable":
      return over("try-later");
  }
}

const DONE: Readonly<Record<CodeState["at"], readonly Prompt[]>> = {
  "logging-in": ["logged-in"],
  "logging-out": ["logged-out"],
  pausing: ["paused"],
  resuming: ["resumed"],
  number: [],
  pin: [],
  reason: [],
  over: [],
};

function askNumber(say: Prompt, round: number): CodeStep {
  return round > ROUNDS ? over("goodbye") : { say: [say], state: { at: "number", round } };
}

const askPin = (number: string, round: number): CodeStep => ({ say: ["ask-pin"], state: { at: "pin", round, number } });

function askReason(say: Prompt, round: number): CodeStep {
  return round > ROUNDS ? over("goodbye") : { say: [say], state: { at: "reason", round } };
}

const pause = (digit: string, round: number): CodeStep => ({
  say: [],
  state: { at: "pausing", round, digit: Number(digit) },
});

/** A refusal as it can be said by voice; `holderNumber` is the internal number of who holds the telephone. */
export function outcomeOf(refusal: Refusal, holderNumber: string | null): Outcome {
  switch (refusal.code) {
    case "session.already-open":
      return "already-logged-in";
    case "session.none":
      return "nobody-here";
    case "telephone.held":
      return { heldBy: holderNumber };
    case "pause.unknown-reason":
      return "no-such-reason";
    case "telephony.unavailable":
    case "telephony.refused":
    case "database.unavailable":
    case "request.too-many":
      return "unavailable";
    default:
      return "not-possible";
  }
}
