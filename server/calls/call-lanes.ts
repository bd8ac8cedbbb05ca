import type { BridgeStay, CallChannel } from "./call-channels.ts";
import {
  type CallFrame,
  channelEnd,
  endpointOf,
  type FoldedLane,
  type LaneKind,
  type LaneSpan,
} from "./folded-call.ts";

const END = Number.POSITIVE_INFINITY;

/** A time, without an end where it goes on. */
interface Span {
  fromUs: number;
  toUs: number;
}

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
 * | in a bridge          | in a queue | else, before the answer          | else  |
 * |----------------------|------------|----------------------------------|-------|
 * | talked, held, parked | waited     | rang, or dialled where it called | alone |
 *
 * Cut wherever any of these begins or ends; neighbours of one kind become one span.
 */
function spansOf(frame: CallFrame, channel: CallChannel): LaneSpan[] {
  const end = channelEnd(frame, channel) ?? END;
  const visits = frame.call.visits.filter((visit) => visit.channelId === channel.id);
  const waits = visits.map((visit) => ({
    fromUs: visit.enteredUs,
    toUs: visit.leftUs ?? end,
    queueId: visit.queueId,
  }));
  const connected = firstConnected(frame, channel);
  const holds = channel.stays.flatMap((stay) => heldIn(frame, channel, stay, end));
  const cuts = new Set([channel.firstUs, end, Math.min(connected, end)]);
  for (const one of [...channel.stays.map((stay) => spanOf(stay, end)), ...waits, ...holds]) {
    cuts.add(one.fromUs);
    cuts.add(one.toUs);
  }
  const spans: LaneSpan[] = [];
  const instants = [...cuts].filter((us) => us >= channel.firstUs && us <= end).sort((a, b) => a - b);
  for (let index = 1; index < instants.length; index += 1) {
    const fromUs = instants[index - 1] ?? 0;
    const toUs = instants[index] ?? 0;
    const within = (span: Span) => span.fromUs <= fromUs && toUs <= span.toUs;
    const stay = channel.stays.find((one) => within(spanOf(one, end)));
    const wait = waits.find(within);
    let kind: LaneKind = fromUs < connected ? (channel.originates ? "dialled" : "rang") : "alone";
    if (stay !== undefined) kind = stay.parked ? "parked" : holds.some(within) ? "held" : "talked";
    else if (wait !== undefined) kind = "waited";
    const others = stay === undefined || stay.parked ? [] : companions(frame, channel, stay);
    const queueId = kind === "waited" ? (wait?.queueId ?? null) : null;
    const last = spans.at(-1);
    if (last?.kind === kind && last.queueId === queueId) {
      last.toUs = toUs === END ? null : toUs;
      last.with = [...new Set([...last.with, ...others])];
    } else spans.push({ kind, fromUs, toUs: toUs === END ? null : toUs, with: others, queueId });
  }
  return spans;
}

/** When it first got through to somebody: its answer, or of one that called the first bridge, queue or room. */
function firstConnected(frame: CallFrame, channel: CallChannel): number {
  if (!channel.originates) return channel.answeredUs ?? channel.stays[0]?.fromUs ?? END;
  // A telephone that calls hears the answer when the other side has given it.
  const alone = ![...frame.call.channels.values()].some((one) => one !== channel && one.party.kind !== "local");
  return alone ? (channel.answeredUs ?? END) : (channel.stays[0]?.fromUs ?? END);
}

const spanOf = (stay: BridgeStay, end: number): Span => ({ fromUs: stay.fromUs, toUs: stay.toUs ?? end });

/** When somebody of two had put the other on hold. Of several who talk, holding takes away only the one who does. */
function heldIn(frame: CallFrame, channel: CallChannel, stay: BridgeStay, end: number): Span[] {
  const others = companions(frame, channel, stay);
  const holders = others.length === 1 ? [channel.id, ...others] : [channel.id];
  const spans = holders.flatMap((id): Span[] => {
    const hold = frame.call.holds.get(id);
    if (hold === undefined) return [];
    return hold.heldSinceUs === null ? hold.spans : [...hold.spans, { fromUs: hold.heldSinceUs, toUs: end }];
  });
  const { fromUs, toUs } = spanOf(stay, end);
  return spans
    .map((span) => ({ fromUs: Math.max(span.fromUs, fromUs), toUs: Math.min(span.toUs, toUs) }))
    .filter((span) => span.fromUs < span.toUs);
}

/** Who else was in that bridge in that time, also behind connections that only join two bridges. */
function companions(frame: CallFrame, channel: CallChannel, stay: BridgeStay): string[] {
  const found = new Set<string>();
  const seen = new Set<CallChannel>([channel]);
  const look = (within: BridgeStay) => {
    for (const other of frame.call.channels.values()) {
      if (seen.has(other) || !other.stays.some((one) => together(one, within))) continue;
      seen.add(other);
      if (other.party.kind !== "local") {
        found.add(other.id);
        continue;
      }
      const half = otherHalf(frame, other);
      if (half === undefined || seen.has(half)) continue;
      seen.add(half);
      for (const behind of half.stays) if (overlap(behind, stay)) look(behind);
    }
  };
  look(stay);
  return [...found].sort();
}

const overlap = (one: BridgeStay, other: BridgeStay): boolean =>
  one.fromUs < (other.toUs ?? END) && other.fromUs < (one.toUs ?? END);

const together = (one: BridgeStay, other: BridgeStay): boolean =>
  one.bridgeId === other.bridgeId && overlap(one, other);

/** A connection that joins two bridges has two ends: `…;1` and `…;2`. */
function otherHalf(frame: CallFrame, channel: CallChannel): CallChannel | undefined {
  const name = channel.name.endsWith(";1") ? `${channel.name.slice(0, -1)}2` : `${channel.name.slice(0, -1)}1`;
  for (const one of frame.call.channels.values()) if (one.name === name) return one;
  return undefined;
}
