import type { JournalFact } from "../telephony.ts";
import { type CallChannel, type CallChannels, gatherChannels } from "./call-channels.ts";

export type CallKind = "inbound" | "outbound" | "internal";
export type CallOutcome = "ANSWERED" | "NO ANSWER" | "BUSY" | "FAILED";
export type EndedBy = "caller" | "called" | "transfer" | "system";

export interface FoldedLeg {
  legId: string;
  endpoint: string;
  direction: "to-telephone" | "from-telephone";
  queueId: number | null;
  rangUs: number;
  answeredUs: number | null;
  endedUs: number | null;
  /** It began in another call and came over from there. */
  movedIn: boolean;
}

export interface FoldedVisit {
  id: string;
  queueId: number;
  enteredUs: number;
  leftUs: number | null;
  outcome: "answered" | "abandoned" | "timeout" | "other" | null;
}

export interface FoldedRow {
  id: string;
  legId: string | null;
  /** The telephone whose row it is; null where a call from outside reached none, or several. */
  endpoint: string | null;
  source: string;
  destination: string;
  callerId: string;
  startedUs: number;
  rangUs: number | null;
  answeredUs: number | null;
  endedUs: number | null;
  talkUs: number | null;
  holdUs: number | null;
  disposition: CallOutcome;
  queueId: number | null;
  accountCode: string | null;
  prefix: string | null;
  endedBy: EndedBy | null;
}

export interface FoldedTransfer {
  kind: "blind" | "attended";
  atUs: number;
  byEndpoint: string;
  /** The number that was dialled, or the endpoint it was joined with. */
  to: string;
}

export interface FoldedCall {
  linkedId: string;
  type: CallKind;
  startedUs: number;
  endedUs: number | null;
  endReason: "hang-up" | "asterisk-restart" | null;
  legs: FoldedLeg[];
  visits: FoldedVisit[];
  transfers: FoldedTransfer[];
  rows: FoldedRow[];
}

/** What is known of a call before its rows are made. */
interface Frame {
  call: CallChannels;
  linkedId: string;
  first: CallChannel;
  type: CallKind;
  endedUs: number | null;
  restarted: boolean;
  legs: FoldedLeg[];
}

/**
 * All facts of one linked id, in any order, to the call, its legs, its stays in queues and its Report Call rows. Null
 * when they name no channel. Pure and total: the same facts give the same rows however they were batched, repeated or
 * shuffled, so a call is simply folded again whenever a line of it arrives.
 */
export function foldCall(facts: readonly JournalFact[]): FoldedCall | null {
  const call = gatherChannels(facts);
  const linkedId = facts[0]?.linkedId;
  const first = firstChannel(call, linkedId);
  if (linkedId === undefined || first === undefined) return null;
  const end = endOf(call);
  const frame: Frame = { call, linkedId, first, type: typeOf(call, first), ...end, legs: [] };
  frame.legs = legsOf(frame);
  return {
    linkedId,
    type: frame.type,
    startedUs: call.firstUs,
    endedUs: frame.endedUs,
    endReason: frame.endedUs === null ? null : frame.restarted ? "asterisk-restart" : "hang-up",
    legs: frame.legs,
    visits: visitsOf(frame),
    transfers: call.transfers.map((one) => ({
      kind: one.kind,
      atUs: one.atUs,
      byEndpoint: endpointOf(call.channels.get(one.byChannelId)) ?? "",
      to: endpointOf(call.channels.get(one.to)) ?? one.to,
    })),
    rows: rowsOf(frame),
  };
}

/** The channel that made the call: the one it is named after, or else the earliest that is somebody's. */
function firstChannel(call: CallChannels, linkedId: string | undefined): CallChannel | undefined {
  if (linkedId === undefined) return undefined;
  const named = call.channels.get(linkedId);
  if (named !== undefined && named.party.kind !== "local") return named;
  for (const channel of call.channels.values()) {
    if (channel.party.kind === "telephone" || channel.party.kind === "trunk") return channel;
  }
  return named;
}

