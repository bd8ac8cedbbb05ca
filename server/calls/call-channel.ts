import type { JournalFact } from "../journal.ts";

/** One party's connection as the facts of one call tell it. Instants in microseconds; null: not (yet) seen. */
export interface CallChannel {
  id: string;
  name: string;
  party: JournalFact["party"];
  callerNumber: string;
  callerName: string;
  /** It only leads to a remote agent's number: his line is the party. */
  wayOut: boolean;
  /** What was dialled on it; empty while it only rings. */
  dialled: string;
  /** We rang it to let it dial (click to dial): while it rings it shows the number it is going to dial. */
  rungToDial: boolean;
  /** Null: it joined this call in the middle of its life, by an attended transfer or a pickup. */
  startedUs: number | null;
  firstUs: number;
  /** It was created by a device that dials, or by us for one, and not because somebody calls it. */
  originates: boolean;
  answeredUs: number | null;
  endedUs: number | null;
  cause: string;
  source: string;
  dialStatus: string;
  rungBy: string;
  accountCode: string;
  /** When it was connected with others, in order; the last may go on. */
  stays: BridgeStay[];
  leftBridgeUs: number | null;
  transferredUs: number | null;
  /** It took over the call that rang at this channel. */
  pickedUp: string | null;
}

/** A time in which what one says is heard by whoever else is in the same bridge; parked, nobody is. */
export interface BridgeStay {
  bridgeId: string;
  fromUs: number;
  toUs: number | null;
  parked: boolean;
}

/** A stay of one channel in one queue. `inside` until the queue let go of it, also while it talks. */
export interface CallVisit {
  channelId: string;
  queueId: number;
  enteredUs: number;
  leftUs: number | null;
  answered: boolean;
  outcome: "timeout" | "other" | null;
  /** He left it, and asked to be called back. */
  askedBack: boolean;
  inside: boolean;
}

export interface CallTransfer {
  kind: "blind" | "attended";
  atUs: number;
  byChannelId: string;
  transfereeId: string;
  /** What was dialled, or the channel the other was joined with. */
  to: string;
}

/** A telephone asked somebody while its caller heard music: from the desktop, or by keys. */
export interface CallAsk {
  byChannelId: string;
  fromUs: number;
  callerNumber: string;
  callerName: string;
  to: string;
  prefix: string | null;
  /** The connection that calls the other, where the telephone asked by keys; null: from the desktop. */
  viaChannelId: string | null;
  /** When it was over, and how the dialling of the other had gone; null: it did not go back to its caller. */
  over: { atUs: number; dialStatus: string } | null;
}

export interface ChannelHold {
  /** Those that have ended. */
  spans: { fromUs: number; toUs: number }[];
  heldSinceUs: number | null;
  listenedFromUs: number | null;
}

/** What the facts of one linked id say, channel by channel. */
export interface CallChannels {
  channels: Map<string, CallChannel>;
  visits: CallVisit[];
  transfers: CallTransfer[];
  asks: CallAsk[];
  holds: Map<string, ChannelHold>;
  /** Who others met in a bridge and whose own lines do not stand in this call yet: by its name. */
  met: Map<string, { bridgeId: string; atUs: number }>;
  /**
   * It calls back somebody who waited; `takenBy`: the connection of whoever does, null: nobody has taken it yet. `place`
   * names the connection that kept his place.
   */
  calledBack: { takenBy: string | null; place: string } | null;
  prefix: string | null;
  /** The journal says that no channel carries this linked id any more. */
  closedUs: number | null;
  restartUs: number | null;
  firstUs: number;
  lastUs: number;
}
