import type { PauseCause } from "../../contract/views.ts";
import { type Db, inTransaction } from "../db/pool.ts";
import { Refusal } from "../refusal.ts";
import { findOpenSession, type OpenSession } from "./open-session-store.ts";
import { deleteCause, endCauses, insertCause, type NewCause, reopenCauses } from "./pause-store.ts";
import { memberPause } from "./readiness.ts";
import { telephonyRefusal } from "./seating.ts";
import { noSession, type SessionDeps } from "./session-service.ts";

/** What takes a writing back that had no effect. */
type Undo = (tx: Db) => Promise<void>;

/**
 * Changes what holds an agent: written first, then said to the telephone system. Its refusal takes the writing back;
 * with the link down it stands, and reconciling makes it true. All of it only within the agent's turn.
 */
export interface CauseSetter {
  /** Opens a cause, or gives an open one its newer reason, due instant and author. */
  open(session: OpenSession, cause: NewCause): Promise<OpenSession | Refusal>;
  /** Ends these causes, and sets the agent ready where nothing else holds him. */
  close(session: OpenSession, causes: readonly PauseCause[]): Promise<OpenSession | Refusal>;
  /** Any writing; it answers what undoes it, or a refusal. `undone` ends the telephone system's "no" in words. */
  write(
    session: OpenSession,
    undone: string,
    work: (tx: Db) => Promise<Undo | Refusal>,
  ): Promise<OpenSession | Refusal>;
}

/** Builds it; it needs no start. */
export function createCauseSetter(deps: Pick<SessionDeps, "db" | "clock" | "hub" | "telephony">): CauseSetter {
  const { db, clock, hub, telephony } = deps;

  const write: CauseSetter["write"] = async (session, undone, work) => {
    const undo = await inTransaction(db, work);
    if (undo instanceof Refusal) return undo;
    const now = await findOpenSession(db, session.agentId);
    if (now === null) return noSession();
    const { paused, reason } = memberPause(now);
    const answer = await telephony.setPaused(now.telephone.endpoint, paused, reason);
    if (!answer.ok && answer.gone !== true) {
      await inTransaction(db, undo);
      return telephonyRefusal(answer, undone);
    }
    hub.publish({ type: "session.changed", agentId: session.agentId });
    return now;
  };

  return {
    write,
    open(session, cause) {
      const before = session.causes.find((one) => one.cause === cause.cause);
      return write(session, "You are not paused.", async (tx) => {
        await insertCause(tx, session.id, cause);
        return (later) =>
          before === undefined ? deleteCause(later, session.id, cause.cause) : insertCause(later, session.id, before);
      });
    },
    async close(session, causes) {
      if (!session.causes.some(({ cause }) => causes.includes(cause))) return session;
      return write(session, "You are still paused.", async (tx) => {
        const ids = await endCauses(tx, session.id, causes, clock.now());
        return (later) => reopenCauses(later, ids);
      });
    },
  };
}