/** A call ends with its last channel. After a restart of the telephone system: with the last line written before. */
function endOf(call: CallChannels): { endedUs: number | null; restarted: boolean } {
  let lastUs = Number.NEGATIVE_INFINITY;
  let open = false;
  for (const channel of call.channels.values()) {
    if (channel.endedUs === null) open = true;
    else lastUs = Math.max(lastUs, channel.endedUs);
  }
  if (call.closedUs !== null) return { endedUs: Math.max(call.closedUs, lastUs), restarted: false };
  if (!open) return { endedUs: lastUs, restarted: false };
  if (call.restartUs !== null && call.restartUs > call.lastUs) return { endedUs: call.lastUs, restarted: true };
  return { endedUs: null, restarted: false };
}

function typeOf(call: CallChannels, first: CallChannel): CallKind {
  if (first.party.kind !== "telephone") return "inbound";
  const transferUs = call.transfers[0]?.atUs ?? Number.POSITIVE_INFINITY;
  for (const channel of call.channels.values()) {
    if (channel.party.kind === "trunk" && channel.firstUs < transferUs) return "outbound";
  }
  return call.prefix === null ? "internal" : "outbound";
}

function endpointOf(channel: CallChannel | undefined): string | null {
  return channel?.party.kind === "telephone" ? channel.party.endpoint : null;
}

/** When a channel ended; where its own end was not written, when the call did. */
const channelEnd = (frame: Frame, channel: CallChannel): number | null => channel.endedUs ?? frame.endedUs;

/** It went on in another call: this one is closed and it is not. */
const movedOut = (frame: Frame, channel: CallChannel): boolean =>
  channel.endedUs === null && frame.call.closedUs !== null;

function legsOf(frame: Frame): FoldedLeg[] {
  const legs: FoldedLeg[] = [];
  for (const channel of frame.call.channels.values()) {
    const endpoint = endpointOf(channel);
    if (endpoint === null || movedOut(frame, channel)) continue;
    const movedIn = channel.startedUs === null && channel.id !== frame.linkedId;
    legs.push({
      legId: channel.id,
      endpoint,
      direction: channel.originates ? "from-telephone" : "to-telephone",
      queueId: queueOf(frame.call, channel),
      rangUs: channel.firstUs,
      answeredUs: channel.answeredUs ?? (movedIn || channel.bridged ? channel.firstUs : null),
      endedUs: channelEnd(frame, channel),
      movedIn,
    });
  }
  return legs;
}

/** The queue that rang it: somebody of the call was waiting there when it began to ring. */
function queueOf(call: CallChannels, leg: CallChannel): number | null {
  if (leg.originates || leg.rungBy === "dial" || leg.startedUs === null) return null;
  const at = leg.startedUs;
  const visit = call.visits.findLast(
    (one) => one.channelId !== leg.id && one.enteredUs <= at && (one.leftUs === null || one.leftUs >= at),
  );
  return visit?.queueId ?? null;
}

function visitsOf(frame: Frame): FoldedVisit[] {
  return frame.call.visits.map((visit, index) => {
    const channel = frame.call.channels.get(visit.channelId);
    const gone = channel === undefined ? frame.endedUs : channelEnd(frame, channel);
    const lost = gone === null ? null : frame.restarted ? "other" : "abandoned";
    return {
      id: `${visit.channelId}:${index + 1}`,
      queueId: visit.queueId,
      enteredUs: visit.enteredUs,
      leftUs: visit.leftUs ?? gone,
      outcome: visit.answered ? "answered" : (visit.outcome ?? lost),
    };
  });
}

/**
 * From outside: a row for every telephone that answered, or one for the call. From a telephone: one for who called,
 * and one for every telephone that a transfer brought in.
 */
function rowsOf(frame: Frame): FoldedRow[] {
  const firstTransferUs = frame.call.transfers[0]?.atUs ?? Number.POSITIVE_INFINITY;
  const answered = frame.legs.filter(
    (leg) =>
      leg.answeredUs !== null &&
      leg.legId !== frame.first.id &&
      (frame.type === "inbound" ? leg.direction === "to-telephone" : leg.movedIn || leg.rangUs > firstTransferUs),
  );
  if (frame.type === "inbound") {
    if (answered.length > 0) return answered.map((leg, index) => legRow(frame, leg, index === 0));
    return frame.endedUs === null ? [] : [unreachedRow(frame)];
  }
  const main = callerRow(frame);
  return [...(main === null ? [] : [main]), ...answered.map((leg) => legRow(frame, leg, false))];
}

