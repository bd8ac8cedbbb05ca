import type { BuiltInKey, BuiltInValues } from "./prompts/built-in-words.ts";
import type { VoiceLanguage } from "./voice-dialogue.ts";

/**
 * What can be played to a caller, for the rest of the house. Every answer is the name of a file as the telephone system
 * takes it (without its ending); the file is there when the answer is. Nothing here has to do with how it is played.
 */
export interface VoiceFiles {
  /** A prompt in that language, else in the house's, else in English, else in any it has. Null: it has no voice, or is gone. */
  fileOf(promptId: number, language: VoiceLanguage): Promise<string | null>;
  /** A text, spoken: at most `LONGEST_SPOKEN_TEXT` signs. Throws CannotSpeak where that is not possible now. */
  spoken(text: string, language: VoiceLanguage): Promise<string>;
  /** One of the house's own sayings, in its words of that language. Throws CannotSpeak as `spoken` does. */
  said<K extends BuiltInKey>(key: K, values: BuiltInValues<K>, language: VoiceLanguage): Promise<string>;
}

/** A text could not be spoken: nothing here speaks, too much is waiting to be spoken, it is too long. Says which. */
export class CannotSpeak extends Error {}
