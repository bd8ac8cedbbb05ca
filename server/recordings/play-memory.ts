import type { Clock } from "../clock.ts";

/** A player asks for piece after piece: what follows within this belongs to the same play. */
const SAME_PLAY_MS = 5 * 60_000;
const PLAYS_REMEMBERED = 10_000;

/** Tells a new play from one that goes on. */
export interface PlayMemory {
  /**
   * Writes down what this person hears, and says whether he begins to: of what could not be written the next is the
   * beginning still, so that nothing is heard that stands nowhere.
   */
  note<T>(staffId: number, what: string, write: (isNew: boolean) => Promise<T>): Promise<T>;
}

/** Jumping about in something within some minutes is the same play. */
export function createPlayMemory(clock: Clock): PlayMemory {
  const plays = new Map<string, number>();
  return {
    async note(staffId, what, write) {
      const key = `${staffId} ${what}`;
      const now = clock.now().getTime();
      const before = plays.get(key);
      plays.delete(key);
      plays.set(key, now);
      const oldest = plays.keys().next().value;
      if (plays.size > PLAYS_REMEMBERED && oldest !== undefined) plays.delete(oldest);
      const isNew = before === undefined || now - before > SAME_PLAY_MS;
      try {
        return await write(isNew);
      } catch (error) {
        if (isNew) plays.delete(key);
        throw error;
      }
    },
  };
}
