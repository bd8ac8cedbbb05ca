import type { CallChannel, CallChannels } from "./call-channel.ts";

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
  /** He was not answered, and asked to be called back. */
  askedBack: boolean;
}

export interface FoldedRow {
  id: string;
  /** The call's, but of a consultation in it its own. */
  type: CallKind;
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

/** A connection that began in another call and was handed over into this one. */
export interface FoldedMove {
  channelId: string;
  atUs: number;
}

export interface FoldedCall {
  linkedId: string;
  type: CallKind;
  startedUs: number;
  endedUs: number | null;
  endReason: "hang-up" | "asterisk-restart" | null;
  legs: FoldedLeg[];
  moves: FoldedMove[];
  visits: FoldedVisit[];
  transfers: FoldedTransfer[];
  rows: FoldedRow[];
}

/**
 * What one party did when, for the picture of a call. A party is one connection: a telephone that is in a call twice
 * has two. Its spans follow one another without a gap or an overlap from `fromUs` to `toUs`.
 */
export interface FoldedLane {
  /** Of a telephone its leg's id. */
  id: string;
  /** Null: somebody outside. */
  endpoint: string | null;
  number: string;
  name: string;
  fromUs: number;
  /** Null: it goes on. */
  toUs: number | null;
  spans: LaneSpan[];
}

/**
 * `dialled`: called and nobody answered yet; `rang`: was called; `waited`: in a queue; `talked`: with others; `held`:
 * the same, but one of two had put the other on hold; `parked`: waited to be taken back; `alone`: heard a voice or
 * nothing.
 */
export type LaneKind = "dialled" | "rang" | "waited" | "talked" | "held" | "parked" | "alone";

export interface LaneSpan {
  kind: LaneKind;
  fromUs: number;
  /** Null: it goes on. */
  toUs: number | null;
  /** The lanes of those it talked with. */
  with: string[];
  /** Where it waited. */
  queueId: number | null;
}

/** What is known of a call before its rows are made. */
export interface CallFrame {
  call: CallChannels;
  linkedId: string;
  first: CallChannel;
  type: CallKind;
  endedUs: number | null;
  restarted: boolean;
  legs: FoldedLeg[];
  /** Where somebody is called back: when he answered, infinite where he did not. Null: any other call. */
  backUs: number | null;
}

export function endpointOf(channel: CallChannel | undefined): string | null {
  return channel?.party.kind === "telephone" ? channel.party.endpoint : null;
}

/** When a channel ended; where its own end was not written, when the call did. */
export const channelEnd = (frame: CallFrame, channel: CallChannel): number | null => channel.endedUs ?? frame.endedUs;

/** It went on in another call: this one is closed and it is not. */
export const movedOut = (frame: CallFrame, channel: CallChannel): boolean =>
  channel.endedUs === null && frame.call.closedUs !== null;
