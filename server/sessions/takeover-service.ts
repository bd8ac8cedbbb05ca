import type { AskedFor, Session } from "../../contract/views.ts";
import { Refusal } from "../refusal.ts";
import { writeAudit } from "../staff/audit-store.ts";
import type { Actor } from "../staff/permission.ts";
import { findOpenSession } from "./open-session-store.ts";
import { GRACE_MS, START_GRACE_MS } from "./presence-service.ts";
import type { SessionEndingService } from "./session-ending-service.ts";
import type { SessionDeps, SessionService } from "./session-service.ts";
import { type Asking, createTakeoverAsking } from "./takeover-asking.ts";
import { createTakeoverBook, requestOver } from "./takeover-book.ts";
import {
  findAskedFor,
  listOpenRequests,
  listOrphanedEndings,
  markRequestsSeen,
  presentRequest,
  type TakeoverRequest,
} from "./takeover-store.ts";

/**
 * Whether the telephone changed hands now, or does when the call that goes on there has ended, or when the desktop of
 * who asked, which is away just now, is there again.
 */
export type Giving = "given" | "when-call-ends" | "when-asker-is-back";

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
  const { db, clock, hub, log, registration, desktops, sessions, endings } = deps;
  const book = createTakeoverBook(deps);
  const { advance, inOrder, inBackground } = book;
  const asking = createTakeoverAsking(deps, book);
  /** What could be handed over, and waits for the desktop of who asked: how to stop the time that it waits. */
  const returns = new Map<number, () => void>();
  let startedAt = clock.now();
  let stops: (() => void)[] = [];

  const stopWaiting = (id: number) => {
    returns.get(id)?.();
    returns.delete(id);
  };
  const comeToNothing = async (request: TakeoverRequest, event: "withdrawn" | "away" | "fell-through") => {
    stopWaiting(request.id);
    await advance(request, event);
    await endings.goOn(request.holder.id, request.holderSessionId, "taken-over");
  };
  const fellThrough = (request: TakeoverRequest) => comeToNothing(request, "fell-through");

  /** Seats who asked, in the instant in which the holder is put out. */
  const seat = async ({ asker, askerWatched, holder, holderSessionId, telephone }: TakeoverRequest) => {
    const session = await findOpenSession(db, asker.id);
    // Perch was stopped between the seating and its writing down.
    if (session?.telephone.id === telephone.id) return session;
    if (askerWatched && !desktops.connected(asker.id)) return "away" as const;
    const wish = { telephoneId: telephone.id, givenBy: { agentId: holder.id, sessionId: holderSessionId } };
    return session === null ? sessions.login(asker.id, wish) : sessions.move(asker.id, wish);
  };
  const handOver = async (request: TakeoverRequest): Promise<Giving | Refusal> => {
    const answer = await seat(request);
    if (answer === "away") return waitForAsker(request);
    if (!(answer instanceof Refusal)) {
      stopWaiting(request.id);
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
  /** As long as a desktop may be away in a session; after a start of ours all of them have to find us again. */
  const waitForAsker = async (request: TakeoverRequest): Promise<Giving> => {
    await advance(request, "promised");
    if (!returns.has(request.id)) {
      const startMs = startedAt.getTime() + START_GRACE_MS - clock.now().getTime();
      const giveUp = () =>
        inBackground(request.id, async (one) => {
          returns.delete(one.id);
          await (desktops.connected(one.asker.id) ? handOver(one) : comeToNothing(one, "away"));
        });
      returns.set(request.id, clock.after(Math.max(GRACE_MS, startMs), giveUp));
      // He may have come back while it was written down.
      if (desktops.connected(request.asker.id)) inBackground(request.id, handOver);
    }
    return "when-asker-is-back";
  };
  const waitForCall = async (request: TakeoverRequest): Promise<boolean> => {
    const { holder, holderSessionId, asker } = request;
    if ((await endings.endWithCall(holder.id, holderSessionId, "taken-over", asker.id)) !== true) return false;
    stopWaiting(request.id);
    await advance(request, "promised");
    return true;
  };
  const giveNow = async (request: TakeoverRequest): Promise<Giving | Refusal> => {
    const talks = registration.onCall(request.telephone.endpoint);
    return talks && (await waitForCall(request)) ? "when-call-ends" : handOver(request);
  };

  const make = async (wish: Asking) => {
    const made = await asking.make(wish);
    // The holder may have gone since he was looked at: that news came before anybody asked him.
    if (!(made instanceof Refusal)) lookAtHolder(made);
    return made;
  };

  /** The holder logged out, moved or was put out: his telephone goes to who asked for it. */
  const lookAtHolder = ({ id, holder }: TakeoverRequest) =>
    inBackground(id, async (request) => {
      const session = await findOpenSession(db, holder.id);
      const holds = session?.id === request.holderSessionId && session.telephone.id === request.telephone.id;
      if (!holds) await handOver(request);
    });
  /** Who asked has sat down elsewhere since. */
  const lookAtAsker = ({ id, asker }: TakeoverRequest) =>
    inBackground(id, async (request) => {
      const session = await findOpenSession(db, asker.id);
      if (session !== null && session.lease.startedAt > request.askedAt) await fellThrough(request);
    });
  const sessionChanged = (agentId: number) => {
    for (const request of book.all()) {
      if (request.holder.id === agentId) lookAtHolder(request);
      if (request.asker.id === agentId) lookAtAsker(request);
    }
  };
  const waitingForCall = (endpoint: string | null) => {
    for (const { id, answer, telephone } of book.all()) {
      if (answer !== "when-call-ends" || (endpoint !== null && telephone.endpoint !== endpoint)) continue;
      if (registration.isKnown() && !registration.onCall(telephone.endpoint)) inBackground(id, handOver);
    }
  };

  /**
   * Nobody waits for those telephones any more: their holders are rung again. And a request whose writing was never
   * answered, because the database went away in that instant, is taken up.
   */
  const heal = async () => {
    for (const request of await listOpenRequests(db)) {
      if (book.find(({ id }) => id === request.id) !== null) continue;
      book.put(request);
      lookAtHolder(request);
    }
    for (const { agentId, sessionId } of await listOrphanedEndings(db)) {
      log.warn({ agentId, sessionId }, "a telephone was to be given to nobody; its holder goes on");
      await endings.goOn(agentId, sessionId, "taken-over");
    }
  };

  return {
    async start() {
      startedAt = clock.now();
      await heal();
      stops = [
        registration.onIdle(waitingForCall),
        registration.onRegistration((endpoint) => {
          if (endpoint !== null) return;
          waitingForCall(null);
          // Whose holder went while nothing could be said to the telephone system.
          for (const request of book.all()) lookAtHolder(request);
          heal().catch((error: unknown) => log.warn({ err: error }, "telephones to be given could not be looked at"));
        }),
        desktops.subscribe((agentId, connected) => {
          if (!connected) return;
          for (const { id, asker } of book.all()) {
            if (asker.id === agentId && returns.has(id)) inBackground(id, handOver);
          }
        }),
        hub.subscribe((news) => {
          if (news.type === "session.changed") sessionChanged(news.agentId);
          if (news.type !== "staff.removed") return;
          for (const { id, asker } of book.all()) if (asker.id === news.staffId) inBackground(id, fellThrough);
        }),
      ];
    },
    stop() {
      for (const stop of stops) stop();
      for (const id of [...returns.keys()]) stopWaiting(id);
      book.clear();
    },
    async ask(agentId, telephoneId) {
      const made = await make({ askerId: agentId, telephoneId, forcedBy: null });
      if (made instanceof Refusal) return made;
      book.tell(made);
      return presentRequest(made);
    },
    async withdraw(agentId) {
      const mine = book.find(({ asker }) => asker.id === agentId);
      if (mine !== null) {
        await inOrder(mine.id, (one) => comeToNothing(one, "withdrawn"));
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
      const telephone = await asking.telephoneFacts(telephoneId);
      if (telephone !== "unknown" && telephone.holder === null) {
        const session = await findOpenSession(db, askerId);
        const answer = await (session === null ? sessions.login : sessions.move)(askerId, { telephoneId });
        if (answer instanceof Refusal) return answer;
        const instead = { by: actor.staffId, to: askerId };
        if (standing !== null) {
          stopWaiting(standing.id);
          await inOrder(standing.id, (one) => advance(one, "redirected", instead));
        }
        return "given";
      }
      const wish = { askerId, telephoneId, forcedBy: actor.staffId };
      const takeItsPlace = async (insteadOf: TakeoverRequest) => {
        const made = await make({ ...wish, insteadOf });
        // Where this is not possible the other one stands, and goes on waiting.
        if (!(made instanceof Refusal)) stopWaiting(insteadOf.id);
        return made;
      };
      const redirected = standing === null ? null : await inOrder(standing.id, takeItsPlace);
      // It was over before its turn came: as if nobody had asked.
      const isOver = redirected === null || (redirected instanceof Refusal && redirected.code === "takeover.over");
      const made = isOver ? await make(wish) : redirected;
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
