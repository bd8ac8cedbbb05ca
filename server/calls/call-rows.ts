import type { CallChannel, CallChannels } from "./call-channel.ts";
import { type Consultation, consultationsOf, takenOverAt } from "./consultation.ts";
import { consultationRow } from "./consultation-row.ts";
import {
  type CallFrame,
  type CallOutcome,
  channelEnd,
  type EndedBy,
  endpointOf,
  type FoldedLeg,
  type FoldedRow,
  movedOut,
} from "./folded-call.ts";
import { holdsApart, holdsOf, lengthOf } from "./hold-apart.ts";

/**
 * From outside: a row for every telephone that answered, or one for the call. From a telephone: one for who called,
 * and one for every telephone that a transfer brought in. A consultation from the desktop is a call of the telephone
 * that asked, as it is where it is made on a second line; whoever was asked has a row once he got the caller.
 */
export function rowsOf(frame: CallFrame): FoldedRow[] {
  const asked = consultationsOf(frame);
  const of = new Map(asked.flatMap((one) => one.called.map(({ id }): [string, Consultation] => [id, one])));
  return [...partyRows(frame, of), ...asked.flatMap((one) => consultationRow(one) ?? [])];
}

function partyRows(frame: CallFrame, asked: ReadonlyMap<string, Consultation>): FoldedRow[] {
  const firstTransferUs = frame.call.transfers[0]?.atUs ?? Number.POSITIVE_INFINITY;
  const targets = new Set(frame.call.transfers.map(({ to }) => to));
  const answered = frame.legs.filter(
    (leg) =>
      leg.answeredUs !== null &&
      leg.legId !== frame.first.id &&
      (asked.get(leg.legId)?.handedOver ?? true) &&
      (frame.type === "inbound"
        ? leg.direction === "to-telephone"
        : // Who takes over a call that rings is who was called.
          (leg.movedIn && frame.call.channels.get(leg.legId)?.pickedUp == null) ||
          leg.rangUs > firstTransferUs ||
          asked.get(leg.legId)?.handedOver === true ||
          targets.has(leg.legId)),
  );
  if (frame.type === "inbound") {
    if (answered.length > 0) return answered.map((leg, index) => legRow(frame, leg, index === 0, asked.get(leg.legId)));
    return frame.endedUs === null ? [] : [unreachedRow(frame)];
  }
  const main = callerRow(frame);
  return [...(main === null ? [] : [main]), ...answered.map((leg) => legRow(frame, leg, false, asked.get(leg.legId)))];
}

/** What all rows of a call have in common. */
function common(frame: CallFrame) {
  const { first, call } = frame;
  const { callerNumber, callerName } = first;
  return {
    type: frame.type,
    source: callerNumber,
    destination: first.dialled,
    callerId: callerName === "" ? callerNumber : `${callerName} <${callerNumber}>`,
    accountCode: first.accountCode || null,
    prefix: frame.type === "outbound" ? call.prefix : null,
  };
}

function legRow(frame: CallFrame, leg: FoldedLeg, firstRow: boolean, asked: Consultation | undefined): FoldedRow {
  const channel = frame.call.channels.get(leg.legId) ?? frame.first;
  // Who was asked first and then got the caller is in this call from then on.
  const takenUs = asked === undefined ? null : takenOverAt(asked, channel);
  const answeredUs = takenUs ?? leg.answeredUs;
  const rangUs = takenUs ?? leg.rangUs;
  return {
    ...common(frame),
    // Its own call has a row of that name already.
    id: leg.movedIn ? `${leg.legId}@${frame.linkedId}` : leg.legId,
    legId: leg.legId,
    endpoint: leg.endpoint,
    startedUs: firstRow ? frame.call.firstUs : rangUs,
    ...{ rangUs, answeredUs },
    endedUs: leg.endedUs,
    talkUs: talkOf(frame, channel, takenUs ?? undefined),
    holdUs: holdOf(frame, channel, answeredUs),
    disposition: "ANSWERED",
    queueId: leg.queueId,
    endedBy: leg.endedUs === null ? null : endedBy(frame, channel, "called"),
  };
}

