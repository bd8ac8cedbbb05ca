/**
 * Talking with somebody on the telephone: what a feature may say to him and hear back, in words of ours. Part of the
 * port of telephony.ts; how it is carried is the adapter's matter.
 */

/** The voices that are spoken; where one is not installed the English one speaks. */
export type VoiceLanguage = "en" | "it" | "es" | "fr";

/** What can be said. The adapter knows by which sounds. */
export type Prompt =
  | "ask-agent"
  | "ask-pin"
  | "ask-reason"
  | "logged-in"
  | "logged-out"
  | "already-logged-in"
  | "wrong-login"
  | "locked"
  | "paused"
  | "resumed"
  | "no-such-reason"
  | "not-possible"
  | "held-by"
  | "is-there"
  | "try-later"
  | "goodbye";

/** Digits are read out one by one. */
export type Saying = Prompt | { digits: string };

/** Who is on the line. */
export interface VoiceCall {
  channelId: string;
  /** The telephone he speaks from; null where the call comes from anywhere else. */
  endpoint: string | null;
  callerNumber: string;
  dialled: string;
}

/** The caller has hung up, or the connection to the telephone system is gone. What was done until now stays done. */
export class CallerGone extends Error {}

/**
 * One caller, one thing at a time. Everything but `gone` rejects with CallerGone once he is not there any more, and
 * throws where the telephone system cannot do what was asked.
 */
export interface VoiceDialogue {
  readonly call: VoiceCall;
  /** Aborted when the caller goes. */
  readonly gone: AbortSignal;
  /** Picks up; what is said before that is early media. */
  answer(): Promise<void>;
  /** The language of what is said from now on. */
  speak(language: VoiceLanguage): Promise<void>;
  /** Says it to the end. */
  say(sayings: readonly Saying[]): Promise<void>;
  /**
   * Says it and takes keys, which cut it short: up to `most` of them, ended by `#` (not part of the answer) or by
   * `timeoutMs` without one. Null: nothing was pressed at all.
   */
  digits(asked: { say: readonly Saying[]; most: number; timeoutMs: number }): Promise<string | null>;
  hangUp(): Promise<void>;
}

/** Leads a dialogue to its end. What it throws, except CallerGone, is a fault: the caller hears an apology. */
export type VoiceHandler = (dialogue: VoiceDialogue) => Promise<void>;
