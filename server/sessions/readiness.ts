import type { PauseCause } from "../../contract/views.ts";

/** A cause that is open now. */
export interface OpenCause {
  cause: PauseCause;
  /** The break's name; the leg of a wrap-up; null otherwise. */
  reason: string | null;
  since: Date;
  dueAt: Date | null;
}

export interface Readiness {
  state: "ready" | "paused";
  since: Date;
}

/**
 * An agent is ready when the set of causes is empty. Since: paused, from the oldest open cause; ready, from the end of
 * the last, or from the session's start.
 */
export function readinessOf(causes: OpenCause[], lastCauseEndedAt: Date | null, startedAt: Date): Readiness {
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

/** What the telephone system shows as the reason of a pause: the break's name where there is one, else the cause. */
export function pauseReasonOf(causes: OpenCause[]): string | null {
  const first = causes.find(({ cause }) => cause === "break") ?? causes[0];
  if (first === undefined) return null;
  return first.cause === "break" && first.reason !== null ? first.reason : first.cause;
}
