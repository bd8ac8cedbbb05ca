import type { PauseCause, PhoneLostWhy } from "../../contract/views.ts";
import { Refusal } from "../refusal.ts";

/** A cause that is open now. */
export interface OpenCause {
  cause: PauseCause;
  /** A break's name; the leg of a wrap-up; a supervisor's words; why a telephone is lost; null otherwise. */
  reason: string | null;
  since: Date;
  dueAt: Date | null;
  /** Until when a wrap-up can be made longer; null or left out: not, or not again. */
  longestAt?: Date | null;
  extendedAt?: Date | null;
  /** The supervisor who paused him; left out where nobody did. */
  by?: { id: number; name: string } | null;
}

/** A break asked for during a call: nothing rings any more, but his break begins when the call ends. */
export interface PendingBreak {
  reason: string;
  askedAt: Date;
}

/** Why an agent may be offered nothing. */
export interface Holding {
  causes: readonly OpenCause[];
  pendingBreak: PendingBreak | null;
  /** The session ends with the call that is going on. */
  ending?: { event: string } | null;
}

export interface Readiness {
  state: "ready" | "paused";
  since: Date;
}

/**
 * The causes, each with who may end it. The earlier stands before the later where several are open and one is to be
 * shown, counted or told to the telephone system; none hides that the others are open.
 *
 *     cause            begins                          ends
 *     ───────────────  ──────────────────────────────  ─────────────────────────────────────────────
 *     phone-lost       his telephone is not there, or  it is there again, and stays; where he left rings
 *                      he left rings unanswered        unanswered: he presses Ready
 *     supervisor       a supervisor paused him         a supervisor says so
 *     break            he asked for it                 he says so; never by itself, however long
 *     wrap-up          a queue's call ended            by time, by disposing, or he says so
 *     login-in-pause   he logged in                    he presses Ready; where the house does not want that,
 *                                                      when his telephone is in all his queues
 *     capacity         he has enough to do             he has less to do
 *
 *     ready ⇔ no cause is open.  Offered nothing ⇔ a cause is open, or a break waits for the end of a call.
 */
const CAUSES: Record<PauseCause, { rank: number; endedBy: "agent" | "supervisor" | "system" }> = {
  "phone-lost": { rank: 0, endedBy: "system" },
  supervisor: { rank: 1, endedBy: "supervisor" },
  break: { rank: 2, endedBy: "agent" },
  "wrap-up": { rank: 3, endedBy: "system" },
  "login-in-pause": { rank: 4, endedBy: "agent" },
  capacity: { rank: 5, endedBy: "system" },
};

/** The words by which a login that waits for the agent's Ready is told from one that is still going on. */
export const UNTIL_READY = "until-ready";

/** The reason of `phone-lost` where too many rings were left unanswered: that he is there he says himself. */
const UNANSWERED: PhoneLostWhy = "missed-calls";

/** Whether a cause says that the telephone is still being put into its queues. */
export function isUnfinishedLogin({ cause, reason }: Pick<OpenCause, "cause" | "reason">): boolean {
  return cause === "login-in-pause" && reason !== UNTIL_READY;
}

/** Which cause stands before which; the lower the earlier. */
export function rankOf(cause: PauseCause): number {
  return CAUSES[cause].rank;
}

/** The cause that stands for all of them; null when none is open. */
export function leadingCause<T extends Pick<OpenCause, "cause">>(causes: readonly T[]): T | null {
  return causes.reduce<T | null>(
    (first, one) => (first === null || rankOf(one.cause) < rankOf(first.cause) ? one : first),
    null,
  );
}

/**
 * An agent is ready when the set of causes is empty. Since: paused, from the oldest open cause; ready, from the end of
 * the last, or from the session's start.
 */
export function readinessOf(causes: readonly OpenCause[], lastCauseEndedAt: Date | null, startedAt: Date): Readiness {
  const oldest = causes.reduce<Date | null>(
    (first, { since }) => (first === null || since < first ? since : first),
    null,
  );
  if (oldest !== null) return { state: "paused", since: oldest };
  return {
    state: "ready",
    since: lastCauseEndedAt !== null && lastCauseEndedAt > startedAt ? lastCauseEndedAt : startedAt,
  };
}

/**
 * What the telephone system is told: paused for as long as anything holds him, with the leading cause as the reason, a
 * break by its name.
 */
export function memberPause({ causes, pendingBreak, ending = null }: Holding): {
  paused: boolean;
  reason: string | null;
} {
  const waiting = pendingBreak === null ? [] : [{ cause: "break" as const, reason: pendingBreak.reason }];
  const first = leadingCause<{ cause: PauseCause; reason: string | null }>([...causes, ...waiting]);
  // Who was only disconnected may come back before his call ends, and is not held up then.
  if (first === null && ending !== null && ending.event !== "timed-out")
    return { paused: true, reason: "session-ends" };
  if (first === null) return { paused: false, reason: null };
  return { paused: true, reason: first.cause === "break" && first.reason !== null ? first.reason : first.cause };
}

/**
 * What pressing Ready ends: everything that is the agent's to end. A refusal where only somebody else can: he pressed
 * for nothing, and should know whom to ask.
 */
export function endedByReady({ causes, pendingBreak }: Holding): PauseCause[] | Refusal {
  const isHis = ({ cause, reason }: OpenCause) =>
    CAUSES[cause].endedBy === "agent" || (cause === "phone-lost" && reason === UNANSWERED);
  const his = causes.filter(isHis).map(({ cause }) => cause);
  if (his.length > 0 || pendingBreak !== null) return his;
  const supervised = causes.find(({ cause }) => CAUSES[cause].endedBy === "supervisor");
  if (supervised === undefined) return [];
  const words = supervised.reason === null ? "" : `: “${supervised.reason}”`;
  return new Refusal(
    "pause.not-yours",
    `${supervised.by?.name ?? "A supervisor"} paused you${words}. Only a supervisor can end that.`,
    { by: supervised.by ?? null, reason: supervised.reason, since: supervised.since.toISOString() },
  );
}
