/** Wrong passwords of one name from one address. */
interface Failures {
  count: number;
  lastAt: number;
}

export interface SignInThrottle {
  /** Milliseconds until the next attempt is looked at; 0 is now. */
  waitMs(key: string, now: Date): number;
  failed(key: string, now: Date): void;
  succeeded(key: string): void;
}

/** So many wrong ones cost nothing: people mistype, and several desktops of one person may come at once. */
const FREE = 10;
/** Then each wait is twice the last, from the first to the longest. */
const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 5 * 60_000;
/** After so long without a failure everything is forgotten. */
const MEMORY_MS = 15 * 60_000;
/** The oldest is forgotten first: whoever tries that many names is held up by the rate limit instead. */
const KEYS = 10_000;

/** Makes guessing slow, in memory; nobody is locked out for longer than some minutes. */
export function createSignInThrottle(): SignInThrottle {
  const failures = new Map<string, Failures>();
  const recent = (key: string, now: Date) => {
    const found = failures.get(key);
    return found !== undefined && now.getTime() - found.lastAt < MEMORY_MS ? found : { count: 0, lastAt: 0 };
  };
  return {
    waitMs(key, now) {
      const { count, lastAt } = recent(key, now);
      if (count < FREE) return 0;
      const wait = Math.min(FIRST_WAIT_MS * 2 ** (count - FREE), LONGEST_WAIT_MS);
      return Math.max(0, lastAt + wait - now.getTime());
    },
    failed(key, now) {
      const { count } = recent(key, now);
      failures.delete(key);
      failures.set(key, { count: count + 1, lastAt: now.getTime() });
      const [oldest] = failures.keys();
      if (failures.size > KEYS && oldest !== undefined) failures.delete(oldest);
    },
    succeeded(key) {
      failures.delete(key);
    },
  };
}
