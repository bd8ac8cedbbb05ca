import type { AskedFor, Session } from "../../contract/views.ts";
import { brokenConstraint, inTransaction } from "../db/pool.ts";
import { Refusal } from "../refusal.ts";
import { writeAudit } from "../staff/audit-store.ts";
import type { Actor } from "../staff/permission.ts";
import { freeAt, timeoutMsOf } from "../telephones/disconnection-timeout.ts";
import type { TelephoneFacts } from "./lease.ts";
import { findOpenSession } from "./open-session-store.ts";
import type { SessionEndingService } from "./session-ending-service.ts";
import type { SessionDeps, SessionService } from "./session-service.ts";
import { lockAgent, readStanding } from "./standing-store.ts";
import { decideAsk } from "./takeover.ts";
import { createTakeoverBook, requestOver } from "./takeover-book.ts";
import {
  findAskedFor,
  insertRequest,
  listOpenRequests,
  listOrphanedEndings,
  markRequestsSeen,
  presentRequest,
  type TakeoverRequest,
} from "./takeover-store.ts";

/** Whether the telephone changed hands now, or does when the call that goes on there has ended. */
export type Giving = "given" | "when-call-ends";

/** A telephone that somebody holds goes to another: asked for and given, or given by a supervisor. */
export interface TakeoverService {
  start(): Promise<void>;
  stop(): void;
  /** Asks the holder of a telephone for it. He answers within the time of the house, or keeps it. */
  ask(agentId: number, telephoneId: number): Promise<AskedFor | Refusal>;
  /** Takes back what he asks for, and puts the last answer aside. */
  withdraw(agentId: number): Promise<undefined>;
  /** The holder's answer. */
  answer(agentId: number, requestId: number, answer: "give" | "keep"): Promise<Giving | "kept" | Refusal>;
  /** A supervisor gives the telephone to an agent, or to the one who asks for it. Written to the audit log. */
  give(actor: Actor, telephoneId: number, agentId: number | null): Promise<Giving | Refusal>;
  /** Who asks an agent for his telephone and waits for his answer. */
  askedOf(holderId: number): Session["takeoverRequest"];
  /** What an agent asked for, and what came of it. */
  askedFor(agentId: number): Promise<AskedFor | null>;
}

/** So long an answer is shown to who asked, unless he puts it aside. */
const ANSWER_SHOWN_MS = 5 * 60_000;

