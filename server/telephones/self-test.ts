import type { SelfTestStep } from "../../contract/telephones.ts";

/** Who picks up. */
export type AnswerWay = "by-hand" | "by-itself" | "by-notify";

/** What is tried on this telephone. */
export interface TestFacts {
  answer: AnswerWay;
  /** It is known to take NOTIFY: then holding by it is tried too. */
  notify: boolean;
  /** The codecs its maker's telephones speak best. */
  codecs: readonly string[];
}

/**
 *             rings              answered          voice read            5 pressed          held
 * dialling ──────────▶ answering ────────▶ voice ─────────────▶ keys ──────────────▶ hold ──────▶ resume ──▶ over
 *     └─────── answered ─────────────────────▲                   └─ not known to take NOTIFY ──────────────▲
 *
 * Where it does not ring or nobody picks up, the rest cannot be tried and the test is over. A voice that does not come,
 * a key that is not heard and a hold that does not happen are noted, and the test goes on. Whenever the call ends or
 * somebody stops it, it is over.
 */
export type TestPhase = "dialling" | "answering" | "voice" | "keys" | "hold" | "resume" | "over";

export interface SelfTestState {
  phase: TestPhase;
  facts: TestFacts;
  steps: SelfTestStep[];
  /** The key was pressed before it was asked for. */
  pressedEarly: boolean;
  /** Null while it goes on. */
  outcome: "passed" | "failed" | "broken-off" | null;
}

export type TestEvent =
  | { type: "rings" }
  | { type: "answered" }
  | { type: "voice"; codec: string | null; packets: number }
  | { type: "key"; key: string }
  | { type: "held"; held: boolean }
  /** The telephone system, or the telephone, would not do what was asked. */
  | { type: "refused"; why: string }
  /** The phase has had its time. */
  | { type: "time" }
  | { type: "ended"; cause: number | null }
  | { type: "stopped"; why: string };

/** What has to be done now, besides waiting as long as the phase may last. */
export type TestAct = "tell-talk" | "tell-hold" | "read-voice" | "hang-up" | null;

export interface TestTurn {
  state: SelfTestState;
  act: TestAct;
}

/** How long a phase may last, in milliseconds. Together less than the minute after which the call ends by itself. */
export const PHASE_MS: Readonly<Record<TestPhase, number | null>> = {
  dialling: 8000,
  answering: 20_000,
  voice: 2000,
  keys: 20_000,
  hold: 4000,
  resume: 4000,
  over: null,
};

const KEY = "5";
const STEPS = ["reachable", "rings", "answers", "voice", "keys", "hold"] as const;
type StepId = (typeof STEPS)[number];

/** What a cause means to somebody at the telephone (ITU-T Q.850, as Asterisk maps SIP's answers to it). */
const CAUSES: Readonly<Record<number, string>> = {
  16: "The call was ended at the telephone",
  17: "The telephone says that it is busy",
  18: "The telephone does not answer our messages",
  19: "Nobody picked up",
  20: "The telephone is not there any more",
  21: "The telephone refuses calls: it may be set to do not disturb",
  58: "The telephone and we have no codec in common",
  65: "The telephone and we have no codec in common",
};

const ANSWER_NOW: Record<AnswerWay, string> = {
  "by-hand": "Pick up: the telephone shows “Perch test”",
  "by-itself": "The telephone should pick up by itself",
  "by-notify": "The telephone was told to pick up",
};

/** A test whose telephone answers when asked, from there, in so many milliseconds: it is rung now. */
export function beginTest(facts: TestFacts, reachable: string): SelfTestState {
  const steps = STEPS.map((id): SelfTestStep => ({ id, state: "waiting", words: "" }));
  const state: SelfTestState = { phase: "dialling", facts, steps, pressedEarly: false, outcome: null };
  return now(passed(state, "reachable", reachable), "rings", "The telephone is being rung");
}

/** A test that could not begin, because nothing answers there. */
export function unreachableTest(facts: TestFacts, why: string): SelfTestState {
  return over(failed(beginTest(facts, ""), "reachable", why));
}

/** The state after an event, and what to do. Pure and total: what does not fit the phase changes nothing. */
export function nextTurn(state: SelfTestState, event: TestEvent): TestTurn {
  if (state.phase === "over") return { state, act: null };
  if (event.type === "stopped") return ended(broken(state, event.why));
  if (event.type === "ended") return { state: over(lost(state, endWords(state, event.cause))), act: null };
  switch (state.phase) {
    case "dialling":
      return dialling(state, event);
    case "answering":
      return answering(state, event);
    case "voice":
      return voice(state, event);
    case "keys":
      return keys(state, event);
    default:
      return holding(state, event);
  }
}

function dialling(state: SelfTestState, event: TestEvent): TestTurn {
  if (event.type === "rings") {
    const rung = now(passed(state, "rings", "It rings"), "answers", ANSWER_NOW[state.facts.answer]);
    return { state: { ...rung, phase: "answering" }, act: state.facts.answer === "by-notify" ? "tell-talk" : null };
  }
  if (event.type === "answered") return pickedUp(passed(state, "rings", "It picked up at once"));
  if (event.type === "time") return ended(failed(state, "rings", "It did not say that it rings"));
  if (event.type === "refused") return ended(failed(state, "rings", event.why));
  return { state, act: null };
}

function answering(state: SelfTestState, event: TestEvent): TestTurn {
  if (event.type === "answered") return pickedUp(state);
  if (event.type === "time") return ended(failed(state, "answers", NOT_ANSWERED[state.facts.answer]));
  if (event.type === "refused") return ended(failed(state, "answers", event.why));
  return { state, act: null };
}

