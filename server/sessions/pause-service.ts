import type { Leg, PauseCause } from "../../contract/views.ts";
import { Refusal } from "../refusal.ts";
import {
  deleteCause,
  endCauses,
  findPauseReason,
  findWrapUpRule,
  insertCause,
  isDisposed,
  reopenCause,
} from "./pause-store.ts";
import { type OpenCause, pauseReasonOf } from "./readiness.ts";
import { telephonyRefusal } from "./seating.ts";
import { noSession, type SessionDeps } from "./session-service.ts";
import { findOpenSession, listOpenSessions, type OpenSession } from "./session-store.ts";
import { wrapUpUntil } from "./wrap-up.ts";

/**
 * Why an agent is offered nothing. A cause is written first and then said to the telephone system; ending one sets him
 * ready only when no other is left.
 */
export interface PauseService {
  start(): Promise<void>;
  stop(): void;
  /** A break, for a reason that is configured. */
  pause(agentId: number, reason: string): Promise<OpenSession | Refusal>;
  /** Ends the break, and nothing else. */
  resume(agentId: number): Promise<OpenSession | Refusal>;
  /**
   * Opens a cause of another service's, or gives an open one its newer reason. Takes the agent's turn: never called
   * from within one.
   */
  hold(agentId: number, cause: Held): Promise<OpenSession | Refusal>;
  /** Ends that cause and no other. */
  release(agentId: number, cause: PauseCause): Promise<OpenSession | Refusal>;
  /** Ends wrap-up by hand. */
  endWrapUp(agentId: number): Promise<OpenSession | Refusal>;
}

/** A cause that is opened now. */
export interface Held {
  cause: PauseCause;
  reason: string | null;
  dueAt?: Date | null;
}

const RETRY_MS = 5000;

