import { Refusal } from "../refusal.ts";
import { writeAudit } from "../staff/audit-store.ts";
import { isRemoteEndpoint, type TelephonyEvent } from "../telephony.ts";
import { findOpenSession, listOpenSessions, type OpenSession } from "./open-session-store.ts";
import type { PauseService } from "./pause-service.ts";
import { afterSilence, type LineEvent, type LineWhy, nextLine } from "./phone-loss.ts";
import {
  afterLeg,
  GOOD_SIGNAL,
  GOOD_WATCH,
  nextAttention,
  type PhoneSignal,
  type PhoneWatch,
  signalOf,
  suspension,
  type WatchRule,
} from "./phone-watch.ts";
import { deleteOldPhoneWatches, findPhoneWatch, readPhoneWatches, savePhoneWatch } from "./phone-watch-store.ts";
import type { SessionDeps } from "./session-service.ts";

/**
 * Watches the telephones of open sessions. One that is lost, or that nobody answers, suspends its agent (the pause
 * cause `phone-lost`); nobody is ever logged out by it, and no desktop has a part in it.
 */
export interface PhoneLossService {
  start(): Promise<void>;
  /** Settles when what is under way is done. */
  stop(): Promise<void>;
  heard(event: TelephonyEvent): void;
  /** The telephone's signal of an agent's session. */
  signal(agentId: number): PhoneSignal;
  /** Settles when everything that was heard until now has had its effect. */
  settled(): Promise<void>;
}

const RETRY_MS = 5000;
/** After the link to the telephone system was away: telephones that a restart of it has cut off come back within this. */
const AFTER_LINK_MS = 30_000;
/** Calls that ring at once; more than that are not told apart any more. */
const MOST_LEGS = 20_000;

/** One agent's telephone, in memory; the database has it for the next start. */
interface Watched {
  leaseId: number;
  telephoneId: number;
  endpoint: string;
  watch: PhoneWatch;
  /** Why the pause that is open now says he is suspended; null: there is none. */
  held: string | null;
}