/** A call from outside that nobody answered. */
function unreachedRow(frame: CallFrame): FoldedRow {
  const { call, first } = frame;
  const rung = new Set(frame.legs.map((leg) => leg.endpoint));
  const queued = call.visits.at(-1);
  return {
    ...common(frame),
    id: first.id,
    legId: null,
    endpoint: queued === undefined && rung.size === 1 ? ([...rung][0] ?? null) : null,
    startedUs: call.firstUs,
    rangUs: frame.legs[0]?.rangUs ?? null,
    answeredUs: null,
    endedUs: frame.endedUs,
    talkUs: 0,
    holdUs: 0,
    disposition: queued === undefined ? outcomeOf(first) : "NO ANSWER",
    queueId: queued?.queueId ?? null,
    endedBy: endedBy(frame, first, "caller"),
  };
}

/** The row of a telephone that called. None while it is only dialling. */
function callerRow(frame: CallFrame): FoldedRow | null {
  const { first, call } = frame;
  let answeredUs: number | null = null;
  let alone = true;
  for (const channel of call.channels.values()) {
    if (channel === first || channel.party.kind === "local") continue;
    alone = false;
    // Whoever answers when it has gone answers somebody else, to whom it gave its place.
    const { answeredUs: us } = channel;
    if (us !== null && (first.endedUs === null || us <= first.endedUs)) answeredUs = Math.min(answeredUs ?? us, us);
  }
  // Feature codes and the like: the telephone system itself answered. A telephone that was rung to dial answered us.
  if (alone && first.dialled !== "" && !first.rungToDial) answeredUs = first.answeredUs;
  // While he is rung who is called back, there is nobody to talk with.
  const { backUs } = frame;
  if (backUs !== null) answeredUs = Number.isFinite(backUs) ? backUs : null;
  const endedUs = channelEnd(frame, first);
  if (endedUs === null && answeredUs === null) return null;
  const talkUs =
    answeredUs === null
      ? 0
      : alone && backUs === null && first.stays.length === 0 && endedUs !== null
        ? endedUs - answeredUs
        : talkOf(frame, first, backUs ?? undefined);
  return {
    ...common(frame),
    id: first.id,
    legId: first.id,
    endpoint: endpointOf(first),
    // The place was kept before by nobody.
    startedUs: backUs === null ? call.firstUs : first.firstUs,
    rangUs: first.firstUs,
    answeredUs,
    endedUs,
    talkUs,
    holdUs: answeredUs === null ? 0 : holdOf(frame, first, answeredUs),
    disposition: answeredUs === null ? unansweredOutcome(frame, alone) : "ANSWERED",
    queueId: call.visits.at(-1)?.queueId ?? null,
    endedBy: endedUs === null ? null : endedBy(frame, first, "caller"),
  };
}

/**
 * A telephone that was rung to dial and did not pick up never dialled, whatever it answered. One that dialled and for
 * which nobody was rung had a number that nobody has, even if it did not hear the voice say so to the end.
 */
function unansweredOutcome({ first, call, backUs }: CallFrame, alone: boolean): CallOutcome {
  if (backUs !== null) return outcomeOf(diallerOf(call) ?? first);
  if (first.rungToDial && first.answeredUs === null) return "NO ANSWER";
  if (alone && first.dialStatus === "" && call.visits.length === 0) return "FAILED";
  return outcomeOf(first);
}

/** The connection that dialled whoever is called back. */
const diallerOf = ({ channels, calledBack }: CallChannels): CallChannel | undefined =>
  [...channels.values()].find(({ name }) => name === `${calledBack?.place.slice(0, -1)}2`);

