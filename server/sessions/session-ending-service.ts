import { inTransaction } from "../db/pool.ts";
import type { Refusal } from "../refusal.ts";
import { Refusal as Refused } from "../refusal.ts";
import { writeAudit } from "../staff/audit-store.ts";
import type { Actor } from "../staff/permission.ts";
import { onCall } from "./lease.ts";
import { endCauses, insertCause } from "./pause-store.ts";
import { unseat } from "./seating.ts";
import { nextStep, type SessionEvent, sessionState } from "./session.ts";
import { announce, noSession, type SessionDeps } from "./session-service.ts";
import {
  endSession,
  findHolder,
  findOpenSession,
  listOpenSessions,
  type OpenSession,
  queuesOf,
} from "./session-store.ts";

/** What came of asking for an end: a conversation is never cut, its session ends with it. */
export type Ending = "ended" | "when-call-ends" | "nothing-open";

type EndingEvent = Exclude<SessionEvent, "desktop-came" | "desktop-lost" | "refused" | "taken-over">;

/** Everything that ends sessions, by whoever's wish. */
export interface SessionEndingService {
  start(): void;
  stop(): void;
  /** The agent's own logout; refused while he is on a call. */
  logOut(agentId: number): Promise<Refusal | undefined>;
  /** Ends it now, or with the call that is going on. */
  end(agentId: number, event: EndingEvent): Promise<Ending | Refusal>;
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
  const { db, clock, hub, log, telephony, registration, turns, choices } = deps;
  /** Sessions that end with the call: session id to the wish. Lost with the process; the cause in the row is not. */
  const waiting = new Map<number, { agentId: number; endpoint: string; event: EndingEvent }>();
  let stops: (() => void)[] = [];

  const finish = async (open: OpenSession, event: EndingEvent): Promise<Ending> => {
    const { ends } = nextStep(sessionState({ ...open, endedAt: null }), event);
    waiting.delete(open.id);
    if (ends === null) return "nothing-open";
    const { agentId, telephone } = open;
    const answer = await unseat(telephony, telephone.endpoint, await queuesOf(db, agentId));
    if (!answer.ok) log.warn({ agentId, why: answer.why }, "places in queues are left for reconciling");
    await inTransaction(db, (tx) => endSession(tx, open.id, clock.now(), ends));
    await announce(deps, [agentId], [telephone.id]);
    if (!answer.ok) hub.publish({ type: "membership.changed", agentId });
    return "ended";
  };

  /** Nothing new rings from now on; the call that is going on ends as its people wish. */
  const finishWithCall = async (open: OpenSession, event: EndingEvent): Promise<Ending> => {
    const { endpoint } = open.telephone;
    waiting.set(open.id, { agentId: open.agentId, endpoint, event });
    // Who was only disconnected may come back before his call ends, and is not held up then.
    if (event === "timed-out") return "when-call-ends";
    await insertCause(db, open.id, { cause: "supervisor", reason: event, since: clock.now(), dueAt: null });
    const answer = await telephony.setPaused(endpoint, true, "supervisor");
    if (!answer.ok)
      log.warn({ agentId: open.agentId, why: answer.why }, "the pause before a session's end was not taken");
    hub.publish({ type: "session.changed", agentId: open.agentId });
    return "when-call-ends";
  };

  const end = (agentId: number, event: EndingEvent) =>
    turns.run([agentId], async (): Promise<Ending> => {
      const open = await findOpenSession(db, agentId);
      if (open === null) return "nothing-open";
      return registration.onCall(open.telephone.endpoint) ? finishWithCall(open, event) : finish(open, event);
    });

  const inBackground = (what: string, agentId: number, work: Promise<unknown>) => {
    work.catch((error: unknown) =>
      log.error({ err: error, agentId }, `${what} failed; it is tried again when reconciling`),
    );
  };

  const finishLogin = (agentId: number) =>
    turns.run([agentId], async () => {
      const open = await findOpenSession(db, agentId);
      if (open?.causes.some(({ cause }) => cause === "login-in-pause") !== true) return;
      await endCauses(db, open.id, "login-in-pause", clock.now());
      hub.publish({ type: "session.changed", agentId });
      hub.publish({ type: "membership.changed", agentId });
    });

  const sweepOne = async (open: OpenSession) => {
    const supervised = open.causes.find(({ cause }) => cause === "supervisor");
    const login = open.causes.find(({ cause }) => cause === "login-in-pause");
    const wish = waiting.get(open.id);
    if (!open.allowed) await end(open.agentId, "staff-removed");
    else if (wish !== undefined) await end(open.agentId, wish.event);
    else if (supervised !== undefined) await end(open.agentId, "released");
    else if (login !== undefined && clock.now().getTime() - login.since.getTime() > UNFINISHED_LOGIN_MS) {
      await finishLogin(open.agentId);
    }
  };
  const sweep = async () => {
    const open = await listOpenSessions(db);
    const ids = new Set(open.map(({ id }) => id));
    for (const id of waiting.keys()) if (!ids.has(id)) waiting.delete(id);
    for (const one of open) await sweepOne(one);
  };

  /** A person or a telephone may not be used any more: whoever sits there is put out. */
  const staffRemoved = async (staffId: number) => {
    for (const agentId of [staffId, (await findHolder(db, staffId))?.agentId]) {
      const open = agentId === undefined ? null : await findOpenSession(db, agentId);
      if (open !== null && !open.allowed) await end(open.agentId, "staff-removed");
    }
  };

  return {
    start() {
      stops = [
        registration.onIdle((endpoint) => {
          for (const wish of waiting.values()) {
            if (wish.endpoint === endpoint)
              inBackground("ending a session", wish.agentId, end(wish.agentId, wish.event));
          }
        }),
        hub.subscribe((news) => {
          if (news.type === "staff.removed") inBackground("putting out", news.staffId, staffRemoved(news.staffId));
        }),
      ];
    },
    stop() {
      for (const stop of stops) stop();
    },
    async logOut(agentId) {
      const answer = await turns.run([agentId], async () => {
        const open = await findOpenSession(db, agentId);
        if (open === null) return noSession();
        if (registration.onCall(open.telephone.endpoint)) return onCall(open.telephone.name, "You are on a call on");
        return finish(open, "logged-out");
      });
      return answer instanceof Refused ? answer : undefined;
    },
    end,
    async releaseTelephone(actor, telephoneId) {
      if (choices.find(telephoneId) === null) return new Refused("telephone.unknown", "There is no such telephone.");
      const holder = await findHolder(db, telephoneId);
      const facts = holder === null ? {} : { agentId: holder.agentId };
      await writeAudit(db, {
        actorId: actor.staffId,
        action: "telephone.release",
        subject: `telephone ${telephoneId}`,
        facts,
        at: clock.now(),
      });
      return holder === null ? "nothing-open" : end(holder.agentId, "released");
    },
    async logOutAgent(actor, agentId) {
      await writeAudit(db, {
        actorId: actor.staffId,
        action: "session.end",
        subject: `agent ${agentId}`,
        at: clock.now(),
      });
      return end(agentId, "logged-out-by-supervisor");
    },
    sweep,
  };
}
