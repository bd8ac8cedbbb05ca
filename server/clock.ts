/** The only way to ask for the time or to wait. Tests pass a hand-driven one. */
export interface Clock {
  now(): Date;
  /** Calls `act` once after `ms`; the answer cancels it. Does not keep the process alive. */
  after(ms: number, act: () => void): () => void;
}

/** setTimeout fires at once for longer delays than this (2^31-1 ms, Node's timers page). */
const LONGEST_MS = 2_147_483_647;

export const systemClock: Clock = {
  now: () => new Date(),
  after(ms, act) {
    const timer = setTimeout(act, Math.min(Math.max(ms, 0), LONGEST_MS));
    timer.unref();
    return () => clearTimeout(timer);
  },
};
