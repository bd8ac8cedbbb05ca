import type { Clock } from "../server/clock.ts";

export interface HandClock extends Clock {
  /** Lets time pass; what falls due on the way happens in order. */
  advance(ms: number): void;
}

/** A clock that stands still until a test moves it. */
export function handClock(start = new Date("2026-03-02T08:00:00Z")): HandClock {
  let now = start.getTime();
  const timers = new Set<{ at: number; act: () => void }>();
  return {
    now: () => new Date(now),
    after(ms, act) {
      const timer = { at: now + Math.max(ms, 0), act };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance(ms) {
      const end = now + ms;
      for (;;) {
        const [next] = [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (next === undefined) break;
        timers.delete(next);
        now = Math.max(now, next.at);
        next.act();
      }
      now = end;
    },
  };
}
