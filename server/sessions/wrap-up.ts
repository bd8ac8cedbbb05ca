import type { Leg } from "../../contract/views.ts";
import { Refusal } from "../refusal.ts";
import type { PhoneDisposition } from "./asked-by-phone.ts";
import type { OpenCause } from "./readiness.ts";

/** How a queue wants its calls wrapped up. */
export interface WrapUpRule {
  wrapUpSeconds: number;
  mandatoryDisposition: boolean;
  phoneDisposition: PhoneDisposition;
}

/** As long as an agent may be rung for the outcome, and say it by keypad. The wrap-up ends earlier, with the asking. */
const ASKED_SECONDS = 300;

/** The house's bounds. */
export interface WrapUpBounds {
  wrapUpMaximumSeconds: number;
  wrapUpExtendSeconds: number;
}

/** A wrap-up from the hang-up on. */
export interface WrapUp {
  since: Date;
  dueAt: Date;
  /** Until when it can be made longer, once; null: not at all. */
  longestAt: Date | null;
}

/**
 * How an agent wraps up the call that has just ended; null is not at all. Only answered calls of a queue, and none
 * whose disposition is chosen already. Where the queue insists on one, only the maximum ends it by itself. The maximum
 * bounds everything, also what it can be made longer. `asked`: by keypad, which lasts as long as it takes.
 */
export function wrapUpOf(
  leg: Pick<Leg, "state" | "answeredAt" | "endedAt" | "queue">,
  rule: WrapUpRule,
  disposed: boolean,
  { wrapUpMaximumSeconds: maximum, wrapUpExtendSeconds: more }: WrapUpBounds,
  asked = false,
): WrapUp | null {
  if (leg.state !== "ended" || leg.queue === null || leg.answeredAt === null || leg.endedAt === null || disposed)
    return null;
  const wanted = asked ? Math.max(rule.wrapUpSeconds, ASKED_SECONDS) : rule.wrapUpSeconds;
  const seconds = rule.mandatoryDisposition ? maximum : Math.min(wanted, maximum);
  if (seconds === 0) return null;
  const ended = Date.parse(leg.endedAt);
  const at = (after: number) => new Date(ended + after * 1000);
  const longest = Math.min(seconds + more, maximum);
  return { since: at(0), dueAt: at(seconds), longestAt: longest > seconds ? at(longest) : null };
}

/** Whether a wrap-up can be made longer now. */
export function isExtendable(causes: readonly OpenCause[]): boolean {
  return !(extended(causes) instanceof Refusal);
}

/** The open wrap-up made longer, once; or why not. Now is the instant at which it is asked. */
export function extended(causes: readonly OpenCause[], now?: Date): OpenCause | Refusal {
  const wrapUp = causes.find(({ cause }) => cause === "wrap-up");
  if (wrapUp === undefined) return new Refusal("wrap-up.none", "You are not wrapping up a call.");
  if ((wrapUp.extendedAt ?? null) !== null) {
    return new Refusal("wrap-up.extended", "You have made this wrap-up longer already; that can be done once.");
  }
  const longestAt = wrapUp.longestAt ?? null;
  if (longestAt === null) {
    return new Refusal("wrap-up.longest", "This wrap-up lasts as long as the house allows already.");
  }
  return { ...wrapUp, dueAt: longestAt, longestAt: null, extendedAt: now ?? null };
}
