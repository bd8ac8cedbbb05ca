import type { BridgeStay, CallAsk, CallChannel } from "./call-channel.ts";
import { type CallFrame, channelEnd, endpointOf } from "./folded-call.ts";

/** A telephone that asked somebody from the desktop while its caller heard music. It is a call of its own in a call. */
export interface Consultation {
  ask: CallAsk;
  by: CallChannel;
  /** Where it stands among those of this telephone's connection, from 1. */
  index: number;
  /** Whoever was rung for it. */
  called: CallChannel[];
  answeredUs: number | null;
  /** Null: it goes on. */
  endedUs: number | null;
  /** Who was asked got the caller. */
  handedOver: boolean;
}

/** All consultations of a call, in order. */
export function consultationsOf(frame: CallFrame): Consultation[] {
  const { asks, channels, transfers } = frame.call;
  const counts = new Map<string, number>();
  return asks.flatMap((ask) => {
    const by = channels.get(ask.byChannelId);
    if (by === undefined) return [];
    const index = (counts.get(by.id) ?? 0) + 1;
    counts.set(by.id, index);
    const given = transfers.find((one) => one.byChannelId === by.id && one.atUs > ask.fromUs);
    const ends = [ask.over?.atUs, given?.atUs, channelEnd(frame, by)].filter((us) => us != null);
    const endedUs = ends.length === 0 ? null : Math.min(...ends);
    const called = [...channels.values()].filter(
      (one) =>
        one.party.kind !== "local" &&
        !one.originates &&
        // Nobody asks himself: the caller is rung back to the telephone, maybe before its line is written to be gone.
        endpointOf(one) !== endpointOf(by) &&
        one.startedUs !== null &&
        one.startedUs >= ask.fromUs &&
        (endedUs === null || one.startedUs < endedUs),
    );
    const answers = called.flatMap(({ answeredUs }) => answeredUs ?? []);
    const talked = staysWithin(by, ask.fromUs, endedUs)[0]?.fromUs ?? null;
    return {
      ...{ ask, by, index, called, endedUs },
      answeredUs: answers.length === 0 ? talked : Math.min(...answers),
      handedOver: given?.kind === "attended" && given.atUs === endedUs,
    };
  });
}

/** When it was with whom it asked, and heard. */
export const staysWithin = (by: CallChannel, fromUs: number, toUs: number | null): BridgeStay[] =>
  by.stays.filter((stay) => !stay.parked && stay.fromUs >= fromUs && (toUs === null || stay.fromUs < toUs));

/** Since when a channel that was rung to be asked talks with the caller; null where it never did. */
export function takenOverAt(asked: Consultation, channel: CallChannel): number | null {
  if (!asked.handedOver) return null;
  const first = channel.stays[0];
  return channel.stays.find((stay) => !stay.parked && stay.bridgeId !== first?.bridgeId)?.fromUs ?? null;
}
