import { inTransaction } from "../db/pool.ts";
import { Refusal } from "../refusal.ts";
import { writeAudit } from "../staff/audit-store.ts";
import type { Actor } from "../staff/permission.ts";
import { onCall } from "./lease.ts";
import { findOpenSession, listOpenSessions, type OpenSession } from "./open-session-store.ts";
import { endCauses, holdUntilReady } from "./pause-store.ts";
import { isUnfinishedLogin, memberPause } from "./readiness.ts";
import { unseat } from "./seating.ts";
import { nextStep, sessionState, type WaitingEnd } from "./session.ts";
import { deleteEnding, putEnding } from "./session-ending-store.ts";
import { announce, noSession, type SessionDeps } from "./session-service.ts";
import { endSession } from "./session-store.ts";
import { findHolder, queuesOf } from "./standing-store.ts";

/** What came of asking for an end: a conversation is never cut, its session ends with it. */
export type Ending = "ended" | "when-call-ends" | "nothing-open";

/** The hand-over of a telephone seats another in the same instant, and is not done here. */
type EndingEvent = Exclude<WaitingEnd, "taken-over">;

/** Everything that ends sessions, by whoever's wish. */
export interface SessionEndingService {
  start(): Promise<void>;
  stop(): void;
  /** The agent's own logout; refused while he is on a call. Right after a start it waits until it is known who talks. */
  logOut(agentId: number): Promise<Refusal | undefined>;
  /** Ends it now, or with the call that is or may be going on. `by`: whose wish it is, where it is another person's. */
  end(agentId: number, event: EndingEvent, by?: number): Promise<Ending | Refusal>;
  /**
   * That session ends with the call that is going on: from now on nothing rings. False where it is over, or no call
   * goes on.
   */
  endWithCall(agentId: number, sessionId: number, event: WaitingEnd, by: number | null): Promise<boolean | Refusal>;
  /** Takes such a wish back, if it is that one. */
  goOn(agentId: number, sessionId: number, event: WaitingEnd): Promise<void>;
  /** A supervisor frees a telephone, or puts an agent out. Both are written to the audit log. */
  releaseTelephone(actor: Actor, telephoneId: number): Promise<Ending | Refusal>;
  logOutAgent(actor: Actor, agentId: number): Promise<Ending | Refusal>;
  /** Ends what should have ended: called at start and with every reconciling. */
  sweep(): Promise<void>;
}

/** A login whose end nobody saw (Perch was killed in it) is taken as done after this time. */
const UNFINISHED_LOGIN_MS = 30_000;

