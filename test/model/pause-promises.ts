import type { OpenSession } from "../../server/sessions/open-session-store.ts";

/** What somebody is told who asks for a pause, and that one act alone takes back. */
export type PromisedCause = "break" | "supervisor";

/**
 * Who was told that he is paused. From the answer on no queue may ring him, whatever else goes on, until that begins
 * which may end the pause: he alone ends his break, a supervisor alone a supervisor's pause.
 */
export interface PausePromises {
  /** An answer said that it holds. Not one that another act overtakes which ends it. */
  given(session: OpenSession, cause: PromisedCause): void;
  /** An act begins that ends it; to be called when the act is over. */
  lifting(agentId: number, cause: PromisedCause): () => void;
  /** Sessions in which a promise stands; where an instant is given, those in which it stood by then. */
  sessions(by: Date | null): ReadonlySet<number>;
  /** Nothing is promised any more: the telephone system may have forgotten it. */
  forget(): void;
  /** The server was killed, and its acts with it. */
  nothingIsUnderWay(): void;
}

/** Nobody was told anything. */
export function createPausePromises(): PausePromises {
  const standing = new Map<string, { sessionId: number; at: Date }>();
  const lifts = new Map<string, number>();
  const key = (agentId: number, cause: PromisedCause) => `${agentId} ${cause}`;
  const count = (one: string, more: number) => lifts.set(one, (lifts.get(one) ?? 0) + more);
  return {
    given({ agentId, id, causes, pendingBreak }, cause) {
      const holds = causes.some((one) => one.cause === cause) || (cause === "break" && pendingBreak !== null);
      if (holds && (lifts.get(key(agentId, cause)) ?? 0) === 0)
        standing.set(key(agentId, cause), { sessionId: id, at: new Date() });
    },
    lifting(agentId, cause) {
      const one = key(agentId, cause);
      standing.delete(one);
      count(one, 1);
      return () => void count(one, -1);
    },
    sessions: (by) =>
      new Set([...standing.values()].filter(({ at }) => by === null || at <= by).map(({ sessionId }) => sessionId)),
    forget: () => standing.clear(),
    nothingIsUnderWay: () => lifts.clear(),
  };
}
