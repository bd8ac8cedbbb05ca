import type { LiveEvent, Snapshot } from "./snapshot.ts";

/** Raised when an older desktop could misread us; the desktop then reloads itself. */
export const PROTOCOL_VERSION = 1;

/** The server's first frame on `/live`. */
export interface Hello {
  protocol: number;
  revision: number;
  snapshot: Snapshot;
}

/** Every later frame: revisions count up by one on each connection; a gap means: connect again. */
export interface Frame {
  revision: number;
  /** The server's instant when it was sent. */
  at: string;
  event: LiveEvent;
}

/** Sent when nothing else was for a while, so that a dead line is told from a quiet one. It carries the last revision. */
export interface Beat {
  beat: number;
  at: string;
}

export type ServerFrame = Hello | Frame | Beat;

/** At most this long between two frames of the server. */
export const BEAT_MS = 5000;
/** After this long without a frame the desktop turns grey and connects again. */
export const SILENCE_MS = 12_000;

/** WebSocket close codes (RFC 6455, 7.4.2: 4000-4999 are ours). */
export const CLOSE = {
  signInRequired: 4401,
  tooSlow: 4408,
  /** The house has an agent at one desktop, and he is at another; the reason says where and since when. */
  elsewhere: 4409,
  /** He signed in at another desktop, and this one is signed out; the reason says when. */
  replaced: 4410,
  stopping: 4503,
} as const;
