/**
 * The port: what the domain may ask of a telephone system and what it hears back. `server/asterisk/` is the one
 * implementation; tests run it against a fake that speaks the same protocol. No word of Asterisk's passes this line.
 *
 * An *endpoint* is the name a telephone registers with (its `username`). A *channel id* is the telephone system's
 * unique id of one party's connection; the id of a telephone's channel is the `legId` of the whole product.
 */

import type { TelephonyConfig } from "./telephony-config.ts";
import type { VoiceHandler, VoiceLanguage, VoiceName } from "./voice-dialogue.ts";

/** Yes, or why not. A refusal of the telephone system is an answer; a lost link is `{ ok: false, gone: true }`. */
export type Answer = { ok: true } | { ok: false; why: string; gone?: true };

export type LinkStatus = "up" | "down";

export interface Contact {
  endpoint: string;
  /** There is a contact and it answers when asked. */
  registered: boolean;
  address: string | null;
  roundTripMs: number | null;
  /** What the device calls itself when it registers. */
  userAgent: string | null;
}

export interface Member {
  queueId: number;
  endpoint: string;
  /** Shown in the telephone system's own tools. */
  agentName: string;
  paused: boolean;
  pauseReason: string | null;
}

/** Who sits at a telephone, as the telephone system has to know it while we are away. */
export interface Seat {
  endpoint: string;
  agentId: number;
  agentName: string;
  /** Calls to this number ring the telephone. */
  internal: string | null;
  /** What calls to the outside show; null: the route's. */
  callerId: string | null;
  language: VoiceLanguage | null;
  /** What a remote line rings as long as he sits there; null or not said: the number in his account. */
  number?: string | null;
}

export interface Party {
  number: string;
  name: string;
}

export interface LegStarted {
  channelId: string;
  linkedId: string;
  endpoint: string;
  /** The phone rings, or the phone dials. */
  direction: "to-telephone" | "from-telephone";
  /** The other side as the phone shows it: the caller when it rings, what was dialled when it dials. */
  other: Party;
  /** Which queue rings it, if one does. */
  queueId: number | null;
  /** It comes from or goes to a trunk; null while that cannot be told yet. */
  outside: boolean | null;
  at: Date;
}

export interface Waiting {
  queueId: number;
  channelId: string;
  caller: Party;
  joinedAt: Date;
}

/** A leg that is up right now, as found by reading the telephone system's state. */
export interface LiveLegFound extends LegStarted {
  answeredAt: Date | null;
  held: boolean;
  /** The other party was put by for it, by our doing and not by the telephone itself. */
  putBy?: boolean;
}

/**
 * What became of a telephone that was rung: somebody answered; it rang and nobody did; somebody (or the device) said
 * no; it could not be reached or never answered the invitation; or the call was taken back, because the caller went or
 * another telephone was faster.
 */
export type LegOutcome = "answered" | "unanswered" | "refused" | "failed" | "withdrawn";

/** Whom the telephone asks while the other party hears music. */
export interface Asks {
  to: string;
  talking: boolean;
}

/** Why asking ended: he was busy, did not answer, could not be reached, hung up, or it was called off. */
export type AskEnd = "busy" | "unanswered" | "unreachable" | "hung-up" | "called-off";

/** Why a call outside was not made. */
export type LimitReason = "destination" | "hours" | "route" | "calls" | "minutes";

