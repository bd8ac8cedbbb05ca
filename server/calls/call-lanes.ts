import type { BridgeStay, CallChannel } from "./call-channel.ts";
import {
  type CallFrame,
  channelEnd,
  endpointOf,
  type FoldedLane,
  type LaneKind,
  type LaneSpan,
} from "./folded-call.ts";
import { holdsApart, holdsInBridge, holdsOf, type Span } from "./hold-apart.ts";
import { aloneByKeys, asksByKeys } from "./keys-asked.ts";

const END = Number.POSITIVE_INFINITY;

/** Two who talk come into their bridge, and leave it, one just after the other: no span of its own. */
const HAND_OVER_US = 5_000;

/** Every party of a call and what it did when. Connections that only join two others are no parties. Pure. */
export function lanesOf(frame: CallFrame): FoldedLane[] {
  const lanes: FoldedLane[] = [];
  for (const channel of frame.call.channels.values()) {
    if (channel.party.kind !== "telephone" && channel.party.kind !== "trunk") continue;
    lanes.push({
      id: channel.id,
      endpoint: endpointOf(channel),
      number: channel.originates || channel.dialled === "" ? channel.callerNumber : channel.dialled,
      name: channel.callerName,
      fromUs: channel.firstUs,
      toUs: channelEnd(frame, channel),
      spans: spansOf(frame, channel),
    });
  }
  return lanes.sort((a, b) => a.fromUs - b.fromUs || (a.id < b.id ? -1 : 1));
}

/**
 * Alone in a bridge is held too, where a telephone asks somebody by keys.
 *
 * | in a bridge          | taken apart by a hold | in a queue | else, before the answer          | else  |
 * |----------------------|-----------------------|------------|----------------------------------|-------|
 * | talked, held, parked | held                  | waited     | rang, or dialled where it called | alone |
 *
 * Cut wherever any of these begins or ends, and wherever somebody comes or goes; neighbours that are the same become
 * one span.
 */
function spansOf(frame: CallFrame, channel: CallChannel): LaneSpan[] {
  const end = channelEnd(frame, channel) ?? END;
  const waits = frame.call.visits
    .filter((visit) => visit.channelId === channel.id)
    .map((visit) => ({ fromUs: visit.enteredUs, toUs: visit.leftUs ?? end, queueId: visit.queueId }));
  const connected = firstConnected(frame, channel);
  const cuts = new Set([channel.firstUs, end, Math.min(connected, end)]);
  if (frame.backUs !== null && channel === frame.first) cuts.add(frame.backUs);
  for (const wait of waits) cuts.add(wait.fromUs).add(wait.toUs);
  const apart = holdsApart(frame, channel);
  for (const hold of apart) cuts.add(hold.fromUs).add(hold.toUs);
  // Stays and holds of others too: they decide with whom it talks.
  if (channel.stays.length > 0) {
    for (const other of frame.call.channels.values()) {
      for (const stay of other.stays) cuts.add(stay.fromUs).add(stay.toUs ?? end);
      for (const hold of holdsOf(frame, other.id)) cuts.add(hold.fromUs).add(hold.toUs);
    }
  }
  const spans: LaneSpan[] = [];
  const instants = [...cuts].filter((us) => us >= channel.firstUs && us <= end).sort((a, b) => a - b);
  for (let index = 1; index < instants.length; index += 1) {
    const segment = { fromUs: instants[index - 1] ?? 0, toUs: instants[index] ?? 0 };
    const stay = channel.stays.find((one) => covers({ fromUs: one.fromUs, toUs: one.toUs ?? end }, segment));
    const wait = stay === undefined ? waits.find((one) => covers(one, segment)) : undefined;
    const parting = stay === undefined ? apart.find((one) => covers(one, segment)) : undefined;
    const others =
      stay === undefined || stay.parked ? (parting?.with ?? []) : companions(frame, channel, stay, segment);
    const alone =
      stay === undefined || stay.parked || others.length > 0 ? null : aloneByKeys(frame.call, channel, stay, segment);
    let kind: LaneKind = segment.fromUs < connected ? (channel.originates ? "dialled" : "rang") : "alone";
    if (alone !== null) kind = alone.kind;
    else if (stay !== undefined && channel === frame.first && segment.fromUs < (frame.backUs ?? 0)) kind = "dialled";
    else if (stay !== undefined)
      kind = stay.parked ? "parked" : held(frame, channel, others, segment) ? "held" : "talked";
    else if (parting !== undefined) kind = "held";
    else if (wait !== undefined) kind = "waited";
    put(spans, {
      kind,
      fromUs: segment.fromUs,
      toUs: segment.toUs === END ? null : segment.toUs,
      with: alone?.with ?? others,
      queueId: wait?.queueId ?? null,
    });
  }
  return spans;
}