const NOT_ANSWERED: Record<AnswerWay, string> = {
  "by-hand": "Nobody picked up",
  "by-itself": "It did not pick up by itself: see the note of its model",
  "by-notify": "It did not pick up when told: see the note of its model",
};
const ANSWERED: Record<AnswerWay, string> = {
  "by-hand": "Picked up",
  "by-itself": "Picked up by itself",
  "by-notify": "Picked up when told (NOTIFY talk)",
};

function pickedUp(state: SelfTestState): TestTurn {
  const answered = passed(state, "answers", ANSWERED[state.facts.answer]);
  return { state: { ...now(answered, "voice", "Listening for voice"), phase: "voice" }, act: null };
}

function voice(state: SelfTestState, event: TestEvent): TestTurn {
  if (event.type === "key")
    return { state: { ...state, pressedEarly: state.pressedEarly || event.key === KEY }, act: null };
  if (event.type === "time") return { state, act: "read-voice" };
  if (event.type !== "voice") return { state, act: null };
  const { codec, packets } = event;
  const heard =
    packets > 0
      ? passed(state, "voice", `${codec ?? "Voice"}: ${packets} packets came${bestOf(state.facts.codecs, codec)}`)
      : failed(state, "voice", "No voice comes from the telephone: a firewall, or a wrong address in it");
  return heardVoice(heard);
}

function bestOf(codecs: readonly string[], codec: string | null): string {
  const best = codecs[0];
  return best === undefined || codec === null || best === codec ? "" : `; it could speak ${best}`;
}

function heardVoice(state: SelfTestState): TestTurn {
  if (state.pressedEarly) return afterKeys(passed(state, "keys", `${KEY} was heard`));
  return { state: { ...now(state, "keys", `You should hear music. Press ${KEY}`), phase: "keys" }, act: null };
}

function keys(state: SelfTestState, event: TestEvent): TestTurn {
  if (event.type === "key" && event.key === KEY) return afterKeys(passed(state, "keys", `${KEY} was heard`));
  if (event.type === "key") {
    return { state: now(state, "keys", `${event.key} was heard. Press ${KEY}`), act: null };
  }
  if (event.type === "time")
    return afterKeys(failed(state, "keys", `${KEY} was not heard: see how it sends DTMF (RFC 4733)`));
  return { state, act: null };
}

function afterKeys(state: SelfTestState): TestTurn {
  if (!state.facts.notify) return ended(skipped(state, "hold", "This model is not known to hold when told"));
  return { state: { ...now(state, "hold", "The telephone was told to hold"), phase: "hold" }, act: "tell-hold" };
}

function holding(state: SelfTestState, event: TestEvent): TestTurn {
  if (event.type === "held" && event.held && state.phase === "hold") {
    return {
      state: { ...now(state, "hold", "It holds, and was told to take the call up again"), phase: "resume" },
      act: "tell-talk",
    };
  }
  if (event.type === "held" && !event.held && state.phase === "resume") {
    return ended(passed(state, "hold", "It held and took the call up again when told"));
  }
  if (event.type === "refused") return ended(failed(state, "hold", event.why));
  if (event.type === "time") {
    const what =
      state.phase === "hold" ? "did not hold when told" : "held, and did not take the call up again when told";
    return ended(failed(state, "hold", `It ${what}: see the note of its model`));
  }
  return { state, act: null };
}

function endWords({ phase, facts }: SelfTestState, cause: number | null): string {
  // Seen: a telephone that does not know the NOTIFY ends the whole call over it.
  if (phase === "answering" && facts.answer === "by-notify") return "It ended the call when told to pick up";
  if (phase === "hold" || phase === "resume") return "It ended the call when told to hold";
  return (
    CAUSES[cause ?? 0] ??
    (cause === null || cause === 0 ? "The call ended at the telephone" : `The call ended (cause ${cause})`)
  );
}

const ended = (state: SelfTestState): TestTurn => ({ state: over(state), act: "hang-up" });

/** What was going on failed; what was still to come cannot be tried. */
function lost(state: SelfTestState, words: string): SelfTestState {
  const current = state.steps.find((step) => step.state === "now");
  return current === undefined ? state : failed(state, current.id, words);
}

function broken(state: SelfTestState, why: string): SelfTestState {
  const current = state.steps.find((step) => step.state === "now");
  const told = current === undefined ? state : skipped(state, current.id, why);
  return { ...told, outcome: "broken-off" };
}

function over(state: SelfTestState): SelfTestState {
  const steps = state.steps.map(
    (step): SelfTestStep =>
      step.state === "waiting" || step.state === "now" ? { ...step, state: "skipped", words: "Not tried" } : step,
  );
  const outcome = state.outcome ?? (steps.some((step) => step.state === "failed") ? "failed" : "passed");
  return { ...state, phase: "over", steps, outcome };
}

const put = (state: SelfTestState, id: StepId, to: SelfTestStep["state"], words: string): SelfTestState => ({
  ...state,
  steps: state.steps.map((step) => (step.id === id ? { id, state: to, words } : step)),
});
const now = (state: SelfTestState, id: StepId, words: string) => put(state, id, "now", words);
const passed = (state: SelfTestState, id: StepId, words: string) => put(state, id, "passed", words);
const failed = (state: SelfTestState, id: StepId, words: string) => put(state, id, "failed", words);
const skipped = (state: SelfTestState, id: StepId, words: string) => put(state, id, "skipped", words);
