import type { BridgeStay, CallChannel } from "./call-channel.ts";
import { type CallFrame, channelEnd } from "./folded-call.ts";

const END = Number.POSITIVE_INFINITY;

/** A time, without an end where it goes on. */
export interface Span {
  fromUs: number;
  toUs: number;
}

/** A hold that took two apart who talked. */
export interface HoldApart extends Span {
  /** The other one of them. */
  with: string[];
}

/** Two who are taken apart leave their bridge one after the other, and the hold is told of when both have. */
const TAKEN_APART_US = 100_000;

/** A hold is over when it is said to be, and the two are joined a moment later; on a busy machine that is long. */
const REJOINED_US = 2_000_000;

/** Holds are told in whole milliseconds, and may seem to begin before what they come after. */
const ROUNDED_US = 1_000;

/** When a channel had put the other side on hold. */
export function holdsOf(frame: CallFrame, id: string): Span[] {
  const hold = frame.call.holds.get(id);
  if (hold === undefined) return [];
  return hold.heldSinceUs === null ? hold.spans : [...hold.spans, { fromUs: hold.heldSinceUs, toUs: END }];
}

/** Of these the ones in which both stayed in their bridge, as a telephone's hold does. */
export function holdsInBridge(frame: CallFrame, channel: CallChannel): Span[] {
  const goesOn = (stay: BridgeStay, us: number) => stay.fromUs <= us && us + ROUNDED_US < (stay.toUs ?? END);
  return holdsOf(frame, channel.id).filter(
    ({ fromUs }) => channel.stays.some((stay) => goesOn(stay, fromUs)) || parted(channel, { fromUs }) === undefined,
  );
}

/**
 * A telephone that holds stays in the bridge with the other; the desktop takes the two apart, so that the time lies
 * between two stays of each. It is the same hold: what is here belongs to the talk of both, as a telephone's does.
 */
export function holdsApart(frame: CallFrame, channel: CallChannel): HoldApart[] {
  // Of most calls nobody was held at all.
  if ([...frame.call.holds.keys()].every((id) => holdsOf(frame, id).length === 0)) return [];
  const end = channelEnd(frame, channel) ?? END;
  const found: HoldApart[] = [];
  for (const [index, stay] of channel.stays.entries()) {
    if (stay.toUs === null || stay.parked) continue;
    const next = channel.stays[index + 1];
    const gap = { fromUs: stay.toUs, toUs: next?.fromUs ?? end };
    for (const hold of holdsOf(frame, channel.id)) {
      const held = matesOf(frame, channel, parted(channel, hold) ?? stay);
      const span = within(
        gap,
        hold,
        held.some((mate) => comesTo(mate, next)),
      );
      if (span !== null) found.push({ ...span, with: idsOf(held) });
    }
    for (const mate of matesOf(frame, channel, stay)) {
      const mateEnd = channelEnd(frame, mate) ?? END;
      for (const hold of holdsOf(frame, mate.id)) {
        if (hold.fromUs < gap.fromUs - TAKEN_APART_US) continue;
        const span = within(gap, { fromUs: hold.fromUs, toUs: Math.min(hold.toUs, mateEnd) }, comesTo(mate, next));
        if (span !== null) found.push({ ...span, with: [mate.id] });
      }
    }
  }
  return found;
}

/** The stay that a hold ended: after it may come another, with somebody who is asked meanwhile. */
const parted = (channel: CallChannel, hold: Pick<Span, "fromUs">): BridgeStay | undefined =>
  channel.stays.findLast((stay) => stay.toUs !== null && stay.toUs <= hold.fromUs + TAKEN_APART_US);

/** Who left the same bridge together with it. */
function matesOf(frame: CallFrame, channel: CallChannel, stay: BridgeStay): CallChannel[] {
  const leftToo = (one: BridgeStay) =>
    one.bridgeId === stay.bridgeId && Math.abs((one.toUs ?? END) - (stay.toUs ?? END)) <= TAKEN_APART_US;
  return [...frame.call.channels.values()].filter((other) => other !== channel && other.stays.some(leftToo));
}

const idsOf = (channels: readonly CallChannel[]): string[] => channels.map(({ id }) => id).sort();

/** Whether it is in the bridge of that stay too. */
const comesTo = (mate: CallChannel, stay: BridgeStay | undefined): boolean =>
  stay !== undefined && mate.stays.some(({ bridgeId }) => bridgeId === stay.bridgeId);

/**
 * The part of a gap that a hold covers; what is told a moment late, or ends a moment early, covers it whole. The moment
 * is longer where the two come together again: nothing else is between.
 */
function within(gap: Span, hold: Span, rejoined: boolean): Span | null {
  const fromUs = hold.fromUs <= gap.fromUs + TAKEN_APART_US ? gap.fromUs : hold.fromUs;
  const toUs = hold.toUs >= gap.toUs - (rejoined ? REJOINED_US : TAKEN_APART_US) ? gap.toUs : hold.toUs;
  return fromUs < toUs && hold.toUs > gap.fromUs ? { fromUs, toUs } : null;
}

/** How long spans are together that may overlap. */
export function lengthOf(spans: readonly Span[]): number {
  let us = 0;
  let until = Number.NEGATIVE_INFINITY;
  for (const { fromUs, toUs } of [...spans].sort((a, b) => a.fromUs - b.fromUs)) {
    us += Math.max(0, toUs - Math.max(fromUs, until));
    until = Math.max(until, toUs);
  }
  return us;
}