/** Puts a span behind the others, or into the last where it is the same. */
function put(spans: LaneSpan[], span: LaneSpan): void {
  const last = spans.at(-1);
  const lengthUs = (one: LaneSpan) => (one.toUs ?? END) - one.fromUs;
  const alike = last?.kind === span.kind && last.queueId === span.queueId;
  const same = alike && last.with.join() === span.with.join();
  const brief = alike && (Math.min(lengthUs(last), lengthUs(span)) < HAND_OVER_US || span.with.length === 0);
  if (last === undefined || !(same || brief)) {
    spans.push(span);
    return;
  }
  if (last.with.length === 0 || (span.with.length > 0 && lengthUs(span) > lengthUs(last))) last.with = span.with;
  last.toUs = span.toUs;
}

const covers = (span: Span, segment: Span): boolean => span.fromUs <= segment.fromUs && segment.toUs <= span.toUs;

/** When it first got through to somebody: its answer, or of one that called the first bridge, queue or room. */
function firstConnected(frame: CallFrame, channel: CallChannel): number {
  if (!channel.originates) return channel.answeredUs ?? channel.stays[0]?.fromUs ?? END;
  // A telephone that calls hears the answer when the other side has given it.
  const alone = ![...frame.call.channels.values()].some((one) => one !== channel && one.party.kind !== "local");
  return alone ? (channel.answeredUs ?? END) : (channel.stays[0]?.fromUs ?? END);
}

/** Somebody of two had put the other on hold. Of several who talk, holding takes away only the one who does. */
function held(frame: CallFrame, channel: CallChannel, others: readonly string[], segment: Span): boolean {
  const other = others.length === 1 ? frame.call.channels.get(others[0] ?? "") : undefined;
  const holders = other === undefined ? [channel] : [channel, other];
  return holders.some(
    (one) => !asksByKeys(frame.call, one, segment) && holdsInBridge(frame, one).some((hold) => covers(hold, segment)),
  );
}

/** Who else is in that bridge all the time, also behind connections that only join two bridges. */
function companions(frame: CallFrame, channel: CallChannel, stay: BridgeStay, segment: Span): string[] {
  const found = new Set<string>();
  const seen = new Set<CallChannel>([channel]);
  const isThere = (one: BridgeStay) => covers({ fromUs: one.fromUs, toUs: one.toUs ?? END }, segment);
  const look = (bridgeId: string) => {
    for (const other of frame.call.channels.values()) {
      if (seen.has(other) || !other.stays.some((one) => one.bridgeId === bridgeId && isThere(one))) continue;
      seen.add(other);
      if (other.party.kind !== "local") {
        found.add(other.id);
        continue;
      }
      const half = otherHalf(frame, other);
      if (half === undefined || seen.has(half)) continue;
      seen.add(half);
      const behind = half.stays.find(isThere);
      if (behind !== undefined) look(behind.bridgeId);
    }
  };
  look(stay.bridgeId);
  return [...found].sort();
}

/** A connection that joins two bridges has two ends: `…;1` and `…;2`. */
function otherHalf(frame: CallFrame, channel: CallChannel): CallChannel | undefined {
  const name = channel.name.endsWith(";1") ? `${channel.name.slice(0, -1)}2` : `${channel.name.slice(0, -1)}1`;
  for (const one of frame.call.channels.values()) if (one.name === name) return one;
  return undefined;
}
