import { brokenConstraint, inTransaction } from "../db/pool.ts";
import { Refusal } from "../refusal.ts";
import { freeAt, timeoutMsOf } from "../telephones/disconnection-timeout.ts";
import type { TelephoneFacts } from "./lease.ts";
import { findOpenSession } from "./open-session-store.ts";
import type { SessionDeps } from "./session-service.ts";
import { lockAgent, readStanding } from "./standing-store.ts";
import { decideAsk } from "./takeover.ts";
import { requestOver, type TakeoverBook } from "./takeover-book.ts";
import { insertRequest, type TakeoverRequest, writeRequest } from "./takeover-store.ts";

/** Whose telephone is asked for, for whom, and by whose word. */
export interface Asking {
  askerId: number;
  telephoneId: number;
  /** The supervisor over whose word the holder is not asked; null: the asker himself asks. */
  forcedBy: number | null;
  /** The request that this one takes the place of. It stands for as long as this one is not possible. */
  insteadOf?: TakeoverRequest;
}

/** How requests come about: decided, written, and put into the book. */
export interface TakeoverAsking {
  /** A telephone with its holder, as deciding needs it. */
  telephoneFacts(telephoneId: number): Promise<TelephoneFacts | "unknown">;
  make(asking: Asking): Promise<TakeoverRequest | Refusal>;
}

/** Builds it; it keeps nothing. */
export function createTakeoverAsking(deps: SessionDeps, book: TakeoverBook): TakeoverAsking {
  const { db, clock, registration, desktops, settings } = deps;

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

  const decide = async ({ askerId, telephoneId, forcedBy }: Asking) => {
    const agent = await inTransaction(db, (tx) => lockAgent(tx, askerId));
    if (agent === null) return new Refusal("session.not-an-agent", "Only agents sit at telephones.");
    const telephone = await telephoneFacts(telephoneId);
    const holder = telephone === "unknown" ? null : telephone.holder;
    const [mine, theirs] = await Promise.all([askerId, holder?.agentId ?? 0].map((id) => findOpenSession(db, id)));
    const present = theirs?.desktopSeenAt !== null || desktops.connected(holder?.agentId ?? 0);
    const asking = book.find(({ asker }) => asker.id === askerId);
    const decided = decideAsk({
      agent,
      allowed: forcedBy !== null || settings.current().takeoverByAsking,
      onCall: mine !== undefined && mine !== null && registration.onCall(mine.telephone.endpoint),
      telephone:
        // The holder is not asked, so it does not matter where he is.
        telephone === "unknown" || holder === null || forcedBy === null
          ? telephone
          : { ...telephone, holder: { ...holder, unattendedSince: null } },
      holderWithoutDesktop: forcedBy === null && !present,
      asking: asking === null ? null : { telephoneName: asking.telephone.name },
      now: clock.now(),
      timeZone: settings.current().timeZone,
    });
    if (decided instanceof Refusal) return decided;
    return holder ?? requestOver("The telephone is nobody's any more.");
  };

  return {
    telephoneFacts,
    async make(asking) {
      const { askerId, telephoneId, forcedBy, insteadOf } = asking;
      const holder = await decide(asking);
      if (holder instanceof Refusal) return holder;
      const now = clock.now();
      try {
        const made = await inTransaction(db, async (tx) => {
          if (insteadOf !== undefined && forcedBy !== null) {
            const instead = { by: forcedBy, to: askerId };
            await writeRequest(tx, insteadOf.id, { answer: "expired", why: "given-to-another", instead }, now);
          }
          return insertRequest(tx, {
            ...{ telephoneId, askerId, forcedBy, askedAt: now },
            holderId: holder.agentId,
            holderSessionId: holder.sessionId,
            askerWatched: desktops.connected(askerId),
            expiresAt: new Date(now.getTime() + settings.current().takeoverAnswerSeconds * 1000),
          });
        });
        if (insteadOf !== undefined) book.closed(insteadOf);
        book.put(made);
        return made;
      } catch (error) {
        if (brokenConstraint(error) === null) throw error;
        const other = book.find((one) => one.telephone.id === telephoneId)?.asker ?? null;
        return new Refusal("takeover.asked-already", `${other?.name ?? "Somebody"} has asked for it already.`, {
          ...(other === null ? {} : { askedBy: other }),
        });
      }
    },
  };
}
