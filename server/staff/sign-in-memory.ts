import type { SignedIn } from "./permission.ts";

/** Who is behind a token, as it was read a moment ago. */
export interface SignInMemory {
  /** Null: not known, or too long ago to be believed. */
  recall(key: string, now: Date): SignedIn | null;
  /** To be asked before reading, and given to `keep`: what was forgotten meanwhile must not come back. */
  place(): number;
  keep(key: string, signedIn: SignedIn, until: { now: Date; expiresAt: Date }, place: number): void;
  /** One person's sign-ins, or all of them: something about them has changed. */
  forget(staffId: number | "all"): void;
}

/**
 * What another process changes holds after so long at the latest. Within this one every change is told, so a sign-in
 * that is ended is ended at once.
 */
const BELIEVED_MS = 10_000;
const MOST = 20_000;

/** Knows nobody yet. */
export function createSignInMemory(): SignInMemory {
  const known = new Map<string, { signedIn: SignedIn; until: number }>();
  let forgotten = 0;
  return {
    recall(key, now) {
      const found = known.get(key);
      if (found === undefined) return null;
      if (found.until > now.getTime()) return found.signedIn;
      known.delete(key);
      return null;
    },
    place: () => forgotten,
    keep(key, signedIn, { now, expiresAt }, place) {
      if (place !== forgotten) return;
      known.delete(key);
      known.set(key, { signedIn, until: Math.min(now.getTime() + BELIEVED_MS, expiresAt.getTime()) });
      const oldest = known.keys().next().value;
      if (known.size > MOST && oldest !== undefined) known.delete(oldest);
    },
    forget(staffId) {
      forgotten += 1;
      if (staffId === "all") known.clear();
      else for (const [key, { signedIn }] of known) if (signedIn.staffId === staffId) known.delete(key);
    },
  };
}