/** Builds the service; `start` listens for news. */
export function createSessionEndingService(deps: SessionDeps): SessionEndingService {
  const { db, clock, hub, log, telephony, registration, turns, choices, settings } = deps;
  /** Who may be waiting for the end of a call, by the endpoint. The wish itself stands in the database. */
  const waiting = new Map<string, number>();
  let stops: (() => void)[] = [];

  const finish = async (open: OpenSession, event: EndingEvent, by: number | null): Promise<Ending> => {
    const { ends } = nextStep(sessionState({ ...open, endedAt: null }), event);
    const { agentId, telephone } = open;
    waiting.delete(telephone.endpoint);
    if (ends === null) {
      // He came back meanwhile.
      await deleteEnding(db, open.id);
      return "nothing-open";
    }
    const answer = await unseat(telephony, telephone.endpoint, await queuesOf(db, agentId));
    if (!answer.ok) log.warn({ agentId, why: answer.why }, "places in queues are left for reconciling");
    await inTransaction(db, (tx) => endSession(tx, open.id, clock.now(), ends, by));
    log.info({ agentId, telephoneId: telephone.id, reason: ends, by }, "a session ended");
    await announce(deps, [agentId], [telephone.id]);
    if (!answer.ok) hub.publish({ type: "membership.changed", agentId });
    return "ended";
  };

  /** Nothing new rings from now on; the call that is going on ends as its people wish. */
  const finishWithCall = async (open: OpenSession, event: WaitingEnd, by: number | null): Promise<Ending> => {
    const { agentId, telephone } = open;
    // Who is to be put out is so no less because his desktop is away, and does not stay because it comes back.
    if (event === "timed-out" && open.ending !== null) return "when-call-ends";
    // He goes with his call anyway, and does so too when who asked does not want the telephone any more.
    if (event === "taken-over" && open.ending !== null && open.ending.event !== event) return "when-call-ends";
    waiting.set(telephone.endpoint, agentId);
    await putEnding(db, { sessionId: open.id, event, by, at: clock.now() });
    const { paused, reason } = memberPause({ ...open, ending: { event } });
    // Who was only disconnected may come back before his call ends, and is not held up then.
    if (!paused) return "when-call-ends";
    const answer = await telephony.setPaused(telephone.endpoint, true, reason);
    if (!answer.ok) {
      log.warn({ agentId, why: answer.why }, "the pause before a session's end was not taken");
      hub.publish({ type: "membership.changed", agentId });
    }
    hub.publish({ type: "session.changed", agentId });
    return "when-call-ends";
  };

  /** Before the telephone system was read nobody can say that no call goes on: an end waits until somebody can. */
  const mayTalk = (endpoint: string) => !registration.isKnown() || registration.onCall(endpoint);

  const end = (agentId: number, event: EndingEvent, by: number | null) =>
    turns.run([agentId], async (): Promise<Ending> => {
      const open = await findOpenSession(db, agentId);
      if (open === null) return "nothing-open";
      return mayTalk(open.telephone.endpoint) ? finishWithCall(open, event, by) : finish(open, event, by);
    });
  /** Ends what waited for the call, if none is going on any more. */
  const endWaiting = (agentId: number, endpoint: string) =>
    turns.run([agentId], async () => {
      const open = await findOpenSession(db, agentId);
      if (open?.telephone.endpoint !== endpoint || open.ending === null) waiting.delete(endpoint);
      if (open === null || open.ending === null || open.ending.event === "taken-over") return;
      if (!mayTalk(open.telephone.endpoint)) await finish(open, open.ending.event, open.ending.by?.id ?? null);
    });

  const inBackground = (what: string, agentId: number, work: Promise<unknown>) => {
    work.catch((error: unknown) =>
      log.error({ err: error, agentId }, `${what} failed; it is tried again when reconciling`),
    );
  };

  const finishLogin = (agentId: number) =>
    turns.run([agentId], async () => {
      const open = await findOpenSession(db, agentId);
      if (open?.causes.some(isUnfinishedLogin) !== true) return;
      if (settings.current().startPaused) await holdUntilReady(db, open.id);
      else await endCauses(db, open.id, ["login-in-pause"], clock.now());
      hub.publish({ type: "session.changed", agentId });
      hub.publish({ type: "membership.changed", agentId });
    });

  /** Why a session may not go on, as people and telephones are set up now; null: it may. */
  const misfit = ({ allowed, fits }: OpenSession): EndingEvent | null => {
    if (!allowed) return "staff-removed";
    return fits ? null : "staff-changed";
  };
  const sweepOne = async (open: OpenSession) => {
    const login = open.causes.find(isUnfinishedLogin);
    const why = misfit(open);
    if (why !== null && open.ending?.event !== why) await end(open.agentId, why, null);
    else if (open.ending !== null) await endWaiting(open.agentId, open.telephone.endpoint);
    else if (login !== undefined && clock.now().getTime() - login.since.getTime() > UNFINISHED_LOGIN_MS) {
      await finishLogin(open.agentId);
    }
  };
  /** Adds only: a wish may have been written since the list was read. */
  const remember = (open: OpenSession[]) => {
    for (const { ending, telephone, agentId } of open) if (ending !== null) waiting.set(telephone.endpoint, agentId);
  };
  const sweep = async () => {
    const open = await listOpenSessions(db);
    remember(open);
    for (const one of open) await sweepOne(one);
  };

  /** A person or a telephone is not what it was: whoever may not sit there any more is put out. */
  const staffChanged = async (staffId: number) => {
    for (const agentId of new Set([staffId, (await findHolder(db, staffId))?.agentId])) {
      const open = agentId === undefined ? null : await findOpenSession(db, agentId);
      const why = open === null ? null : misfit(open);
      if (open !== null && why !== null) await end(open.agentId, why, null);
      // The list of telephones says who sits where, by his name of now.
      else if (open !== null) hub.publish({ type: "telephone.changed", telephoneId: open.telephone.id });
    }
  };

  const follow = (staffId: number) => inBackground("following a change", staffId, staffChanged(staffId));

  return {
    async start() {
      stops = [
        registration.onIdle((endpoint) => {
          const agentId = waiting.get(endpoint);
          if (agentId !== undefined) inBackground("ending a session", agentId, endWaiting(agentId, endpoint));
        }),
        // Told without an endpoint after each reading of the telephone system's state: now it is known who talks.
        registration.onRegistration((endpoint) => {
          if (endpoint !== null) return;
          for (const [where, agentId] of waiting) {
            // Who still talks is left in peace: each turn that is taken makes reconciling look at him again.
            if (!mayTalk(where)) inBackground("ending a session", agentId, endWaiting(agentId, where));
          }
        }),
        hub.subscribe((news) => {
          if (news.type === "agent.changed") follow(news.agentId);
          if (news.type === "staff.removed" || news.type === "staff.changed") follow(news.staffId);
        }),
      ];
      remember(await listOpenSessions(db));
    },
    stop() {
      for (const stop of stops) stop();
    },
    async logOut(agentId) {
      const answer = await turns.run([agentId], async () => {
        const open = await findOpenSession(db, agentId);
        if (open === null) return noSession();
        const { endpoint, name } = open.telephone;
        if (registration.onCall(endpoint)) return onCall(name, "You are on a call on");
        return mayTalk(endpoint) ? finishWithCall(open, "logged-out", null) : finish(open, "logged-out", null);
      });
      return answer instanceof Refusal ? answer : undefined;
    },
    end: (agentId, event, by) => end(agentId, event, by ?? null),
    endWithCall: (agentId, sessionId, event, by) =>
      turns.run([agentId], async () => {
        const open = await findOpenSession(db, agentId);
        if (open?.id !== sessionId || !mayTalk(open.telephone.endpoint)) return false;
        await finishWithCall(open, event, by);
        return true;
      }),
    async goOn(agentId, sessionId, event) {
      await turns.run([agentId], async () => {
        const open = await findOpenSession(db, agentId);
        if (open?.id !== sessionId || open.ending?.event !== event) return;
        await deleteEnding(db, sessionId);
        const { paused, reason } = memberPause({ ...open, ending: null });
        const answer = await telephony.setPaused(open.telephone.endpoint, paused, reason);
        if (!answer.ok) hub.publish({ type: "membership.changed", agentId });
        hub.publish({ type: "session.changed", agentId });
      });
    },
    async releaseTelephone(actor, telephoneId) {
      if (choices.find(telephoneId) === null) return new Refusal("telephone.unknown", "There is no such telephone.");
      const holder = await findHolder(db, telephoneId);
      const facts = holder === null ? {} : { agentId: holder.agentId };
      await writeAudit(db, {
        actorId: actor.staffId,
        action: "telephone.release",
        subject: `telephone ${telephoneId}`,
        facts,
        at: clock.now(),
      });
      return holder === null ? "nothing-open" : end(holder.agentId, "released", actor.staffId);
    },
    async logOutAgent(actor, agentId) {
      await writeAudit(db, {
        actorId: actor.staffId,
        action: "session.end",
        subject: `agent ${agentId}`,
        at: clock.now(),
      });
      return end(agentId, "logged-out-by-supervisor", actor.staffId);
    },
    sweep,
  };
}
