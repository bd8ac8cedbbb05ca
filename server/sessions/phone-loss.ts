import type { PhoneLostWhy } from "../../contract/views.ts";

/**
 * Whether the telephone of a session can be reached. Losing it suspends its agent after a grace, and a telephone that
 * has come back must stay for a while before he is offered calls again; nobody is logged out by it.
 *
 *             gone                     due (the grace is over)
 *     there ────────▶ doubtful ───────────────────────────────▶ lost ◀──────────┐
 *      ▲ ▲             │                                        ▲  │            │ gone · failed
 *      │ └─────────────┘ seen                            failed │  │ seen       │
 *      │                                        (from anywhere) │  ▼            │
 *      └──────────────────────────────────────────────────── returning ────────┘
 *                        due (it has been there long enough)
 *
 * Suspended are `lost` and `returning`. Damping: each going counts; a telephone that went more often than is tolerated
 * has no grace any more, and each further going doubles the time for which it has to stay, up to a bound.
 */
export type LineState = "there" | "doubtful" | "lost" | "returning";

/** `failed`: too many invitations in a row did not reach it, although it is registered. */
export type LineEvent = "seen" | "gone" | "failed" | "due";

const TABLE: Record<LineState, Record<LineEvent, LineState>> = {
  there: { seen: "there", gone: "doubtful", failed: "lost", due: "there" },
  doubtful: { seen: "there", gone: "doubtful", failed: "lost", due: "lost" },
  lost: { seen: "returning", gone: "lost", failed: "lost", due: "lost" },
  returning: { seen: "returning", gone: "lost", failed: "lost", due: "there" },
};

/** Why a line counts as lost; `missed-calls` is the agent's matter, not the line's. */
export type LineWhy = Exclude<PhoneLostWhy, "missed-calls">;

/** The line of one lease's telephone. */
export interface PhoneLine {
  state: LineState;
  why: LineWhy | null;
  /** Since when it is not simply there. */
  lostSince: Date | null;
  dueAt: Date | null;
  flaps: number;
  flappedAt: Date | null;
}

/** The settings of the house that decide, in milliseconds. */
export interface LineRule {
  graceMs: number;
  stableMs: number;
}

/** A telephone may go so often within CALM_MS before it is held for one that flaps. */
const TOLERATED_FLAPS = 3;
const CALM_MS = 10 * 60_000;
const LONGEST_STABLE_MS = 5 * 60_000;

/** A telephone of which nothing bad is known. */
export const GOOD_LINE: PhoneLine = {
  state: "there",
  why: null,
  lostSince: null,
  dueAt: null,
  flaps: 0,
  flappedAt: null,
};

/** How long a telephone that went `flaps` times lately has to stay before it is trusted again. */
export function stableMsOf(flaps: number, { stableMs }: LineRule): number {
  const doublings = Math.min(Math.max(flaps - TOLERATED_FLAPS, 0), 30);
  return Math.max(stableMs, Math.min(stableMs * 2 ** doublings, LONGEST_STABLE_MS));
}

/** What an event at an instant does to a line. `why` is told with `gone` and `failed`. */
export function nextLine(line: PhoneLine, event: LineEvent, why: LineWhy | null, now: Date, rule: LineRule): PhoneLine {
  const flapping = flapsAt(line, now) >= TOLERATED_FLAPS;
  const planned = TABLE[line.state][event];
  const state = planned === "doubtful" && line.state === "there" && flapping ? "lost" : planned;
  if (state === line.state) return state === "there" ? line : { ...line, why: saidWhy(line, event, why) };
  const went = line.state === "there" || (line.state === "returning" && state === "lost");
  const flaps = went ? flapsAt(line, now) + 1 : line.flaps;
  const flappedAt = went ? now : line.flappedAt;
  if (state === "there") return { ...GOOD_LINE, flaps, flappedAt };
  return {
    state,
    why: saidWhy(line, event, why),
    lostSince: line.lostSince ?? now,
    dueAt: dueOf(state, flaps, now, rule),
    flaps,
    flappedAt,
  };
}

/**
 * The line after nobody could know anything of it for a while (the link was away): what was running runs anew, and a
 * grace is at least `graceMs` long, because after a restart of the telephone system all telephones have to come back.
 */
export function afterSilence(line: PhoneLine, now: Date, rule: LineRule, graceMs: number): PhoneLine {
  if (line.dueAt === null) return line;
  const longer = { ...rule, graceMs: Math.max(rule.graceMs, graceMs) };
  return { ...line, dueAt: dueOf(line.state, line.flaps, now, longer) };
}

function dueOf(state: LineState, flaps: number, now: Date, rule: LineRule): Date | null {
  if (state === "doubtful") return new Date(now.getTime() + rule.graceMs);
  return state === "returning" ? new Date(now.getTime() + stableMsOf(flaps, rule)) : null;
}

/** What it is lost for now: the newest reason, and the old one while it comes back. */
function saidWhy(line: PhoneLine, event: LineEvent, why: LineWhy | null): LineWhy | null {
  return (event === "gone" || event === "failed" ? why : null) ?? line.why;
}

/** How often it went lately: what lies back longer than CALM_MS is forgotten. */
function flapsAt({ flaps, flappedAt }: PhoneLine, now: Date): number {
  return flappedAt === null || now.getTime() - flappedAt.getTime() > CALM_MS ? 0 : flaps;
}
