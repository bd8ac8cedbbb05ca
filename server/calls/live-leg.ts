import type { CallType, Leg, LegHand } from "../../contract/views.ts";
import type { LegStarted, LiveLegFound, TelephonyEvent } from "../telephony.ts";

/** A leg in memory: the view, and what only the server needs. */
export interface LiveLeg {
  view: Leg;
  endpoint: string;
  /** Who held the telephone when it rang, or whose it is; null: nobody sees it. */
  agentId: number | null;
  disposed: boolean;
  folded: boolean;
}

/** Digits that are an internal number, or a feature code. */
const INTERNAL = /^[0-9]{2,8}$|^[*#]/;

/** What kind of call a leg is part of, as far as can be told while it begins. */
function typeOfLeg(leg: Pick<LegStarted, "direction" | "outside" | "queueId" | "other">): CallType {
  if (leg.outside === false) return "internal";
  if (leg.direction === "to-telephone") return leg.outside || leg.queueId !== null ? "inbound" : "internal";
  return leg.outside || !INTERNAL.test(leg.other.number) ? "outbound" : "internal";
}

/** A leg as it begins, or as it is found. */
export function viewOfLeg(
  leg: LegStarted & Partial<LiveLegFound>,
  telephoneId: number,
  queueName: (queueId: number) => string,
): Leg {
  const { answeredAt = null, held = false, putBy = false } = leg;
  const waiting = leg.direction === "to-telephone" ? "ringing" : "dialling";
  return {
    legId: leg.channelId,
    linkedId: leg.linkedId,
    telephoneId,
    type: typeOfLeg(leg),
    state: answeredAt === null ? waiting : held ? "held" : "talking",
    number: leg.other.number,
    name: leg.other.name,
    contact: null,
    queue: leg.queueId === null ? null : { id: leg.queueId, name: queueName(leg.queueId) },
    startedAt: leg.at.toISOString(),
    answeredAt: answeredAt?.toISOString() ?? null,
    endedAt: null,
    hand: held ? { heldBy: putBy ? "desktop" : "telephone", asks: null, asked: null } : null,
  };
}

type HandEvent = Extract<TelephonyEvent, { type: "leg.held" | "leg.asks" }>;

/** What is done with a leg after an event, and its state. */
export function handAfter(leg: Leg, event: HandEvent): Pick<Leg, "state" | "hand"> {
  const before = leg.hand ?? { heldBy: null, asks: null, asked: null };
  if (event.type === "leg.held") {
    const heldBy = event.held ? (event.putBy === true ? "desktop" : "telephone") : null;
    return { state: event.held ? "held" : "talking", hand: handOf({ ...before, heldBy }) };
  }
  const { asks, ended } = event;
  if (asks !== null) {
    const name = before.asks?.to === asks.to ? before.asks.name : "";
    return { state: leg.state, hand: { ...before, asks: { ...asks, name }, asked: null } };
  }
  const asked =
    before.asks === null || ended === undefined ? null : { to: before.asks.to, name: before.asks.name, ended };
  return { state: leg.state, hand: handOf({ ...before, asks: null, asked }) };
}

const handOf = (hand: LegHand): LegHand | null =>
  hand.heldBy === null && hand.asks === null && hand.asked === null ? null : hand;

/**
 * Whether a leg can leave the screen. One that was never answered goes when it ends; an internal one when the journal
 * knows it; any other when it has been disposed.
 */
export function isDone(leg: LiveLeg): boolean {
  if (leg.view.state !== "ended") return false;
  if (leg.view.answeredAt === null || leg.disposed) return true;
  return leg.view.type === "internal" && leg.folded;
}
