import type { Clock } from "../clock.ts";

/** A player asks for piece after piece: what follows within this belongs to the same play. */
const SAME_PLAY_MS = 5 * 60_000;
const PLAYS_REMEMBERED = 10_000;

/** Tells a new play from one that goes on. */
export interface PlayMemory {
  /** Whether this person begins to hear that; asking makes it known. */
  isNew(staffId: number, what: string): boolean;
}

/** Jumping about in something within some minutes is the same play. */
export function createPlayMemory(clock: Clock): PlayMemory {
  const plays = new Map<string, number>();
  return {
    isNew(staffId, what) {
      const key = `${staffId} ${what}`;
      const now = clock.now().getTime();
      const before = plays.get(key);
      plays.delete(key);
      plays.set(key, now);
      const oldest = plays.keys().next().value;
      if (plays.size > PLAYS_REMEMBERED && oldest !== undefined) plays.delete(oldest);
      return before === undefined || now - before > SAME_PLAY_MS;
    },
  };
}
