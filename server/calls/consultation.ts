import type { BridgeStay, CallAsk, CallChannel } from "./call-channel.ts";
import { type CallFrame, channelEnd, endpointOf } from "./folded-call.ts";
import { joinedByKeys, TOGETHER } from "./keys-asked.ts";

/** A telephone that asked somebody while its caller heard music. It is a call of its own in a call. */
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
  /** By keys: since when the caller is joined with the connection that called whoever was asked. */
  joinedUs: number | null;
  /** Who was asked got the caller, alone or with who asked. */
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
    // Who answers later answers the caller.
    const answers = called.flatMap(({ answeredUs: us }) =>
      us === null || (endedUs !== null && us > endedUs) ? [] : us,
    );
    // By keys it waits in a bridge for the answer.
    const talked = ask.viaChannelId === null ? (staysWithin(by, ask.fromUs, endedUs)[0]?.fromUs ?? null) : null;
    return {
      ...{ ask, by, index, called, endedUs, joinedUs: joinedByKeys(frame.call, ask) },
      answeredUs: answers.length === 0 ? talked : Math.min(...answers),
      handedOver: ask.over?.dialStatus === TOGETHER || (given?.kind === "attended" && given.atUs === endedUs),
    };
  });
}

/** When it was with whom it asked, and heard. */
export const staysWithin = (by: CallChannel, fromUs: number, toUs: number | null): BridgeStay[] =>
  by.stays.filter((stay) => !stay.parked && stay.fromUs >= fromUs && (toUs === null || stay.fromUs < toUs));

/** Since when a channel that was rung to be asked talks with the caller; null where it never did. */
export function takenOverAt(asked: Consultation, channel: CallChannel): number | null {
  if (!asked.handedOver || asked.endedUs === null) return null;
  // By keys he is joined with the caller by way of another connection, and moved only later.
  if (asked.ask.viaChannelId !== null) {
    const joinedUs = asked.ask.over?.dialStatus === TOGETHER ? null : asked.joinedUs;
    return Math.max(joinedUs ?? asked.endedUs, channel.answeredUs ?? 0);
  }
  const first = channel.stays[0];
  return channel.stays.find((stay) => !stay.parked && stay.bridgeId !== first?.bridgeId)?.fromUs ?? null;
}
