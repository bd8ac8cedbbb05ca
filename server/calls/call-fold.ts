import { takesOver } from "../feature-code.ts";
import type { JournalFact } from "../journal.ts";
import { isStarCode } from "../star-code.ts";
import type { CallChannel, CallChannels } from "./call-channel.ts";
import { gatherChannels } from "./call-channels.ts";
import { lanesOf } from "./call-lanes.ts";
import { rowsOf } from "./call-rows.ts";
import {
  type CallFrame,
  type CallKind,
  channelEnd,
  endpointOf,
  type FoldedCall,
  type FoldedLane,
  type FoldedLeg,
  type FoldedMove,
  type FoldedVisit,
  movedOut,
} from "./folded-call.ts";

/**
 * All facts of one linked id, in any order, to the call, its legs, its stays in queues and its Report Call rows. Null
 * when they name no channel, or are of a test call, of a star code or of a code that took over another call. Pure and
 * total: the same facts give the same rows however they were batched, repeated or shuffled, so a call is simply folded
 * again whenever a line of it arrives.
 */
export function foldCall(facts: readonly JournalFact[]): FoldedCall | null {
  const frame = frameOf(facts);
  if (frame === null) return null;
  const { call, endedUs } = frame;
  return {
    linkedId: frame.linkedId,
    type: frame.type,
    startedUs: call.firstUs,
    endedUs,
    endReason: endedUs === null ? null : frame.restarted ? "asterisk-restart" : "hang-up",
    legs: frame.legs,
    moves: movesOf(frame),
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

/** The same facts as a picture: every party of the call and what it did when. Pure and total, as the rows are. */
export function foldLanes(facts: readonly JournalFact[]): FoldedLane[] {
  const frame = frameOf(facts);
  return frame === null ? [] : lanesOf(frame);
}

function frameOf(facts: readonly JournalFact[]): CallFrame | null {
  // A telephone that is tried out: nobody's call.
  if (facts.some(({ extra }) => extra.test !== undefined)) return null;
  const call = gatherChannels(facts);
  const linkedId = facts[0]?.linkedId;
  // A place that is kept in a queue is a call once somebody has taken it: his, who calls back.
  if (call.calledBack?.takenBy === null) return null;
  const taker = call.channels.get(call.calledBack?.takenBy ?? "");
  const first = taker ?? firstChannel(call, linkedId);
  if (linkedId === undefined || first === undefined) return null;
  if (first.party.kind === "telephone") {
    // Somebody says something about himself, or takes over a call that is somewhere else: no call of its own.
    if (isStarCode(first.dialled) || takesOver(first.dialled)) return null;
  }
  const type = taker === undefined ? typeOf(call, first) : "outbound";
  const backUs = taker === undefined ? null : reachedAt(call);
  const frame: CallFrame = { call, linkedId, first, type, ...endOf(call), legs: [], backUs };
  // Rung to be joined with a caller whom it had sent on and whom nobody took: what comes of it stands in his call.
  if (first.rungToDial && first.dialled === "" && frame.endedUs !== null) return null;
  frame.legs = legsOf(frame);
  return frame;
}

/** When somebody who is called back answered: the first outside who does. Infinite: not yet, or never. */
function reachedAt(call: CallChannels): number {
  let reachedUs = Number.POSITIVE_INFINITY;
  for (const { party, answeredUs } of call.channels.values()) {
    if (party.kind === "trunk" && answeredUs !== null) reachedUs = Math.min(reachedUs, answeredUs);
  }
  return reachedUs;
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

/**
 * A call ends with its last channel. After a restart of the telephone system: with the last line written before. A
 * number outside may stay on the line when everybody has gone, to be asked for the outcome: the call is over by then.
 */
function endOf(call: CallChannels): { endedUs: number | null; restarted: boolean } {
  let lastUs = Number.NEGATIVE_INFINITY;
  let open = false;
  let waysOut = 0;
  for (const channel of call.channels.values()) {
    if (channel.wayOut) waysOut += 1;
    else if (channel.endedUs === null) open = true;
    else lastUs = Math.max(lastUs, channel.endedUs);
  }
  if (waysOut > 0 && !open && lastUs > call.firstUs) return { endedUs: lastUs, restarted: false };
  if (call.closedUs !== null) return { endedUs: Math.max(call.closedUs, lastUs), restarted: false };
  if (!open) return { endedUs: lastUs, restarted: false };
  if (call.restartUs !== null && call.restartUs > call.lastUs) return { endedUs: call.lastUs, restarted: true };
  return { endedUs: null, restarted: false };
}

function typeOf(call: CallChannels, first: CallChannel): CallKind {
  if (first.party.kind !== "telephone") return "inbound";
  // Whom it was handed to, or who was asked meanwhile, is not whom it was made to.
  const [transferUs, askUs] = [call.transfers[0]?.atUs, call.asks[0]?.fromUs];
  const untilUs = Math.min(transferUs ?? Number.POSITIVE_INFINITY, askUs ?? Number.POSITIVE_INFINITY);
  for (const channel of call.channels.values()) {
    // One that came over from another call was not called in this one.
    const called = channel.startedUs !== null && channel.startedUs < untilUs;
    if (called && channel.party.kind === "trunk") return "outbound";
  }
  // Never picked up, so that no route was taken: internal numbers have up to eight digits.
  const unpicked = first.rungToDial && first.answeredUs === null && !/^[0-9*#]{1,8}$/.test(first.dialled);
  return call.prefix === null && !unpicked ? "internal" : "outbound";
}

function legsOf(frame: CallFrame): FoldedLeg[] {
  const legs: FoldedLeg[] = [];
  for (const channel of frame.call.channels.values()) {
    const endpoint = endpointOf(channel);
    if (endpoint === null || movedOut(frame, channel)) continue;
    const movedIn = cameOver(frame, channel);
    legs.push({
      legId: channel.id,
      endpoint,
      direction: channel.originates ? "from-telephone" : "to-telephone",
      queueId: queueOf(frame.call, channel),
      rangUs: channel.firstUs,
      answeredUs: channel.answeredUs ?? (movedIn || channel.stays.length > 0 ? channel.firstUs : null),
      endedUs: channelEnd(frame, channel),
      movedIn,
    });
  }
  return legs;
}

const cameOver = ({ linkedId }: CallFrame, channel: CallChannel): boolean =>
  channel.startedUs === null && channel.id !== linkedId;

function movesOf(frame: CallFrame): FoldedMove[] {
  const moves: FoldedMove[] = [];
  for (const channel of frame.call.channels.values()) {
    const somebody = channel.party.kind === "telephone" || channel.party.kind === "trunk";
    if (somebody && cameOver(frame, channel)) moves.push({ channelId: channel.id, atUs: channel.firstUs });
  }
  return moves;
}

/** The queue that rang it: somebody of the call was waiting there when it began to ring. */
function queueOf(call: CallChannels, leg: CallChannel): number | null {
  const rung = leg.pickedUp === null ? undefined : call.channels.get(leg.pickedUp);
  if (rung !== undefined && rung !== leg) return queueOf(call, rung);
  if (leg.originates || leg.rungBy === "dial" || leg.startedUs === null) return null;
  const at = leg.startedUs;
  const visit = call.visits.findLast(
    (one) => one.channelId !== leg.id && one.enteredUs <= at && (one.leftUs === null || one.leftUs >= at),
  );
  return visit?.queueId ?? null;
}

function visitsOf(frame: CallFrame): FoldedVisit[] {
  return frame.call.visits.map((visit, index) => {
    const channel = frame.call.channels.get(visit.channelId);
    const gone = channel === undefined ? frame.endedUs : channelEnd(frame, channel);
    const lost = gone === null ? null : frame.restarted ? "other" : "abandoned";
    // Of a place that was kept: whether he talked for whom it was kept.
    const inVain = frame.backUs === Number.POSITIVE_INFINITY ? (frame.endedUs === null ? null : "other") : "answered";
    return {
      id: `${visit.channelId}:${index + 1}`,
      queueId: visit.queueId,
      enteredUs: visit.enteredUs,
      leftUs: visit.leftUs ?? gone,
      outcome: visit.answered ? inVain : (visit.outcome ?? lost),
      askedBack: visit.askedBack,
    };
  });
}
