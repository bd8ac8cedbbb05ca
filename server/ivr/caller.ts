import type { SayingOption } from "../../contract/flow.ts";
import type { BuiltInKey, BuiltInValues } from "../prompts/built-in-words.ts";
import type {
  DialOutcome,
  QueueOutcome,
  QueueWish,
  RoomOutcome,
  RoomWish,
  VoiceCall,
  VoiceLanguage,
} from "../voice-dialogue.ts";

/** What a block may say: what its maker chose, with variables already filled in, or words the house has of its own. */
export type Speech = SayingOption | OwnWords;

/** The house's own words, in the caller's language. */
export interface OwnWords {
  said: BuiltInKey;
  values: Readonly<Record<string, string | number>>;
}
export const own = <K extends BuiltInKey>(said: K, values: BuiltInValues<K>): OwnWords => ({ said, values });

export interface DialWish {
  to: { telephoneId: number } | { agentId: number } | { number: string };
  ringSeconds: number;
  comesBack: boolean;
}

/**
 * Who is led through a project: somebody on the telephone, or whoever tries it out. Everything rejects with CallerGone
 * once he has gone.
 */
export interface Caller {
  readonly call: VoiceCall;
  readonly gone: AbortSignal;
  answer(): Promise<void>;
  speak(language: VoiceLanguage): Promise<void>;
  /** Says it; keys out of `keys` cut it short. Answers the one that did, nothing where none. */
  say(what: readonly Speech[], keys?: string): Promise<string>;
  /** Says it and takes up to `most` keys, ended by `#` or by so long without one. Null: nothing was pressed. */
  ask(wish: { say: readonly Speech[]; most: number; timeoutMs: number }): Promise<string | null>;
  queue(wish: QueueWish): Promise<QueueOutcome>;
  dial(wish: DialWish): Promise<DialOutcome>;
  /** A fresh name for a voice that is taken. What stands there is kept until the run is over, or moved away. */
  newVoice(): string;
  /** Takes his voice into it until `#` (or one of `keys`), silence or the longest time. What he said before he hung up is there. */
  record(wish: { file: string; longestSeconds: number; silenceSeconds: number; keys?: string }): Promise<void>;
  /** How long a voice is that was taken, also when he has gone: milliseconds, 0 where there is none. */
  lengthOf(voice: string): Promise<number>;
  /** It is not needed any more. */
  dropVoice(voice: string): Promise<void>;
  /** A room in which several talk; answers when he leaves it. */
  room(wish: RoomWish): Promise<RoomOutcome>;
  /** Says in the journal that he asked to be called back on account of that queue. */
  markCallback(queueId: number): Promise<void>;
  wait(ms: number): Promise<void>;
  hangUp(): Promise<void>;
}
