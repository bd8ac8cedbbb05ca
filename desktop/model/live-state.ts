import type { ServerFrame } from "../../contract/protocol.ts";
import { PROTOCOL_VERSION } from "../../contract/protocol.ts";
import { apply, type Snapshot } from "../../contract/snapshot.ts";

/**
 * What the desktop knows live, and how true it is.
 *
 *              hello                      silence, gap, close
 * connecting ────────▶ live ───────────────────────────────▶ stale ──hello──▶ live
 *     └── sign-in required / outdated / elsewhere / replaced: ends; only a new start leaves them
 *
 * `stale` keeps the last snapshot and says since when nothing has come. Clocks are milliseconds.
 */
export interface LiveState {
  status: "connecting" | "live" | "stale" | "sign-in-required" | "outdated" | "elsewhere" | "replaced";
  /** Why it ended, in the server's words. */
  words: string | null;
  snapshot: Snapshot | null;
  revision: number;
  /** When the last frame came, by this browser's clock. */
  heardAt: number | null;
  /** How far the server's clock is ahead of this browser's. */
  skewMs: number;
}

export const nothingYet: LiveState = {
  status: "connecting",
  words: null,
  snapshot: null,
  revision: 0,
  heardAt: null,
  skewMs: 0,
};

/** What a frame makes of the state, and whether the line must be opened anew (`again`) to be true. */
export function heard(state: LiveState, frame: ServerFrame, now: number): { state: LiveState; again: boolean } {
  if ("snapshot" in frame) {
    if (frame.protocol !== PROTOCOL_VERSION) return { state: { ...state, status: "outdated" }, again: false };
    const skewMs = Date.parse(frame.snapshot.serverNow) - now;
    return {
      state: { status: "live", words: null, snapshot: frame.snapshot, revision: frame.revision, heardAt: now, skewMs },
      again: false,
    };
  }
  if (state.snapshot === null || state.status !== "live") return { state, again: true };
  const skewMs = steadied(state.skewMs, Date.parse(frame.at) - now);
  if ("beat" in frame) {
    if (frame.beat !== state.revision) return { state, again: true };
    return { state: { ...state, heardAt: now, skewMs }, again: false };
  }
  if (frame.revision !== state.revision + 1) return { state, again: true };
  return {
    state: {
      ...state,
      snapshot: apply(state.snapshot, frame.event),
      revision: frame.revision,
      heardAt: now,
      skewMs,
    },
    again: false,
  };
}

/** The line is gone: what was live is stale from now on; what never was goes on connecting. */
export function lost(state: LiveState): LiveState {
  return state.status === "live" ? { ...state, status: "stale" } : state;
}

/** A frame is late by the length of the wire, now more, now less: a timer must not jump to and fro for that. */
const JITTER_MS = 1500;
function steadied(known: number, measured: number): number {
  return Math.abs(measured - known) < JITTER_MS ? known : measured;
}

const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 8000;

/** How long to wait before the next try: doubling, bounded, spread by `chance` (0 to 1) so that a floor of desktops does not knock at once. */
export function waitMs(attempt: number, chance: number): number {
  const full = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempt, 10));
  return Math.round(full * (0.5 + chance / 2));
}
