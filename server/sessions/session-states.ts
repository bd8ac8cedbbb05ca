import type { AgentState, PauseCause } from "../../contract/views.ts";
import { rankOf } from "./readiness.ts";

/** A cause as its row tells it. Null ends go on. */
export interface CauseSpan {
  cause: PauseCause;
  reason: string | null;
  /** When a break was asked for, where it had to wait for the end of a call. */
  askedAt: Date | null;
  startedAt: Date;
  endedAt: Date | null;
}

/** A leg on the telephone that he held. */
export interface LegSpan {
  /** When it began to ring or to dial. */
  rangAt: Date;
  /** From when on it is a call of his: the answer of what rang, the beginning of what he dialled; null: never. */
  onCallAt: Date | null;
  endedAt: Date | null;
}

/** A time in one state. `reason` is the cause's, null where there is none. */
export interface StateSegment {
  state: AgentState;
  reason: string | null;
  from: Date;
  to: Date;
}

interface Span {
  rank: number;
  state: AgentState;
  reason: string | null;
  from: number;
  to: number;
}

/** Before every cause. */
const ON_CALL = -1;

/**
 * What an agent is doing at an instant of his session: the first of these that holds. So every second of a session is
 * in exactly one state, and the states of a day add up to its length.
 *
 *     on-call          his telephone talks, is held, or dials; one that only rings does not count
 *     phone-lost, supervisor, break, wrap-up, login-in-pause, capacity      as in readiness.ts
 *     ready            none of them
 *
 * A break that waited for the end of a call counts from that end, also when nobody was there to begin it: between the
 * asking and its beginning he was offered nothing.
 *
 * The states from `from` to `to`, in order, without gaps, and no two alike beside each other. What lies outside is cut
 * off; no time gives no segments.
 */
export function statesOf(
  { from, to }: { from: Date; to: Date },
  causes: readonly CauseSpan[],
  legs: readonly LegSpan[],
): StateSegment[] {
  const start = from.getTime();
  const end = to.getTime();
  const spans = [...causes.flatMap((cause) => spansOfCause(cause, legs, end)), ...legs.flatMap((leg) => talk(leg, end))]
    .map((span) => ({ ...span, from: Math.max(span.from, start), to: Math.min(span.to, end) }))
    .filter((span) => span.from < span.to)
    .sort((a, b) => a.from - b.from);
  const cuts = [...new Set([start, end, ...spans.flatMap((span) => [span.from, span.to])])].sort((a, b) => a - b);
  const segments: StateSegment[] = [];
  let active: Span[] = [];
  let next = 0;
  for (const [index, at] of cuts.entries()) {
    const until = cuts[index + 1];
    if (until === undefined) break;
    active = active.filter((span) => span.to > at);
    for (let span = spans[next]; span !== undefined && span.from <= at; span = spans[next]) {
      active.push(span);
      next += 1;
    }
    const first = active.reduce<Span | null>((best, span) => (best === null || before(span, best) ? span : best), null);
    const state = first?.state ?? "ready";
    const reason = first?.reason ?? null;
    const last = segments.at(-1);
    if (last !== undefined && last.state === state && last.reason === reason) last.to = new Date(until);
    else segments.push({ state, reason, from: new Date(at), to: new Date(until) });
  }
  return segments;
}

/** The smaller rank wins; among equals the one that began first, so that the order of the rows does not matter. */
function before(one: Span, other: Span): boolean {
  if (one.rank !== other.rank) return one.rank < other.rank;
  if (one.from !== other.from) return one.from < other.from;
  return (one.reason ?? "") < (other.reason ?? "");
}

function talk({ onCallAt, endedAt }: LegSpan, end: number): Span[] {
  if (onCallAt === null) return [];
  return [{ rank: ON_CALL, state: "on-call", reason: null, from: onCallAt.getTime(), to: endedAt?.getTime() ?? end }];
}

function spansOfCause(cause: CauseSpan, legs: readonly LegSpan[], end: number): Span[] {
  const base = { rank: rankOf(cause.cause), state: cause.cause, reason: cause.reason };
  const whole = { ...base, from: cause.startedAt.getTime(), to: cause.endedAt?.getTime() ?? end };
  if (cause.askedAt === null) return [whole];
  return [{ ...base, from: waitedUntil(cause.askedAt.getTime(), whole.from, legs, end), to: whole.to }];
}

/** When the calls were over that a break asked for then had to wait for; at the latest when it began. */
function waitedUntil(askedAt: number, startedAt: number, legs: readonly LegSpan[], end: number): number {
  let at = askedAt;
  for (const leg of [...legs].sort((a, b) => a.rangAt.getTime() - b.rangAt.getTime())) {
    const over = leg.endedAt?.getTime() ?? end;
    if (leg.rangAt.getTime() <= at && over > at) at = over;
  }
  return Math.min(at, startedAt);
}
