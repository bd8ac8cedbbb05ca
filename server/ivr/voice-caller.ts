import type { Log } from "../log.ts";
import type { BuiltInKey } from "../prompts/built-in-words.ts";
import type { Prompt, Saying, VoiceDialogue, VoiceLanguage } from "../voice-dialogue.ts";
import { CannotSpeak, type VoiceFiles } from "../voice-files.ts";
import type { Caller, DialWish, OwnWords, Speech } from "./caller.ts";
import type { TakenVoices } from "./taken-voices.ts";

/** How a block's target is dialled; null where it cannot be reached at all. */
export type NumberOf = (to: DialWish["to"]) => Promise<string | null>;

/** Somebody on the telephone, as blocks speak with him. What cannot be said is left out, and the log says why. */
export function createVoiceCaller(deps: {
  dialogue: VoiceDialogue;
  files: VoiceFiles;
  numberOf: NumberOf;
  log: Log;
  language: VoiceLanguage;
  timeZone: string;
  /** Where voices are that are taken. */
  taken: TakenVoices;
}): Caller {
  const { dialogue, files, log, timeZone, taken } = deps;
  let { language } = deps;

  const spoken = async (text: string): Promise<Saying[]> => {
    if (text.trim() === "") return [];
    try {
      return [{ file: await files.spoken(text, language) }];
    } catch (error) {
      if (!(error instanceof CannotSpeak)) throw error;
      log.warn({ why: error.message }, "a text could not be spoken to a caller");
      return [];
    }
  };

  const ownWords = async ({ said, values }: OwnWords): Promise<Saying[]> => {
    try {
      return [{ file: await files.said(said, values as never, language) }];
    } catch (error) {
      if (!(error instanceof CannotSpeak)) throw error;
      const prompt = RECORDED[said];
      if (prompt === undefined) log.warn({ said, why: error.message }, "the house could not say something to a caller");
      return prompt === undefined ? [] : [prompt];
    }
  };

  /** A whole one is read out by Asterisk, one that is too long for it as digits; 12.50 and what is none are spoken. */
  const saidNumber = async (text: string): Promise<Saying[]> => {
    if (!/^-?[0-9]+$/.test(text)) return spoken(text);
    return Number.isSafeInteger(Number(text)) ? [{ number: Number(text) }] : [{ digits: text }];
  };

  const sayingsOf = async (one: Speech): Promise<Saying[]> => {
    if ("said" in one) return ownWords(one);
    if ("prompt" in one) {
      const file = await files.fileOf(one.prompt, language);
      if (file === null) log.warn({ promptId: one.prompt }, "a prompt without a voice was left out");
      return file === null ? [] : [{ file }];
    }
    if ("text" in one) return spoken(one.text);
    if ("digits" in one) return [{ digits: one.digits }];
    if ("number" in one) return saidNumber(one.number.trim());
    // Nothing else of the machine is played, whatever a variable says.
    if ("recording" in one) return taken.isOne(one.recording) ? [{ file: one.recording }] : [];
    const at = new Date("date" in one ? one.date : one.time);
    if (Number.isNaN(at.getTime())) return [];
    return ["date" in one ? { date: at, timeZone } : { time: at, timeZone }];
  };

  const all = async (what: readonly Speech[]): Promise<Saying[]> => {
    const sayings: Saying[] = [];
    for (const one of what) sayings.push(...(await sayingsOf(one)));
    return sayings;
  };

  return {
    call: dialogue.call,
    gone: dialogue.gone,
    answer: () => dialogue.answer(),
    async speak(other) {
      language = other;
      await dialogue.speak(other);
    },
    say: async (what, keys = "") => dialogue.hear(await all(what), keys),
    ask: async ({ say, most, timeoutMs }) => dialogue.digits({ say: await all(say), most, timeoutMs }),
    queue: (wish) => dialogue.queue(wish),
    async dial({ to, ringSeconds, comesBack }) {
      const number = await deps.numberOf(to);
      return number === null ? "unreachable" : dialogue.dial({ number, ringSeconds, comesBack });
    },
    newVoice: taken.fresh,
    async record(wish) {
      await dialogue.record(wish);
    },
    lengthOf: taken.lengthMs,
    dropVoice: taken.remove,
    room: (wish) => dialogue.room(wish),
    markCallback: (queueId) => dialogue.markCallback(queueId),
    wait: (ms) => dialogue.wait(ms),
    hangUp: () => dialogue.hangUp(),
  };
}

/** Where nothing speaks, these sounds of the telephone system stand in. */
const RECORDED: Partial<Record<BuiltInKey, Prompt>> = {
  "agent-ask-number": "ask-agent",
  "agent-ask-pin": "ask-pin",
  "agent-ask-reason": "ask-reason",
  "agent-logged-in": "logged-in",
  "agent-logged-out": "logged-out",
  "agent-not-logged-in": "logged-out",
  "agent-already-logged-in": "already-logged-in",
  "agent-wrong-login": "wrong-login",
  "agent-locked": "locked",
  "agent-not-permitted": "not-possible",
  "agent-ready": "resumed",
  "agent-paused": "paused",
  "agent-paused-because": "paused",
  "invalid-choice": "no-such-reason",
  "cannot-now": "try-later",
  goodbye: "goodbye",
};
