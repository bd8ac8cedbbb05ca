/** How a house locks a number after wrong PINs in a row. */
export interface PinRule {
  attempts: number;
  lockMs: number;
}

/** What is known of a number that PINs were given for. */
export interface PinAttempts {
  failures: number;
  lastAt: Date;
  lockedUntil: Date | null;
}

/**
 * Counts one more attempt, before it is judged: many at once are no more than many in a row. Null is a number that is
 * locked now: this attempt is in vain and counts for nothing. A lock that is over, and failures of longer ago than a
 * lock lasts, are forgotten.
 */
export function countAttempt(known: PinAttempts, now: Date, { attempts, lockMs }: PinRule): PinAttempts | null {
  if (known.lockedUntil !== null && known.lockedUntil > now) return null;
  const stale = known.lockedUntil !== null || known.lastAt.getTime() < now.getTime() - lockMs;
  const failures = (stale ? 0 : known.failures) + 1;
  return { failures, lastAt: now, lockedUntil: failures >= attempts ? new Date(now.getTime() + lockMs) : null };
}
