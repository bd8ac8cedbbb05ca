import { isStarCode } from "../star-code.ts";
import type { LegStarted, LiveLegFound, Party } from "../telephony.ts";
import type { AmiMessage } from "./ami-parser.ts";
import { HAND_CONTEXT, isRemoteDialler, isStandIn, partyOfChannel, queueIdOf } from "./names.ts";

export const STATE_UP = "6";

/** Somebody says something about himself: that is no call, and he is not on one. */
export const isCode = ({ direction, other }: LegStarted): boolean =>
  direction === "from-telephone" && isStarCode(other.number);

/** A leg as a list of channels shows it, without its past. */
export function legFound(channel: AmiMessage, endpoint: string, all: readonly AmiMessage[]): LiveLegFound {
  const rings = channel.ChannelState !== STATE_UP && channel.ChannelState !== "4";
  const wasDialled = rings || channel.ApplicationData === "(Outgoing Line)";
  const sameCall = all.filter((each) => each.Linkedid === channel.Linkedid && each !== channel);
  const putBy = channel.Context === HAND_CONTEXT && channel.Exten === "hold";
  const inQueue = sameCall.find((each) => each.Application === "Queue");
  return {
    channelId: channel.Uniqueid ?? "",
    linkedId: channel.Linkedid ?? "",
    endpoint,
    direction: wasDialled ? "to-telephone" : "from-telephone",
    other: wasDialled
      ? { number: known(channel.ConnectedLineNum), name: known(channel.ConnectedLineName) }
      : { number: known(channel.Exten), name: "" },
    queueId: wasDialled && inQueue !== undefined ? queueIdOf(inQueue.ApplicationData?.split(",")[0] ?? "") : null,
    outside: sameCall.filter(isOutside).length > sameCall.filter(isRemoteHalf).length,
    at: startOf(channel.Uniqueid ?? ""),
    answeredAt: null,
    held: putBy,
    ...(putBy ? { putBy } : {}),
  };
}

const isOutside = ({ Channel = "" }: AmiMessage): boolean =>
  partyOfChannel(Channel).kind === "trunk" || isStandIn(Channel);

/** The half of a remote agent's line that dials has one channel to the outside, which is nobody's own. */
const isRemoteHalf = ({ Channel = "", Application }: AmiMessage): boolean =>
  Application === "Dial" && isRemoteDialler(Channel);

/** Who calls, as an event or a list shows him. */
export const callerOf = (event: AmiMessage): Party => ({
  number: known(event.CallerIDNum),
  name: known(event.CallerIDName),
});

/** Asterisk writes `<unknown>` in events and `unknown` in the list of a queue. */
export function known(value: string | undefined): string {
  return value === undefined || value === "<unknown>" || value === "unknown" ? "" : value;
}

/** When Asterisk says that it happened. */
export function instantOf(event: AmiMessage): Date {
  return new Date(Math.round(Number(event.Timestamp ?? 0) * 1000));
}

/** A channel's id begins with the second of its birth: `node1-1795328066.12`. */
function startOf(uniqueId: string): Date {
  return new Date(Number(/(?:^|-)([0-9]+)\.[0-9]+$/.exec(uniqueId)?.[1] ?? 0) * 1000);
}
