import type { Answer, Telephony } from "./telephony.ts";

/**
 * The port's part for what is done with a call in hand: hold, transfer, consultation. A `channelId` is the telephone's
 * own. It goes on in the telephone system whatever becomes of us: who is put by hears music and comes back to the
 * telephone when it hangs up, when whom it asked has gone, and after an hour.
 */
export interface CallHands {
  /** Tells the telephone within the call to hold, or to take it up again. Whether it listens is the model's affair. */
  tell(channelId: string, what: "hold" | "talk"): Promise<HandAnswer>;
  /** The other party hears music; the telephone stays in the call and hears silence. */
  hold(channelId: string): Promise<HandAnswer>;
  /** Brings back who was put by with `hold`. */
  resume(channelId: string): Promise<HandAnswer>;
  /** Ends the call of somebody who was put by, on both sides. */
  end(channelId: string): Promise<HandAnswer>;
  /** The other party, put by or not, goes on to somebody else, and the telephone is free. */
  sendOn(channelId: string, to: Destination): Promise<HandAnswer>;
  /** The digits of the parking places that are taken. Throws while that cannot be read. */
  parked(): Promise<string[]>;
  /** The other party hears music while the telephone dials a number as if it had been dialled there. */
  consult(channelId: string, to: string): Promise<HandAnswer>;
  /** Joins who was put by with whom the telephone asked, and frees it. */
  handOver(channelId: string): Promise<HandAnswer>;
  /** Ends the consultation and brings back who was put by. */
  endConsult(channelId: string): Promise<HandAnswer>;
}

/** What a telephone may dial, or a queue. */
export type Destination = { number: string } | { queueId: number };

/**
 * Why not: there is no such call (any more); nobody is at its other end; more than one is; nobody is put by; whom it
 * asks has not answered.
 */
export type HandState = "over" | "alone" | "several" | "nobody-waits" | "unanswered";
export type HandAnswer = Answer | { ok: false; why: HandState; state: HandState };

/** A telephone system whose calls can be taken in hand. */
export interface HandTelephony extends Telephony {
  readonly hands: CallHands;
}
