import type { EndReason } from "../../contract/views.ts";

/**
 * A session's life. Whether a desktop is there never touches voice: it decides only how long the telephone stays his.
 *
 *                     desktop-came                 desktop-lost (10 s of grace are over)
 *        unwatched ───────────────────▶ attended ──────────────────────────────────▶ unattended
 *            │        (never a desktop,    │ ▲                                          │   │
 *            │         e.g. a program)     │ └──────────────── desktop-came ────────────┘   │ timed-out
 *            ▼                             ▼                                                ▼
 *          ended ◀── logged-out · taken-over · released · logged-out-by-supervisor · staff-removed ·
 *                    staff-changed · refused
 *
 * One that was begun by telephone is `by-telephone` and needs no desktop: they may come and go. It is the desktop's from
 * when its agent moved to another telephone there.
 *
 * None of the endings cuts a conversation: what comes during a call waits for its end (`WaitingEnd`), and is kept in the
 * database meanwhile. A telephone that is lost ends nothing, it suspends (phone-loss.ts).
 */
export type SessionState = "by-telephone" | "unwatched" | "attended" | "unattended" | "ended";

export type SessionEvent =
  | "desktop-came"
  | "desktop-lost"
  /** He moved to another telephone, which is done in the desktop alone. */
  | "desktop-moved"
  | "timed-out"
  | "logged-out"
  | "taken-over"
  | "released"
  | "logged-out-by-supervisor"
  /** The agent or his telephone was deleted or switched off. */
  | "staff-removed"
  /** The account or the telephone was set up otherwise: he could not sit down there any more. */
  | "staff-changed"
  | "refused";

/** What can end a session, and so wait for the end of a call. */
export type WaitingEnd = Exclude<SessionEvent, "desktop-came" | "desktop-lost" | "desktop-moved" | "refused">;

/** A step: the state after it, and why the session ends if it does. */
export interface Step {
  state: SessionState;
  ends: EndReason | null;
}

const to = (state: SessionState): Step => ({ state, ends: null });
const end = (ends: EndReason): Step => ({ state: "ended", ends });
const over = to("ended");

const ENDINGS = {
  "logged-out": end("logged-out"),
  "taken-over": end("taken-over"),
  released: end("released"),
  "logged-out-by-supervisor": end("logged-out-by-supervisor"),
  "staff-removed": end("staff-removed"),
  "staff-changed": end("staff-changed"),
  refused: end("telephony-refused"),
};

const TABLE: Record<SessionState, Record<SessionEvent, Step>> = {
  "by-telephone": {
    ...ENDINGS,
    "desktop-came": to("by-telephone"),
    "desktop-lost": to("by-telephone"),
    "desktop-moved": to("attended"),
    "timed-out": to("by-telephone"),
  },
  unwatched: {
    ...ENDINGS,
    "desktop-came": to("attended"),
    "desktop-lost": to("unwatched"),
    "desktop-moved": to("unwatched"),
    "timed-out": to("unwatched"),
  },
  attended: {
    ...ENDINGS,
    "desktop-came": to("attended"),
    "desktop-lost": to("unattended"),
    "desktop-moved": to("attended"),
    // He came back while the timer was running out.
    "timed-out": to("attended"),
  },
  unattended: {
    ...ENDINGS,
    "desktop-came": to("attended"),
    "desktop-lost": to("unattended"),
    "desktop-moved": to("unattended"),
    "timed-out": end("disconnected"),
  },
  ended: {
    "desktop-came": over,
    "desktop-lost": over,
    "desktop-moved": over,
    "timed-out": over,
    "logged-out": over,
    "taken-over": over,
    released: over,
    "logged-out-by-supervisor": over,
    "staff-removed": over,
    "staff-changed": over,
    refused: over,
  },
};

/** The state of a session as its row tells it. */
export function sessionState(row: {
  endedAt: Date | null;
  desktopSeenAt: Date | null;
  unattendedSince: Date | null;
  byTelephone?: boolean;
}): SessionState {
  if (row.endedAt !== null) return "ended";
  if (row.byTelephone === true) return "by-telephone";
  if (row.unattendedSince !== null) return "unattended";
  return row.desktopSeenAt === null ? "unwatched" : "attended";
}

/** What an event does to a session. */
export function nextStep(state: SessionState, event: SessionEvent): Step {
  return TABLE[state][event];
}