/** Builds the service; `start` plans the ends of the wrap-ups that are open. */
export function createPauseService(deps: SessionDeps): PauseService {
  const { db, clock, hub, log, telephony, turns, settings } = deps;
  const timers = new Map<number, () => void>();
  let unsubscribe = () => {};
  let stopped = true;

  const again = async (agentId: number) => {
    hub.publish({ type: "session.changed", agentId });
    return (await findOpenSession(db, agentId)) ?? noSession();
  };

  /** Opens a cause. A refusal undoes it; with the link down the cause stands, and reconciling pauses the members. */
  const open = async (session: OpenSession, cause: OpenCause): Promise<OpenSession | Refusal> => {
    const before = session.causes.find((one) => one.cause === cause.cause);
    await insertCause(db, session.id, cause);
    const others = session.causes.filter((one) => one !== before);
    const reason = pauseReasonOf([...others, cause]);
    const answer = await telephony.setPaused(session.telephone.endpoint, true, reason);
    if (!answer.ok && answer.gone !== true) {
      if (before === undefined) await deleteCause(db, session.id, cause.cause);
      else await insertCause(db, session.id, before);
      return telephonyRefusal(answer, "You are not paused.");
    }
    return again(session.agentId);
  };

  /** Ends a cause, and sets the agent ready where none is left. */
  const close = async (session: OpenSession, cause: PauseCause): Promise<OpenSession | Refusal> => {
    if (!session.causes.some((one) => one.cause === cause)) return session;
    const left = session.causes.filter((one) => one.cause !== cause);
    const at = clock.now();
    await endCauses(db, session.id, cause, at);
    const answer = await telephony.setPaused(session.telephone.endpoint, left.length > 0, pauseReasonOf(left));
    if (!answer.ok && answer.gone !== true) {
      await reopenCause(db, session.id, cause, at);
      return telephonyRefusal(answer, "You are still paused.");
    }
    return again(session.agentId);
  };

  const withSession = (agentId: number, act: (session: OpenSession) => Promise<OpenSession | Refusal>) =>
    turns.run([agentId], async () => {
      const session = await findOpenSession(db, agentId);
      return session === null ? noSession() : act(session);
    });

  const cancel = (agentId: number) => {
    timers.get(agentId)?.();
    timers.delete(agentId);
  };
  const endWrapUp = (agentId: number) => {
    cancel(agentId);
    return withSession(agentId, (session) => close(session, "wrap-up"));
  };
  const planEnd = (agentId: number, dueAt: Date) => {
    if (stopped) return;
    cancel(agentId);
    const end = () => inBackground(agentId, () => endWrapUp(agentId));
    timers.set(agentId, clock.after(Math.max(dueAt.getTime() - clock.now().getTime(), 0), end));
  };
  /** What nobody waits for: failing, it is tried again, or said in the log. */
  const inBackground = (agentId: number, act: () => Promise<unknown>) => {
    const failed = (why: unknown) => {
      if (stopped) return;
      log.warn({ err: why, agentId }, "wrap-up could not be changed; trying again");
      cancel(agentId);
      timers.set(
        agentId,
        clock.after(RETRY_MS, () => inBackground(agentId, act)),
      );
    };
    act().then((answer) => {
      if (answer instanceof Refusal && answer.code !== "session.none") failed(answer.title);
    }, failed);
  };

  const wrapUp = (agentId: number, leg: Leg) =>
    withSession(agentId, async (session) => {
      if (leg.queue === null || leg.telephoneId !== session.telephone.id) return session;
      const rule = await findWrapUpRule(db, leg.queue.id);
      if (rule === null) return session;
      const maximum = settings.current().wrapUpMaximumSeconds;
      const dueAt = wrapUpUntil(leg, rule, await isDisposed(db, leg.legId), maximum);
      const now = clock.now();
      if (dueAt === null || dueAt <= now) return session;
      const done = await open(session, { cause: "wrap-up", reason: leg.legId, since: now, dueAt });
      if (!(done instanceof Refusal)) planEnd(agentId, dueAt);
      return done;
    });

  /** A disposition was chosen: of the call that is being wrapped up? */
  const disposed = (agentId: number) =>
    withSession(agentId, async (session) => {
      const legId = session.causes.find(({ cause }) => cause === "wrap-up")?.reason ?? null;
      if (legId === null || !(await isDisposed(db, legId))) return session;
      cancel(agentId);
      return close(session, "wrap-up");
    });

  return {
    async start() {
      const openNow = await listOpenSessions(db);
      stopped = false;
      /** Legs are announced more than once; a wrap-up that was ended by hand must not come back. */
      const seen = new Map<number, string>();
      unsubscribe = hub.subscribe((news) => {
        if (news.type === "leg.changed" && news.agentId !== null && news.leg.state === "ended") {
          const { agentId, leg } = news;
          if (leg.queue === null || leg.answeredAt === null || seen.get(agentId) === leg.legId) return;
          seen.set(agentId, leg.legId);
          inBackground(agentId, () => wrapUp(agentId, leg));
        } else if (news.type === "to-dispose.changed") {
          const { agentId } = news;
          if (timers.has(agentId)) inBackground(agentId, () => disposed(agentId));
        }
      });
      for (const { agentId, causes } of openNow) {
        const dueAt = causes.find(({ cause }) => cause === "wrap-up")?.dueAt ?? null;
        if (dueAt !== null) planEnd(agentId, dueAt);
      }
    },
    stop() {
      stopped = true;
      unsubscribe();
      for (const agentId of [...timers.keys()]) cancel(agentId);
    },
    pause: (agentId, name) =>
      withSession(agentId, async (session) => {
        const reason = await findPauseReason(db, name);
        if (reason === null) return new Refusal("pause.unknown-reason", `"${name}" is not one of the break reasons.`);
        const since = session.causes.find(({ cause }) => cause === "break")?.since ?? clock.now();
        return open(session, { cause: "break", reason, since, dueAt: null });
      }),
    resume: (agentId) => withSession(agentId, (session) => close(session, "break")),
    hold: (agentId, { cause, reason, dueAt = null }) =>
      withSession(agentId, (session) => open(session, { cause, reason, since: clock.now(), dueAt })),
    release: (agentId, cause) => withSession(agentId, (session) => close(session, cause)),
    endWrapUp,
  };
}