/** Builds the service; `start` takes up the requests that stand. */
export function createTakeoverService(
  deps: SessionDeps & {
    sessions: Pick<SessionService, "login" | "move">;
    endings: Pick<SessionEndingService, "endWithCall" | "goOn">;
  },
): TakeoverService {
  const { db, clock, hub, log, registration, desktops, settings, sessions, endings } = deps;
  const book = createTakeoverBook(deps);
  const { advance, inOrder, inBackground } = book;
  let stops: (() => void)[] = [];

  const fellThrough = async (request: TakeoverRequest) => {
    await advance(request, "fell-through");
    await endings.goOn(request.holder.id, request.holderSessionId, "taken-over");
  };

  /** Seats who asked, in the instant in which the holder is put out. */
  const seat = async ({ asker, askerWatched, holder, holderSessionId, telephone }: TakeoverRequest) => {
    const session = await findOpenSession(db, asker.id);
    // Perch was stopped between the seating and its writing down.
    if (session?.telephone.id === telephone.id) return session;
    if (askerWatched && !desktops.connected(asker.id)) return requestOver(`${asker.name} has gone.`);
    const wish = { telephoneId: telephone.id, givenBy: { agentId: holder.id, sessionId: holderSessionId } };
    return session === null ? sessions.login(asker.id, wish) : sessions.move(asker.id, wish);
  };
  const handOver = async (request: TakeoverRequest): Promise<Giving | Refusal> => {
    const answer = await seat(request);
    if (!(answer instanceof Refusal)) {
      log.info(
        { telephoneId: request.telephone.id, from: request.holder.id, to: request.asker.id },
        "a telephone was given",
      );
      await advance(request, "hand-over");
      return "given";
    }
    // Nothing can be said to the telephone system now: the request stands, and is looked at again at its return.
    if (answer.code === "telephony.unavailable" || answer.code === "request.too-many") return answer;
    if (answer.code === "telephone.on-call" && (await waitForCall(request))) return "when-call-ends";
    await fellThrough(request);
    return answer;
  };
  const waitForCall = async (request: TakeoverRequest): Promise<boolean> => {
    const { holder, holderSessionId, asker } = request;
    if ((await endings.endWithCall(holder.id, holderSessionId, "taken-over", asker.id)) !== true) return false;
    await advance(request, "give-on-call");
    return true;
  };
  const giveNow = async (request: TakeoverRequest): Promise<Giving | Refusal> => {
    const talks = registration.onCall(request.telephone.endpoint);
    return talks && (await waitForCall(request)) ? "when-call-ends" : handOver(request);
  };

  /** A telephone with its holder, as deciding needs it. */
  const telephoneFacts = async (telephoneId: number): Promise<TelephoneFacts | "unknown"> => {
    const [standing] = await readStanding(db, { id: telephoneId });
    if (standing === undefined) return "unknown";
    const { endpoint, holder } = standing;
    const free = freeAt(holder?.unattendedSince ?? null, timeoutMsOf(settings.current()));
    return {
      ...standing,
      registered: registration.registered(endpoint),
      onCall: registration.onCall(endpoint),
      holder: holder === null ? null : { ...holder, freeAt: free },
    };
  };
  /** `byForce`: the holder is not asked, so it does not matter where he is. */
  const request = async (askerId: number, telephoneId: number, byForce: number | null) => {
    const agent = await inTransaction(db, (tx) => lockAgent(tx, askerId));
    if (agent === null) return new Refusal("session.not-an-agent", "Only agents sit at telephones.");
    const telephone = await telephoneFacts(telephoneId);
    const holder = telephone === "unknown" ? null : telephone.holder;
    const [mine, theirs] = await Promise.all([askerId, holder?.agentId ?? 0].map((id) => findOpenSession(db, id)));
    const present = theirs?.desktopSeenAt !== null || desktops.connected(holder?.agentId ?? 0);
    const asking = book.find(({ asker }) => asker.id === askerId);
    const now = clock.now();
    const decided = decideAsk({
      agent,
      allowed: byForce !== null || settings.current().takeoverByAsking,
      onCall: mine !== undefined && mine !== null && registration.onCall(mine.telephone.endpoint),
      telephone:
        telephone === "unknown" || holder === null || byForce === null
          ? telephone
          : { ...telephone, holder: { ...holder, unattendedSince: null } },
      holderWithoutDesktop: byForce === null && !present,
      asking: asking === null ? null : { telephoneName: asking.telephone.name },
      now,
      timeZone: settings.current().timeZone,
    });
    if (decided instanceof Refusal) return decided;
    if (holder === null) return requestOver("The telephone is nobody's any more.");
    try {
      const made = await insertRequest(db, {
        ...{ telephoneId, askerId, forcedBy: byForce, askedAt: now },
        holderId: holder.agentId,
        holderSessionId: holder.sessionId,
        askerWatched: desktops.connected(askerId),
        expiresAt: new Date(now.getTime() + settings.current().takeoverAnswerSeconds * 1000),
      });
      book.put(made);
      // He may have gone since he was looked at: that news came before anybody asked him.
      holderChanged(made.holder.id);
      return made;
    } catch (error) {
      if (brokenConstraint(error) === null) throw error;
      const other = book.find((one) => one.telephone.id === telephoneId)?.asker ?? null;
      return new Refusal("takeover.asked-already", `${other?.name ?? "Somebody"} has asked for it already.`, {
        ...(other === null ? {} : { askedBy: other }),
      });
    }
  };

  /** The holder logged out, moved or was put out: his telephone goes to who asked for it. */
  const holderChanged = (agentId: number) => {
    for (const { id, holder, asker } of book.all()) {
      if (holder.id === agentId) {
        inBackground(id, async (request) => {
          const session = await findOpenSession(db, agentId);
          const holds = session?.id === request.holderSessionId && session.telephone.id === request.telephone.id;
          if (!holds) await handOver(request);
        });
      }
      if (asker.id !== agentId) continue;
      inBackground(id, async (request) => {
        // He has sat down elsewhere since.
        const session = await findOpenSession(db, agentId);
        if (session !== null && session.lease.startedAt > request.askedAt) await fellThrough(request);
      });
    }
  };
  const waitingForCall = (endpoint: string | null) => {
    for (const { id, answer, telephone } of book.all()) {
      if (answer !== "when-call-ends" || (endpoint !== null && telephone.endpoint !== endpoint)) continue;
      if (registration.isKnown() && !registration.onCall(telephone.endpoint)) inBackground(id, handOver);
    }
  };

  /** Nobody waits for those telephones any more: their holders are rung again. */
  const heal = async () => {
    for (const { agentId, sessionId } of await listOrphanedEndings(db)) {
      log.warn({ agentId, sessionId }, "a telephone was to be given to nobody; its holder goes on");
      await endings.goOn(agentId, sessionId, "taken-over");
    }
  };

  return {
    async start() {
      await heal();
      for (const request of await listOpenRequests(db)) {
        book.put(request);
        holderChanged(request.holder.id);
      }
      stops = [
        registration.onIdle(waitingForCall),
        registration.onRegistration((endpoint) => {
          if (endpoint !== null) return;
          waitingForCall(null);
          // Whose holder went while nothing could be said to the telephone system.
          for (const { holder } of book.all()) holderChanged(holder.id);
          heal().catch((error: unknown) => log.warn({ err: error }, "telephones to be given could not be looked at"));
        }),
        hub.subscribe((news) => {
          if (news.type === "session.changed") holderChanged(news.agentId);
          if (news.type !== "staff.removed") return;
          for (const { id, asker } of book.all()) if (asker.id === news.staffId) inBackground(id, fellThrough);
        }),
      ];
    },
    stop() {
      for (const stop of stops) stop();
      book.clear();
    },
    async ask(agentId, telephoneId) {
      const made = await request(agentId, telephoneId, null);
      if (made instanceof Refusal) return made;
      book.tell(made);
      return presentRequest(made);
    },
    async withdraw(agentId) {
      const mine = book.find(({ asker }) => asker.id === agentId);
      if (mine !== null) {
        await inOrder(mine.id, async (one) => {
          await advance(one, "withdrawn");
          await endings.goOn(one.holder.id, one.holderSessionId, "taken-over");
        });
      }
      await markRequestsSeen(db, agentId, clock.now());
      hub.publish({ type: "takeover.changed", agentId });
      return undefined;
    },
    answer: (agentId, requestId, answer) =>
      inOrder(requestId, async (one): Promise<Giving | "kept" | Refusal> => {
        if (one.holder.id !== agentId || one.answer !== "waiting") return requestOver();
        if (answer === "give") return giveNow(one);
        await advance(one, "keep");
        return "kept";
      }),
    async give(actor, telephoneId, agentId) {
      const standing = book.find(({ telephone }) => telephone.id === telephoneId);
      const askerId = agentId ?? standing?.asker.id ?? null;
      if (askerId === null) {
        return new Refusal("takeover.nobody-asks", "Nobody has asked for this telephone: say who is to get it.");
      }
      const facts = { agentId: askerId };
      const subject = `telephone ${telephoneId}`;
      await writeAudit(db, { actorId: actor.staffId, action: "telephone.give", subject, facts, at: clock.now() });
      if (standing !== null && standing.asker.id === askerId) return inOrder(standing.id, giveNow);
      const telephone = await telephoneFacts(telephoneId);
      if (telephone !== "unknown" && telephone.holder === null) {
        const session = await findOpenSession(db, askerId);
        const answer = await (session === null ? sessions.login : sessions.move)(askerId, { telephoneId });
        return answer instanceof Refusal ? answer : "given";
      }
      if (standing !== null) await inOrder(standing.id, (one) => advance(one, "keep"));
      const made = await request(askerId, telephoneId, actor.staffId);
      return made instanceof Refusal ? made : inOrder(made.id, giveNow);
    },
    askedOf(holderId) {
      const one = book.find(({ holder, answer }) => holder.id === holderId && answer === "waiting");
      if (one === null) return null;
      const { id, asker, askedAt, expiresAt } = one;
      return { id, by: asker, askedAt: askedAt.toISOString(), expiresAt: expiresAt.toISOString() };
    },
    askedFor: (agentId) => findAskedFor(db, agentId, new Date(clock.now().getTime() - ANSWER_SHOWN_MS)),
  };
}
