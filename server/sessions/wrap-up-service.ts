import type { Leg } from "../../contract/views.ts";
import { Refusal } from "../refusal.ts";
import { createAgentTimers } from "./agent-timers.ts";
import type { CauseSetter } from "./cause-setter.ts";
import { findOpenSession, listOpenSessions, type OpenSession } from "./open-session-store.ts";
import { findWrapUpRule, insertCause, isDisposed } from "./pause-store.ts";
import { noSession, type SessionDeps } from "./session-service.ts";
import { extended, wrapUpOf } from "./wrap-up.ts";

/** The time after a queue's call: begins at hang-up, ends by time, by disposing or by hand. */
export interface WrapUpService {
  start(): Promise<void>;
  stop(): void;
  /** Ends it by hand. */
  end(agentId: number): Promise<OpenSession | Refusal>;
  /** Makes it longer, once. */
  extend(agentId: number): Promise<OpenSession | Refusal>;
}

/** Builds the service; `start` plans the ends of the wrap-ups that are open. */
export function createWrapUpService(deps: SessionDeps, setter: CauseSetter): WrapUpService {
  const { db, clock, hub, turns, settings } = deps;
  const timers = createAgentTimers(deps, "wrap-up could not be changed");
  let unsubscribe = () => {};

  const withSession = (agentId: number, act: (session: OpenSession) => Promise<OpenSession | Refusal>) =>
    turns.run([agentId], async () => {
      const session = await findOpenSession(db, agentId);
      return session === null ? noSession() : act(session);
    });

  const end = (agentId: number) => {
    timers.cancel(agentId);
    return withSession(agentId, (session) => setter.close(session, ["wrap-up"]));
  };
  /** By time: where it was made longer in the last moment, at its new end. */
  const endWhenDue = (agentId: number) =>
    withSession(agentId, async (session) => {
      const dueAt = session.causes.find(({ cause }) => cause === "wrap-up")?.dueAt ?? null;
      if (dueAt === null || dueAt <= clock.now()) return setter.close(session, ["wrap-up"]);
      planEnd(agentId, dueAt);
      return session;
    });
  const planEnd = (agentId: number, dueAt: Date) => timers.plan(agentId, dueAt, () => endWhenDue(agentId));

  const begin = (agentId: number, leg: Leg) =>
    withSession(agentId, async (session) => {
      if (leg.queue === null || leg.telephoneId !== session.telephone.id) return session;
      const rule = await findWrapUpRule(db, leg.queue.id);
      if (rule === null) return session;
      const wrapUp = wrapUpOf(leg, rule, await isDisposed(db, leg.legId), settings.current());
      if (wrapUp === null || wrapUp.dueAt <= clock.now()) return session;
      const done = await setter.open(session, { cause: "wrap-up", reason: leg.legId, ...wrapUp });
      if (!(done instanceof Refusal)) planEnd(agentId, wrapUp.dueAt);
      return done;
    });

  /** A disposition was chosen: of the call that is being wrapped up? */
  const disposed = (agentId: number) =>
    withSession(agentId, async (session) => {
      const legId = session.causes.find(({ cause }) => cause === "wrap-up")?.reason ?? null;
      if (legId === null || !(await isDisposed(db, legId))) return session;
      timers.cancel(agentId);
      return setter.close(session, ["wrap-up"]);
    });

  return {
    async start() {
      const openNow = await listOpenSessions(db);
      timers.start();
      /** Legs are announced more than once; a wrap-up that was ended by hand must not come back. */
      const seen = new Map<number, string>();
      unsubscribe = hub.subscribe((news) => {
        if (news.type === "leg.changed" && news.agentId !== null && news.leg.state === "ended") {
          const { agentId, leg } = news;
          if (leg.queue === null || leg.answeredAt === null || seen.get(agentId) === leg.legId) return;
          seen.set(agentId, leg.legId);
          timers.attempt(agentId, () => begin(agentId, leg));
        } else if (news.type === "to-dispose.changed") {
          const { agentId } = news;
          if (timers.has(agentId)) timers.attempt(agentId, () => disposed(agentId));
        }
      });
      for (const { agentId, causes } of openNow) {
        const dueAt = causes.find(({ cause }) => cause === "wrap-up")?.dueAt ?? null;
        if (dueAt !== null) planEnd(agentId, dueAt);
      }
    },
    stop() {
      unsubscribe();
      timers.stop();
    },
    end,
    extend: (agentId) =>
      withSession(agentId, async (session) => {
        const longer = extended(session.causes, clock.now());
        if (longer instanceof Refusal) return longer;
        // He is paused before and after: the telephone system has nothing to hear.
        await insertCause(db, session.id, longer);
        if (longer.dueAt !== null) planEnd(agentId, longer.dueAt);
        hub.publish({ type: "session.changed", agentId });
        return (await findOpenSession(db, agentId)) ?? noSession();
      }),
  };
}
