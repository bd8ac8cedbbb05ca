import { Refusal } from "../refusal.ts";
import { createAgentTimers } from "./agent-timers.ts";
import { askedByPhone, phoneWork } from "./asked-by-phone.ts";
import type { CauseSetter } from "./cause-setter.ts";
import { findOpenSession, listOpenSessions, type OpenSession } from "./open-session-store.ts";
import { findWrapUpRule, insertCause, isDisposed } from "./pause-store.ts";
import { noSession, type SessionDeps } from "./session-service.ts";
import { extended, wrapUpOf } from "./wrap-up.ts";
import { type EndedLeg, listUnwrappedLegs, wasWrappedUp } from "./wrap-up-store.ts";

/**
 * The time after a queue's call: begins at hang-up, ends by time, by disposing or by hand. A call that ended while Perch
 * was away or heard nothing is wrapped up for what is left of its time, from the hang-up that the journal tells of; not
 * any more where he talks again.
 */
export interface WrapUpService {
  start(): Promise<void>;
  stop(): void;
  /** Ends it by hand. */
  end(agentId: number): Promise<OpenSession | Refusal>;
  /** Makes it longer, once. */
  extend(agentId: number): Promise<OpenSession | Refusal>;
  /** He is asked for the outcome of that call no more: what is left is what the queue gives him without. */
  askedEnough(agentId: number, leg: EndedLeg): Promise<OpenSession | Refusal>;
}

/** Calls of the journal that are looked at together, and that may wait for it; of more, the newest. */
const LOOKED_AT_ONCE = 500;
const MOST_TOLD = 20_000;

/** Builds the service; `start` plans the ends of the wrap-ups that are open. */
export function createWrapUpService(deps: SessionDeps, setter: CauseSetter): WrapUpService {
  const { db, clock, hub, log, registration, turns, settings, desktops } = deps;
  const timers = createAgentTimers(deps, "wrap-up could not be changed");
  let unsubscribe = () => {};
  /** The journal's calls matter for as long after a start, or a new link, as a wrap-up can last. */
  let journalMattersUntil = new Date(0);
  const told = new Set<string>();
  let looking = false;

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

  /** `heard`: he has just hung up, or his caller has. One that is told by the journal later asks nobody any more. */
  const begin = (agentId: number, leg: EndedLeg, heard: boolean) =>
    withSession(agentId, async (session) => {
      if (leg.queue === null || leg.telephoneId !== session.telephone.id) return session;
      // Told of twice, live and by the journal: one that was ended by hand must not come back.
      if (await wasWrappedUp(db, session.id, leg.legId)) return session;
      const rule = await findWrapUpRule(db, leg.queue.id);
      if (rule === null) return session;
      const asked = heard && askedByPhone(phoneWork(session, rule, desktops.connected(agentId))) !== null;
      const wrapUp = wrapUpOf(leg, rule, await isDisposed(db, leg.legId), settings.current(), asked);
      if (wrapUp === null || wrapUp.dueAt <= clock.now()) return session;
      const done = await setter.open(session, { cause: "wrap-up", reason: leg.legId, ...wrapUp });
      if (!(done instanceof Refusal)) planEnd(agentId, wrapUp.dueAt);
      return done;
    });

  const beginMissed = async (linkedIds: string[] | "any") => {
    const since = new Date(clock.now().getTime() - settings.current().wrapUpMaximumSeconds * 1000);
    for (const { agentId, leg } of await listUnwrappedLegs(db, since, linkedIds)) {
      timers.attempt(agentId, async () => {
        const open = await findOpenSession(db, agentId);
        return open === null || registration.onCall(open.telephone.endpoint) ? open : begin(agentId, leg, false);
      });
    }
  };
  /** One look at a time: a journal that is behind tells of thousands. */
  const look = async () => {
    if (looking) return;
    looking = true;
    try {
      while (told.size > 0) {
        const some = [...told].slice(0, LOOKED_AT_ONCE);
        for (const linkedId of some) told.delete(linkedId);
        await beginMissed(some);
      }
    } catch (error) {
      log.warn({ err: error }, "calls that ended unheard could not be looked at for their wrap-up");
    } finally {
      looking = false;
    }
  };
  const journalMatters = () => {
    journalMattersUntil = new Date(clock.now().getTime() + settings.current().wrapUpMaximumSeconds * 1000);
  };
  const tell = (linkedId: string) => {
    if (clock.now() > journalMattersUntil) return;
    const oldest = told.values().next().value;
    if (told.size >= MOST_TOLD && oldest !== undefined) told.delete(oldest);
    told.add(linkedId);
    void look();
  };

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
      journalMatters();
      /** Legs are announced more than once; a wrap-up that was ended by hand must not come back. */
      const seen = new Map<number, string>();
      unsubscribe = hub.subscribe((news) => {
        if (news.type === "leg.changed" && news.agentId !== null && news.leg.state === "ended") {
          const { agentId, leg } = news;
          if (leg.queue === null || leg.answeredAt === null || seen.get(agentId) === leg.legId) return;
          seen.set(agentId, leg.legId);
          timers.attempt(agentId, () => begin(agentId, leg, true));
        } else if (news.type === "call.folded") tell(news.linkedId);
        else if (news.type === "telephony.changed") journalMatters();
        else if (news.type === "to-dispose.changed") {
          const { agentId } = news;
          if (timers.has(agentId)) timers.attempt(agentId, () => disposed(agentId));
        }
      });
      for (const { agentId, causes } of openNow) {
        const dueAt = causes.find(({ cause }) => cause === "wrap-up")?.dueAt ?? null;
        if (dueAt !== null) planEnd(agentId, dueAt);
      }
      // What the journal told of before Perch went away.
      await beginMissed("any");
    },
    stop() {
      unsubscribe();
      told.clear();
      timers.stop();
    },
    end,
    askedEnough: (agentId, leg) =>
      withSession(agentId, async (session) => {
        const open = session.causes.find(({ cause, reason }) => cause === "wrap-up" && reason === leg.legId);
        const rule = leg.queue === null ? null : await findWrapUpRule(db, leg.queue.id);
        if (open === undefined || rule === null || (open.extendedAt ?? null) !== null) return session;
        const left = wrapUpOf(leg, rule, await isDisposed(db, leg.legId), settings.current());
        if (left === null || left.dueAt <= clock.now()) {
          timers.cancel(agentId);
          return setter.close(session, ["wrap-up"]);
        }
        planEnd(agentId, left.dueAt);
        return setter.open(session, { ...open, dueAt: left.dueAt, longestAt: left.longestAt });
      }),
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