export type TelephonyEvent =
  /** `startedAt`: since when the telephone system runs, where it says so. Calls older than that are over. */
  | { type: "link.up"; startedAt?: Date }
  | { type: "link.down"; why: string }
  | { type: "contact.changed"; contact: Contact }
  | { type: "leg.started"; leg: LegStarted }
  | { type: "leg.answered"; channelId: string; at: Date }
  /** `linkedId`: the call it is in by now, where that is another than it began in: a transfer took it there. */
  | { type: "leg.held"; channelId: string; held: boolean; at: Date; linkedId?: string; putBy?: boolean }
  /** Somebody is asked before he gets the call: who, and whether he talks. Null: that is over. */
  | { type: "leg.asks"; channelId: string; asks: Asks | null; ended?: AskEnd }
  /** Somebody else is at the other end now: a transfer joined them. */
  | { type: "leg.joined"; channelId: string; other: Party; outside: boolean }
  /** `outcome` of a telephone that was rung, where that was seen from its beginning. */
  | { type: "leg.ended"; channelId: string; at: Date; outcome?: LegOutcome; linkedId?: string }
  /** A call outside was refused by its limits. Who dialled it; null: nobody of the house. */
  | { type: "call.limited"; why: LimitReason; destination: string; endpoint: string | null; agentId: number | null }
  | { type: "queue.joined"; waiting: Waiting }
  | { type: "queue.left"; queueId: number; channelId: string; at: Date };

/** Everything the telephone system knows now; read at every (re)connect and compared with the database. */
export interface TelephonyState {
  contacts: Contact[];
  members: Member[];
  legs: LiveLegFound[];
  waiting: Waiting[];
  /** The calls that have a channel of any kind. */
  linkedIds: string[];
}

/** The endpoint of a remote agent’s line, by the agent’s id. Holds a `~`, which no username may. */
export const remoteEndpoint = (agentId: number | string): string => `remote~${agentId}`;

/** Whether nothing registers there: it is reached through a trunk. */
export const isRemoteEndpoint = (endpoint: string): boolean => endpoint.startsWith("remote~");

/** A place in a queue: whoever takes it is joined with a number that is called then. */
export interface StandIn {
  /** The id of its channel and of its call, new and of our making. */
  channelId: string;
  queueId: number;
  /** The number as it is dialled in the house, and as it is shown to whom it rings. */
  number: string;
  shown: Party;
  /** From the head of the queue, 1. */
  place: number;
}

export interface Telephony {
  readonly status: LinkStatus;
  /** Connects and stays connected until `stop`. Events arrive in order; `link.up` comes after each (re)connect. */
  start(listener: (event: TelephonyEvent) => void): Promise<void>;
  stop(): Promise<void>;
  /**
   * Writes the configuration if it differs from what is in force and reloads the parts that changed. Calls go on.
   * `nothingNew`: it was in force already.
   */
  configure(config: TelephonyConfig): Promise<Answer & { nothingNew?: true }>;
  readState(): Promise<TelephonyState>;
  addMember(member: Member): Promise<Answer>;
  /** Removing somebody who is not there is a yes. */
  removeMember(queueId: number, endpoint: string): Promise<Answer>;
  /** In all queues of the endpoint at once. An endpoint in no queue is a yes. */
  setPaused(endpoint: string, paused: boolean, reason: string | null): Promise<Answer>;
  /** Kept by the telephone system itself, so that it holds while we are away. The same again is a yes. */
  seat(seat: Seat): Promise<Answer>;
  /** Nobody sits there. Where nobody did is a yes. */
  unseat(endpoint: string): Promise<Answer>;
  /** Every seat that is kept. Throws while they cannot be read. */
  readSeats(): Promise<Seat[]>;
  /** Who leads the dialogues with callers that the telephone system hands over. To be said before `start`. */
  onVoice(name: VoiceName, handler: VoiceHandler): void;
  /** Rings a number outside, as it is dialled in the house, for that agent; whoever picks up is led by that dialogue. */
  ringBack(number: string, agentId: number, dialogue: "remote-callback" | "dispose"): Promise<Answer>;
  /** Lets somebody wait in a queue who is not on the line. Where that channel is there already it is refused. */
  standIn(wish: StandIn): Promise<Answer>;
  hangUp(channelId: string): Promise<Answer>;
  /** Who is rung on that remote agent's line will hear this file for the caller's number. Where nobody rings any more: a no. */
  nameCaller(channelId: string, sound: string): Promise<Answer>;
  /** Rings the telephone and, when it is picked up, dials `to` as if it had been dialled there. */
  dialFrom(endpoint: string, to: string): Promise<Answer>;
}
