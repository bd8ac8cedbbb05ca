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

/**
 * Digits are read out one by one, a number as one; dates and times of day in a time zone (IANA). A file is one that
 * VoiceFiles gave, or a voice that was taken.
 */
export type Saying =
  | Prompt
  | { digits: string }
  | { number: number }
  | { date: Date; timeZone: string }
  | { time: Date; timeZone: string }
  | { file: string };

/** How a wait in a queue ended. Whoever was answered and whose call is over is not there any more. */
export type QueueOutcome = { how: "talked" | "timeout" | "unavailable" } | { how: "key"; key: string };

export interface QueueWish {
  queueId: number;
  /** Callers of a higher one come first; 0 is everybody's. */
  priority: number;
  /** Null: as long as the queue says. */
  timeoutSeconds: number | null;
  /** The keys by which he may leave it. */
  keys: string;
  /** He hears it ring instead of music. */
  ringing: boolean;
  /** The music; null: that of the queue. */
  musicPromptId: number | null;
  /** The dialogue goes on when the agent has hung up; else the call is over then. */
  comesBack: boolean;
}

export type DialOutcome = "talked" | "busy" | "unanswered" | "unreachable";

export interface DialWish {
  /** As a telephone of the house would dial it. */
  number: string;
  ringSeconds: number;
  comesBack: boolean;
}

/** How somebody left a room; `full` and `unavailable`: he was not let in. */
export type RoomOutcome = "left" | "full" | "unavailable";

export interface RoomWish {
  /** Small letters and digits. One digit: that room of the house's, in which he is a guest. */
  room: string;
  /** He is not let in where so many are there. */
  most: number;
  /** What he hears while he is alone. */
  music: boolean;
  /** The key by which he leaves it; empty: by none. */
  key: string;
  /** What he says and hears there is recorded with his call. */
  records: boolean;
}

/** A voice that was taken: its file, by which it can be said again, and how long it is. */
export interface Taken {
  file: string;
  ms: number;
}

/** Who is on the line. */
export interface VoiceCall {
  channelId: string;
  linkedId: string;
  /** The telephone he speaks from; null where the call comes from anywhere else. */
  endpoint: string | null;
  callerNumber: string;
  dialled: string;
  /** What the dial plan says it is about: a project's id. */
  subject: string;
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
  /** Says it; keys out of `keys` cut it short. Answers the one that did, nothing where none. */
  hear(sayings: readonly Saying[], keys: string): Promise<string>;
  /** Lets him wait for an agent. */
  queue(wish: QueueWish): Promise<QueueOutcome>;
  /** What became of the queue or room he was in, or of whom he had rung, while we were away; null where he was in none. */
  outcomeOfWait(): Promise<QueueOutcome | { how: DialOutcome | RoomOutcome } | null>;
  /** Rings somebody and puts them together. */
  dial(wish: DialWish): Promise<DialOutcome>;
  /** Takes his voice into that file until `#` (or one of `keys`), silence or the longest time. */
  record(wish: { file: string; longestSeconds: number; silenceSeconds: number; keys?: string }): Promise<Taken>;
  /** A room in which several talk; answers when he leaves it. */
  room(wish: RoomWish): Promise<RoomOutcome>;
  /** Says in the journal that he asked to be called back on account of that queue: he is not lost. */
  markCallback(queueId: number): Promise<void>;
  wait(ms: number): Promise<void>;
  hangUp(): Promise<void>;
}

/**
 * Leads a dialogue to its end. What it throws, except CallerGone, is a fault: the caller hears an apology, or goes on
 * with what his route says next. `goes-on`: the same, but on purpose.
 */
export type VoiceHandler = (dialogue: VoiceDialogue) => Promise<"goes-on" | undefined>;

/** The name under which the dial plan hands calls over. */
export type VoiceName = "star-codes" | "project" | "trial" | "remote-callback" | "dispose";