/** Builds the service; `start` takes up what an earlier one left. */
export function createPhoneLossService(
  deps: SessionDeps & { pauses: Pick<PauseService, "hold" | "release"> },
): PhoneLossService {
  const { db, clock, hub, log, registration, telephony, settings, pauses } = deps;
  const watched = new Map<number, Watched>();
  const byEndpoint = new Map<string, number>();
  const timers = new Map<number, () => void>();
  const retries = new Map<number, () => void>();
  const mailboxes = new Map<number, Promise<void>>();
  const legs = new Map<string, { endpoint: string; ofQueue: boolean }>();
  let stops: (() => void)[] = [];
  let stopped = true;
  let linked = false;
  /** The link came back, and what it has to tell is still being read. */
  let catchingUp = false;

  const rule = (): WatchRule => {
    const now = settings.current();
    return {
      graceMs: now.phoneLossGraceSeconds * 1000,
      stableMs: now.phoneStableSeconds * 1000,
      failedLimit: now.failedCallsBeforeSuspend,
      missedLimit: now.missedCallsBeforeSuspend,
    };
  };
  const cancel = (plans: Map<number, () => void>, agentId: number) => {
    plans.get(agentId)?.();
    plans.delete(agentId);
  };

  /** What is written and what is asked of others happens in order, agent by agent. Failing, it is tried again. */
  const post = (agentId: number, work: () => Promise<void>) => {
    const before = mailboxes.get(agentId) ?? Promise.resolve();
    const act = before.then(work).catch((error: unknown) => {
      if (stopped) return;
      log.warn({ err: error, agentId }, "a telephone's loss could not be kept; trying again");
      cancel(retries, agentId);
      retries.set(
        agentId,
        // From the beginning: it may be the session itself that could not be read.
        clock.after(RETRY_MS, () =>
          post(agentId, async () => {
            await reread(agentId);
            await settle(agentId);
          }),
        ),
      );
    });
    mailboxes.set(agentId, act);
    void act.then(() => {
      if (mailboxes.get(agentId) === act) mailboxes.delete(agentId);
    });
  };

  /** Writes the watch down, and makes the pause what it says. */
  const settle = async (agentId: number) => {
    const one = watched.get(agentId);
    if (one === undefined || stopped) return;
    await savePhoneWatch(db, one.leaseId, one.watch);
    const why = suspension(one.watch);
    if (why === one.held) return;
    const answer =
      why === null
        ? await pauses.release(agentId, "phone-lost")
        : await pauses.hold(agentId, { cause: "phone-lost", reason: why });
    if (answer instanceof Refusal && answer.code === "session.none") return;
    if (answer instanceof Refusal) throw new Error(answer.title);
    const was = one.held;
    one.held = why;
    if (why !== null && was !== null) return;
    const facts = { telephoneId: one.telephoneId, why: why ?? was, flaps: one.watch.line.flaps };
    log.info({ agentId, ...facts }, why === null ? "an agent is offered calls again" : "an agent is suspended");
    const action = why === null ? "session.resume" : "session.suspend";
    await writeAudit(db, { actorId: null, action, subject: `agent ${agentId}`, facts, at: clock.now() });
    // What changed meanwhile has come too late for this round.
    if (suspension(one.watch) !== one.held) post(agentId, () => settle(agentId));
  };

  const plan = (agentId: number, one: Watched) => {
    cancel(timers, agentId);
    const { dueAt } = one.watch.line;
    if (dueAt === null || !linked || stopped) return;
    const due = () => {
      timers.delete(agentId);
      lineEvent(agentId, "due", null);
    };
    timers.set(agentId, clock.after(Math.max(dueAt.getTime() - clock.now().getTime(), 0), due));
  };
  const put = (agentId: number, one: Watched, watch: PhoneWatch) => {
    if (watch === one.watch) return;
    const before = signalOf(one.watch);
    one.watch = watch;
    plan(agentId, one);
    post(agentId, () => settle(agentId));
    const after = signalOf(watch);
    if (JSON.stringify(before) !== JSON.stringify(after)) hub.publish({ type: "session.changed", agentId });
  };
  const lineEvent = (agentId: number, event: LineEvent, why: LineWhy | null) => {
    const one = watched.get(agentId);
    if (one === undefined) return;
    put(agentId, one, { ...one.watch, line: nextLine(one.watch.line, event, why, clock.now(), rule()) });
  };

  /** Brings the line to what the telephone system says of the telephone now. */
  const look = (agentId: number, one: Watched) => {
    if (!linked || !registration.isKnown()) return;
    const { state } = one.watch.line;
    const contact = registration.contact(one.endpoint);
    if (contact?.registered === true) {
      if (state === "doubtful" || state === "lost") lineEvent(agentId, "seen", null);
    } else {
      const why = contact === null || contact.address === null ? "not-registered" : "unreachable";
      if (state !== "lost" || one.watch.line.why !== why) lineEvent(agentId, "gone", why);
    }
  };
  const lookAtAll = () => {
    for (const [agentId, one] of watched) {
      look(agentId, one);
      if (!catchingUp) continue;
      const line = afterSilence(one.watch.line, clock.now(), rule(), AFTER_LINK_MS);
      if (line !== one.watch.line) put(agentId, one, { ...one.watch, line });
    }
    catchingUp = false;
  };

  const settled = async () => {
    while (mailboxes.size > 0) await Promise.all(mailboxes.values());
  };
  const forget = (agentId: number) => {
    const one = watched.get(agentId);
    cancel(timers, agentId);
    cancel(retries, agentId);
    watched.delete(agentId);
    if (one !== undefined && byEndpoint.get(one.endpoint) === agentId) byEndpoint.delete(one.endpoint);
  };
  /** Takes a session as it is now: a new one, another telephone, or the same with other causes. */
  const take = async (open: OpenSession, find: (leaseId: number) => Promise<PhoneWatch> | PhoneWatch) => {
    const { agentId, telephone, lease } = open;
    const cause = open.causes.find((each) => each.cause === "phone-lost");
    const held = cause === undefined ? null : (cause.reason ?? "not-registered");
    const known = watched.get(agentId);
    if (known?.leaseId === lease.id) {
      known.held = held;
      if (suspension(known.watch) !== held) await settle(agentId);
      return;
    }
    const watch = await find(lease.id);
    if (stopped) return;
    forget(agentId);
    const one = { leaseId: lease.id, telephoneId: telephone.id, endpoint: telephone.endpoint, watch, held };
    watched.set(agentId, one);
    byEndpoint.set(telephone.endpoint, agentId);
    plan(agentId, one);
    look(agentId, one);
    if (suspension(one.watch) !== held) await settle(agentId);
  };
  const reread = async (agentId: number) => {
    const open = await findOpenSession(db, agentId);
    if (open === null) forget(agentId);
    else if (!stopped) await take(open, (leaseId) => findPhoneWatch(db, leaseId));
  };

  const legEnded = (channelId: string, outcome: Extract<TelephonyEvent, { type: "leg.ended" }>["outcome"]) => {
    const leg = legs.get(channelId);
    legs.delete(channelId);
    const agentId = leg === undefined ? undefined : byEndpoint.get(leg.endpoint);
    const one = agentId === undefined ? undefined : watched.get(agentId);
    if (leg === undefined || outcome === undefined || agentId === undefined || one === undefined) return;
    // A network or a trunk that fails says nothing about a line at which nothing registers.
    if (outcome === "failed" && isRemoteEndpoint(leg.endpoint)) return;
    put(agentId, one, afterLeg(one.watch, { outcome, ofQueue: leg.ofQueue }, clock.now(), rule()));
    // Registered all the same: it has to prove itself.
    look(agentId, one);
  };

  return {
    async start() {
      stopped = false;
      linked = telephony.status === "up";
      await deleteOldPhoneWatches(db);
      stops = [
        registration.onRegistration((endpoint) => {
          if (endpoint === null) return lookAtAll();
          const agentId = byEndpoint.get(endpoint);
          const one = agentId === undefined ? undefined : watched.get(agentId);
          if (agentId !== undefined && one !== undefined) look(agentId, one);
        }),
        hub.subscribe((news) => {
          if (news.type === "session.changed") post(news.agentId, () => reread(news.agentId));
          else if (news.type === "agent.resumed") {
            const one = watched.get(news.agentId);
            if (one !== undefined) put(news.agentId, one, nextAttention(one.watch, "himself", clock.now(), rule()));
          }
        }),
      ];
      const watches = await readPhoneWatches(db);
      for (const open of await listOpenSessions(db)) {
        await take(open, (leaseId) => watches.get(leaseId) ?? GOOD_WATCH);
      }
    },
    async stop() {
      stopped = true;
      for (const stop of stops) stop();
      for (const agentId of [...watched.keys()]) forget(agentId);
      await settled();
    },
    heard(event) {
      if (event.type === "link.down") {
        // Nothing is known of any telephone now: no clock runs against anybody.
        linked = false;
        legs.clear();
        for (const agentId of watched.keys()) cancel(timers, agentId);
      } else if (event.type === "link.up") {
        linked = true;
        catchingUp = true;
      } else if (event.type === "leg.started" && event.leg.direction === "to-telephone" && legs.size < MOST_LEGS) {
        legs.set(event.leg.channelId, { endpoint: event.leg.endpoint, ofQueue: event.leg.queueId !== null });
      } else if (event.type === "leg.ended") legEnded(event.channelId, event.outcome);
    },
    signal(agentId) {
      const one = watched.get(agentId);
      return one === undefined ? GOOD_SIGNAL : signalOf(one.watch);
    },
    settled,
  };
}
