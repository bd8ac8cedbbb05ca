import type { PhoneLostWhy } from "../../contract/views.ts";
import type { LegOutcome } from "../telephony.ts";
import { GOOD_LINE, type LineRule, nextLine, type PhoneLine } from "./phone-loss.ts";

/**
 * Whether somebody answers the telephone. Who left too many rings of queues in a row unanswered is suspended until he
 * says himself that he is there: the telephone's signal says nothing about him.
 *
 *                  missed (the last one that is borne)
 *     attentive ────────────────────────────────────────▶ silent
 *        ▲                                                   │
 *        └───────────────────────────────────────────────────┘ himself (Ready, by screen or keypad)
 */
export type AttentionState = "attentive" | "silent";
export type AttentionEvent = "missed" | "answered" | "himself";

/** Everything that is known about the telephone of one lease. */
export interface PhoneWatch {
  line: PhoneLine;
  /** Invitations in a row that did not reach it. */
  failedCalls: number;
  /** Rings of queues in a row that nobody answered. */
  missedCalls: number;
  /** Since when he is silent; null: attentive. */
  silentSince: Date | null;
}

/** The settings of the house that decide. Null limits: never. */
export interface WatchRule extends LineRule {
  failedLimit: number | null;
  missedLimit: number | null;
}

/** A telephone of which nothing bad is known. */
export const GOOD_WATCH: PhoneWatch = { line: GOOD_LINE, failedCalls: 0, missedCalls: 0, silentSince: null };

/** What it says of the attention of who sits there. */
export const attentionOf = ({ silentSince }: PhoneWatch): AttentionState =>
  silentSince === null ? "attentive" : "silent";

const ATTENTION: Record<AttentionState, Record<AttentionEvent, "count" | "stay" | "forget">> = {
  attentive: { missed: "count", answered: "forget", himself: "forget" },
  // A call that he answers says that he is there; that he wants more of them he says himself.
  silent: { missed: "stay", answered: "stay", himself: "forget" },
};

/** What an event does to attention. */
export function nextAttention(watch: PhoneWatch, event: AttentionEvent, now: Date, rule: WatchRule): PhoneWatch {
  const act = ATTENTION[attentionOf(watch)][event];
  if (act === "stay") return watch;
  if (act === "forget") return { ...watch, missedCalls: 0, silentSince: null };
  const missedCalls = watch.missedCalls + 1;
  const silent = rule.missedLimit !== null && missedCalls >= rule.missedLimit;
  return { ...watch, missedCalls, silentSince: silent ? now : null };
}

/** What the end of a leg to the telephone says about it. `ofQueue`: a queue rang it. */
export function afterLeg(
  watch: PhoneWatch,
  leg: { outcome: LegOutcome; ofQueue: boolean },
  now: Date,
  rule: WatchRule,
): PhoneWatch {
  switch (leg.outcome) {
    case "answered":
      return nextAttention({ ...watch, failedCalls: 0 }, "answered", now, rule);
    case "unanswered":
    case "refused": {
      const reached = { ...watch, failedCalls: 0 };
      return leg.ofQueue ? nextAttention(reached, "missed", now, rule) : reached;
    }
    case "failed": {
      const failedCalls = watch.failedCalls + 1;
      if (rule.failedLimit === null || failedCalls < rule.failedLimit) return { ...watch, failedCalls };
      return { ...watch, failedCalls: 0, line: nextLine(watch.line, "failed", "failed-calls", now, rule) };
    }
    case "withdrawn":
      return watch;
  }
}

/** Why he is offered nothing because of his telephone; null: it stands in nothing's way. */
export function suspension({ line, silentSince }: PhoneWatch): PhoneLostWhy | null {
  if (line.state === "lost" || line.state === "returning") return line.why;
  return silentSince === null ? null : "missed-calls";
}

/** The telephone's signal as people see it. Only a line that proves itself says when it resumes. */
export interface PhoneSignal {
  lostSince: Date | null;
  why: PhoneLostWhy | null;
  resumesAt: Date | null;
}

export const GOOD_SIGNAL: PhoneSignal = { lostSince: null, why: null, resumesAt: null };

/** What of a watch is shown. */
export function signalOf({ line, silentSince }: PhoneWatch): PhoneSignal {
  if (line.state === "there") {
    return silentSince === null ? GOOD_SIGNAL : { lostSince: silentSince, why: "missed-calls", resumesAt: null };
  }
  const resumes = line.state === "returning" && silentSince === null;
  return { lostSince: line.lostSince, why: line.why, resumesAt: resumes ? line.dueAt : null };
}