/** What all rows of a call have in common. */
function common(frame: Frame) {
  const { first, call } = frame;
  const { callerNumber, callerName } = first;
  return {
    source: callerNumber,
    destination: first.dialled,
    callerId: callerName === "" ? callerNumber : `${callerName} <${callerNumber}>`,
    accountCode: first.accountCode || null,
    prefix: frame.type === "outbound" ? call.prefix : null,
  };
}

function legRow(frame: Frame, leg: FoldedLeg, firstRow: boolean): FoldedRow {
  const channel = frame.call.channels.get(leg.legId) ?? frame.first;
  return {
    ...common(frame),
    // Its own call has a row of that name already.
    id: leg.movedIn ? `${leg.legId}@${frame.linkedId}` : leg.legId,
    legId: leg.legId,
    endpoint: leg.endpoint,
    startedUs: firstRow ? frame.call.firstUs : leg.rangUs,
    rangUs: leg.rangUs,
    answeredUs: leg.answeredUs,
    endedUs: leg.endedUs,
    talkUs: talkOf(frame, channel),
    holdUs: holdOf(frame, channel, leg.answeredUs),
    disposition: "ANSWERED",
    queueId: leg.queueId,
    endedBy: leg.endedUs === null ? null : endedBy(frame, channel, "called"),
  };
}

/** A call from outside that nobody answered. */
function unreachedRow(frame: Frame): FoldedRow {
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
function callerRow(frame: Frame): FoldedRow | null {
  const { first, call } = frame;
  let answeredUs: number | null = null;
  let alone = true;
  for (const channel of call.channels.values()) {
    if (channel === first || channel.party.kind === "local") continue;
    alone = false;
    if (channel.answeredUs !== null) answeredUs = Math.min(answeredUs ?? channel.answeredUs, channel.answeredUs);
  }
  // Feature codes and the like: the telephone system itself answered.
  if (alone && first.dialled !== "") answeredUs = first.answeredUs;
  const endedUs = channelEnd(frame, first);
  if (endedUs === null && answeredUs === null) return null;
  const talkUs = answeredUs === null ? 0 : alone && endedUs !== null ? endedUs - answeredUs : talkOf(frame, first);
  return {
    ...common(frame),
    id: first.id,
    legId: first.id,
    endpoint: endpointOf(first),
    startedUs: call.firstUs,
    rangUs: first.firstUs,
    answeredUs,
    endedUs,
    talkUs,
    holdUs: answeredUs === null ? 0 : holdOf(frame, first, answeredUs),
    disposition: answeredUs === null ? outcomeOf(first) : "ANSWERED",
    queueId: call.visits.at(-1)?.queueId ?? null,
    endedBy: endedUs === null ? null : endedBy(frame, first, "caller"),
  };
}

function talkOf(frame: Frame, channel: CallChannel): number | null {
  const end = channelEnd(frame, channel);
  if (end === null) return null;
  return channel.talkUs + (channel.bridgedSinceUs === null ? 0 : end - channel.bridgedSinceUs);
}

/** Null where nobody listened from the answer to the end: then hold is unknown, which is not the same as none. */
function holdOf(frame: Frame, channel: CallChannel, answeredUs: number | null): number | null {
  const hold = frame.call.holds.get(channel.id);
  const end = channelEnd(frame, channel);
  if (hold?.listenedFromUs == null || end === null || hold.listenedFromUs > (answeredUs ?? 0)) return null;
  return hold.heldUs + (hold.heldSinceUs === null ? 0 : Math.max(0, end - hold.heldSinceUs));
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
function endedBy(frame: Frame, channel: CallChannel, own: "caller" | "called"): EndedBy {
  const other = own === "caller" ? "called" : "caller";
  if (channel.transferredUs !== null) return "transfer";
  if (frame.restarted && channel.endedUs === null) return "system";
  if (channel.source === channel.name) return own;
  let left: EndedBy | null = null;
  for (const one of frame.call.channels.values()) {
    if (one === channel) continue;
    // It went over to another call, and left this one behind.
    if (movedOut(frame, one)) return "transfer";
    if (channel.source === one.name) return other;
    if (one.leftBridgeUs !== null && channel.leftBridgeUs !== null && one.endedUs !== null) {
      left = one.leftBridgeUs < channel.leftBridgeUs ? other : (left ?? own);
    }
  }
  if (channel.source === "" && left !== null) return left;
  // Busy: the one that was called said so, and our dial plan only passed it on.
  return own === "caller" && outcomeOf(channel) === "BUSY" ? "called" : "system";
}
