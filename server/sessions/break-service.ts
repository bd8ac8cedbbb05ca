import { type Db, inTransaction } from "../db/pool.ts";
import { Refusal } from "../refusal.ts";
import { createAgentTimers } from "./agent-timers.ts";
import { type BreakDecision, breakDueAt, decideBreak } from "./break-request.ts";
import { type BreakReason, findBreakReason, lockTeamOnBreak, setPendingBreak } from "./break-store.ts";
import type { CauseSetter } from "./cause-setter.ts";
import { findOpenSession, listOpenSessions, type OpenSession } from "./open-session-store.ts";
import { deleteCause, endCauses, insertCause, reopenCauses } from "./pause-store.ts";
import { endedByReady } from "./readiness.ts";
import { noSession, type SessionDeps } from "./session-service.ts";

/** Breaks, also those that wait for the end of a call. */
export interface BreakService {
  start(): Promise<void>;
  stop(): void;
  /** Within the agent's turn. */
  ask(session: OpenSession, reason: string): Promise<OpenSession | Refusal>;
  /** Ready: ends what is the agent's own to end, and forgets a break that waits. Within the agent's turn. */
  end(session: OpenSession): Promise<OpenSession | Refusal>;
}

/** Builds the service; `start` begins the breaks whose calls have ended meanwhile. */
export function createBreakService(deps: SessionDeps, setter: CauseSetter): BreakService {
  const { db, clock, hub, registration, turns, settings } = deps;
  /** Whose break waits, and where he talks: so that not every hang-up of the house asks the database. */
  const waiting = new Map<number, string>();
  const timers = createAgentTimers(deps, "a break could not be begun at the end of a call");
  let stops: (() => void)[] = [];

  /** What is not known yet counts as a call; the first reading tells. */
  const engaged = ({ telephone }: OpenSession) => !registration.isKnown() || registration.engaged(telephone.endpoint);

  /** Opens the break now, in the place of one that waited or of another reason's; answers how it is undone. */
  const begin = async (tx: Db, session: OpenSession, reason: BreakReason, since: Date) => {
    const ended = await endCauses(tx, session.id, ["break"], since);
    await setPendingBreak(tx, session.id, null);
    await insertCause(tx, session.id, {
      cause: "break",
      reason: reason.name,
      since,
      dueAt: breakDueAt(since, reason.maxMinutes),
      askedAt: session.pendingBreak?.askedAt ?? null,
    });
    return async (later: Db) => {
      await deleteCause(later, session.id, "break");
      await reopenCauses(later, ended);
      await setPendingBreak(later, session.id, session.pendingBreak);
    };
  };
  const wait = async (tx: Db, session: OpenSession, { name }: BreakReason) => {
    // Noted before it is written: the call may end in between.
    waiting.set(session.agentId, session.telephone.endpoint);
    await setPendingBreak(tx, session.id, { reason: name, askedAt: session.pendingBreak?.askedAt ?? clock.now() });
    return (later: Db) => setPendingBreak(later, session.id, session.pendingBreak);
  };
  const nothing = async () => async () => {};
  const ACTS: Record<BreakDecision, typeof wait> = {
    begin: (tx, session, reason) => begin(tx, session, reason, clock.now()),
    switch: (tx, session, reason) => begin(tx, session, reason, clock.now()),
    wait,
    nothing,
  };

  /** The call is over: the break begins. He is paused since he asked for it, so only the database is told. */
  const beginIfOver = (agentId: number, over: Date) =>
    turns.run([agentId], async () => {
      const session = await findOpenSession(db, agentId);
      const pending = session?.pendingBreak ?? null;
      if (session === null || pending === null) {
        waiting.delete(agentId);
        return noSession();
      }
      waiting.set(agentId, session.telephone.endpoint);
      if (engaged(session)) return session;
      // A reason that was removed meanwhile was promised to him all the same.
      const reason = (await findBreakReason(db, pending.reason)) ?? { name: pending.reason, maxMinutes: null };
      const since = over > pending.askedAt ? over : pending.askedAt;
      await inTransaction(db, (tx) => begin(tx, session, reason, since));
      waiting.delete(agentId);
      hub.publish({ type: "session.changed", agentId });
      return session;
    });
  const attempt = (agentId: number) => {
    const over = clock.now();
    timers.attempt(agentId, () => beginIfOver(agentId, over));
  };
  /**
   * After each reading of the telephone system's state. Those who still talk are left alone: reconciling would find its
   * agent acted upon, round after round, and put nothing right for as long as the call goes on.
   */
  const attemptAll = () => {
    for (const [agentId, endpoint] of waiting) if (!registration.engaged(endpoint)) attempt(agentId);
  };

  return {
    async start() {
      for (const { agentId, telephone, pendingBreak } of await listOpenSessions(db)) {
        if (pendingBreak !== null) waiting.set(agentId, telephone.endpoint);
      }
      timers.start();
      stops = [
        registration.onIdle((endpoint) => {
          for (const [agentId, where] of waiting) if (where === endpoint) attempt(agentId);
        }),
        // Told without an endpoint after each reading of the telephone system's state.
        registration.onRegistration((endpoint) => {
          if (endpoint === null) attemptAll();
        }),
      ];
      attemptAll();
    },
    stop() {
      for (const stop of stops) stop();
      timers.stop();
    },
    async ask(session, name) {
      const reason = await findBreakReason(db, name);
      if (reason === null) return new Refusal("pause.unknown-reason", `"${name}" is not one of the break reasons.`);
      return setter.write(session, "You are not paused.", async (tx) => {
        const team = await lockTeamOnBreak(tx, session.agentId);
        // Asked last, and noted by `wait` before anything else can happen: a hang-up in between would be heard by nobody.
        const decision = decideBreak({
          reason: reason.name,
          holding: session,
          engaged: engaged(session),
          team,
          now: clock.now(),
          timeZone: settings.current().timeZone,
        });
        return decision instanceof Refusal ? decision : ACTS[decision](tx, session, reason);
      });
    },
    async end(session) {
      const his = endedByReady(session);
      if (his instanceof Refusal) return his;
      if (his.length === 0 && session.pendingBreak === null) return session;
      const undone = his.length === 0 ? "Your break still waits for the end of the call." : "You are still paused.";
      return setter.write(session, undone, async (tx) => {
        const ended = await endCauses(tx, session.id, his, clock.now());
        await setPendingBreak(tx, session.id, null);
        return async (later) => {
          await reopenCauses(later, ended);
          await setPendingBreak(later, session.id, session.pendingBreak);
        };
      });
    },
  };
}