/** On hold or not. */
function talkOf(frame: CallFrame, channel: CallChannel, sinceUs = 0): number | null {
  const end = channelEnd(frame, channel);
  if (end === null) return null;
  const stays = channel.stays.filter(({ parked }) => !parked);
  return lengthOf([
    ...stays.map(({ fromUs, toUs }) => ({ fromUs: Math.max(fromUs, sinceUs), toUs: toUs ?? end })),
    ...holdsApart(frame, channel).map(({ fromUs, toUs }) => ({
      fromUs: Math.max(fromUs, sinceUs),
      toUs: Math.min(toUs, end),
    })),
  ]);
}

/**
 * A call to the house itself is answered in the millisecond in which it is made, and we hear of it that much later; in
 * so short a time nobody holds.
 */
const TOLD_LATE_US = 100_000;

/** Null where nobody listened from the answer to the end: then hold is unknown, which is not the same as none. */
function holdOf(frame: CallFrame, channel: CallChannel, answeredUs: number | null): number | null {
  const hold = frame.call.holds.get(channel.id);
  const end = channelEnd(frame, channel);
  if (hold?.listenedFromUs == null || end === null || hold.listenedFromUs > (answeredUs ?? 0) + TOLD_LATE_US)
    return null;
  const since = answeredUs ?? 0;
  return lengthOf(
    holdsOf(frame, channel.id).map(({ fromUs, toUs }) => ({
      fromUs: Math.max(fromUs, since),
      toUs: Math.min(toUs, end),
    })),
  );
}

/** Q.850 causes of a call that reached somebody who did not take it: normal, no reply, not there, interworking. */
const NOBODY_TOOK_IT = new Set(["", "0", "16", "18", "19", "127"]);

function outcomeOf(channel: CallChannel): CallOutcome {
  if (channel.dialStatus === "BUSY") return "BUSY";
  if (channel.dialStatus === "NOANSWER" || channel.dialStatus === "CANCEL") return "NO ANSWER";
  if (channel.dialStatus === "CHANUNAVAIL" || channel.dialStatus === "CONGESTION") return "FAILED";
  if (channel.cause === "17") return "BUSY";
  return NOBODY_TOOK_IT.has(channel.cause) ? "NO ANSWER" : "FAILED";
}

/**
 * Who ended a row's part of the call; `own` is the side the channel is on. The journal names the channel that hung up;
 * where it names none (we hung it up), the side that left the conversation first did.
 */
function endedBy(frame: CallFrame, channel: CallChannel, own: "caller" | "called"): EndedBy {
  const other = own === "caller" ? "called" : "caller";
  if (channel.transferredUs !== null) return "transfer";
  if (frame.restarted && channel.endedUs === null) return "system";
  if (channel.source === channel.name) return own;
  let left: EndedBy | null = null;
  for (const one of frame.call.channels.values()) {
    // What carries a line to the outside leaves with it, on whichever side that is.
    if (one === channel || one.party.kind === "local") continue;
    // It went over to another call, and left this one behind.
    if (movedOut(frame, one)) return "transfer";
    if (channel.source === one.name) return other;
    if (one.leftBridgeUs !== null && channel.leftBridgeUs !== null && one.endedUs !== null) {
      left = one.leftBridgeUs < channel.leftBridgeUs ? other : (left ?? own);
    }
  }
  if (channel.source === "" && left !== null) return left;
  // Whom the desktop held went: the telephone that waited for him is hung up by us.
  const heldToTheEnd = holdsApart(frame, channel).filter(({ toUs }) => toUs === channel.endedUs);
  const gone = heldToTheEnd.flatMap((hold) => hold.with.map((id) => frame.call.channels.get(id)?.endedUs));
  if (gone.some((us) => us != null && channel.endedUs !== null && us <= channel.endedUs)) return other;
  // Busy: the one that was called said so, and our dial plan only passed it on.
  return own === "caller" && outcomeOf(channel) === "BUSY" ? "called" : "system";
}
