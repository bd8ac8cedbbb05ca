import { createHash } from "node:crypto";
import { LONGEST_PROMPT_S } from "../../contract/views.ts";
import { Refusal } from "../refusal.ts";
import type { VoiceLanguage } from "../voice-dialogue.ts";
import { promptWave } from "./prompt-wave.ts";
import { type SoundKind, soundKindOf } from "./sound-kind.ts";
import { runSoundProgram, type SoundPrograms } from "./sound-program.ts";
import { createTurns } from "./turns.ts";
import { levelled } from "./voice-level.ts";

/**
 * A voice as it is played: WAV files of 16 bits and one channel, which Asterisk reads as they are. A telephone that can
 * (G.722) is given the wide one, all others the narrow one; nothing is resampled during a call.
 */
export interface MadeVoice {
  /** 16 kHz, and the same at 8 kHz. */
  wide: Buffer;
  narrow: Buffer;
  /** Of the wide one. */
  sha256: Buffer;
  lengthMs: number;
}

export interface VoiceMaker {
  /** Out of a file that somebody brought. */
  ofFile(file: Buffer): Promise<MadeVoice | Refusal>;
  /** Out of a text. */
  ofText(text: string, language: VoiceLanguage): Promise<MadeVoice | Refusal>;
}

const WIDE = 16_000;
const NARROW = 8_000;
const SAMPLE_BYTES = 2;
const LONGEST_BYTES = LONGEST_PROMPT_S * WIDE * SAMPLE_BYTES;
/** Five minutes of anything take sox less than a second; a text takes the engine some hundredths. */
const CONVERT_MS = 20_000;
const SPEAK_MS = 10_000;
/** Calls that wait for a text come first in nothing: the same few turns for all of them. */
const AT_ONCE = 2;
const MOST_WAITING = 50;

/** The engine's voices, and words a minute: a little slower than it is used to, for telephones. */
const ENGINE_VOICES: Record<VoiceLanguage, string> = { en: "en-gb", it: "it", es: "es", fr: "fr-fr" };
const WORDS_A_MINUTE = 150;

const RAW = (rate: number) => ["-t", "raw", "-r", String(rate), "-e", "signed-integer", "-b", "16", "-L", "-c", "1"];

/** Makes voices with the programs that were found. What cannot be made is refused in words for whoever brought it. */
export function createVoiceMaker({ sox, speech }: SoundPrograms): VoiceMaker {
  const turns = createTurns({ atOnce: AT_ONCE, mostWaiting: MOST_WAITING });
  const inTurn = <T>(work: () => Promise<T | Refusal>): Promise<T | Refusal> =>
    turns.take(work) ?? Promise.resolve(busy());

  const converted = async (input: Buffer, kind: SoundKind): Promise<MadeVoice | Refusal> => {
    if (sox === null) return noSox();
    // One second more than may be: what is longer is seen, and no more of it is read.
    const args = ["-V1", "-t", kind, "-", ...RAW(WIDE), "-", "trim", "0", String(LONGEST_PROMPT_S + 1)];
    const limits = { mostBytes: LONGEST_BYTES + WIDE * SAMPLE_BYTES, timeoutMs: CONVERT_MS };
    const decoded = await runSoundProgram(sox, args, input, limits);
    if (!decoded.ok || decoded.output.length < SAMPLE_BYTES) return noAudio("It is damaged, or cut off.");
    if (decoded.output.length > LONGEST_BYTES) return tooLong();
    const voice = levelled(samplesOf(decoded.output), WIDE);
    if (voice === null) return silent();
    const wide = bytesOf(voice);
    const narrow = await runSoundProgram(sox, ["-V1", ...RAW(WIDE), "-", ...RAW(NARROW), "-"], wide, limits);
    if (!narrow.ok) throw new Error(`sox: ${narrow.why}`);
    const wave = promptWave(wide, WIDE);
    return {
      wide: wave,
      narrow: promptWave(narrow.output, NARROW),
      sha256: createHash("sha256").update(wave).digest(),
      lengthMs: Math.round((voice.length / WIDE) * 1000),
    };
  };

  return {
    async ofFile(file) {
      if (file.length === 0) return noAudio("It is empty.");
      const kind = soundKindOf(file);
      if (kind === null) return noAudio("Known are WAV, MP3, Ogg, FLAC, AIFF and AU.");
      return inTurn(() => converted(file, kind));
    },
    async ofText(text, language) {
      if (speech === null) return noEngine();
      if (sox === null) return noSox();
      return inTurn(async () => {
        const args = [
          "-v",
          ENGINE_VOICES[language],
          "-s",
          String(WORDS_A_MINUTE),
          "-b",
          "1",
          "-z",
          "--stdin",
          "--stdout",
        ];
        const limits = { mostBytes: LONGEST_BYTES * 2, timeoutMs: SPEAK_MS };
        const spoken = await runSoundProgram(speech, args, plain(text), limits);
        if (!spoken.ok) throw new Error(`the engine that speaks: ${spoken.why}`);
        // It writes no sound at all for a text without a word in it.
        return spoken.output.length === 0 ? silent() : converted(spoken.output, "wav");
      });
    },
  };
}

/** Marks that only a screen shows would be read out, or end the text. */
function plain(text: string): string {
  return `${text
    .normalize("NFC")
    .replaceAll(/[\p{Cc}\p{Cf}]+/gu, " ")
    .trim()}\n`;
}

function samplesOf(raw: Buffer): Int16Array {
  return Int16Array.from({ length: Math.floor(raw.length / SAMPLE_BYTES) }, (_, at) =>
    raw.readInt16LE(at * SAMPLE_BYTES),
  );
}

function bytesOf(samples: Int16Array): Buffer {
  const bytes = Buffer.alloc(samples.length * SAMPLE_BYTES);
  for (const [at, sample] of samples.entries()) bytes.writeInt16LE(sample, at * SAMPLE_BYTES);
  return bytes;
}

const noAudio = (why: string) => new Refusal("prompt.no-audio", `This file holds no sound that can be read. ${why}`);
const silent = () => new Refusal("prompt.silent", "There is nothing to be heard in it.");
const tooLong = () =>
  new Refusal("prompt.too-long", `It is longer than ${LONGEST_PROMPT_S / 60} minutes.`, { longestS: LONGEST_PROMPT_S });
const busy = () =>
  new Refusal("prompt.busy", "Many sounds are being made at this moment. Try again.", { retryAfterS: 2 });
const noSox = () =>
  new Refusal("prompt.no-program", "This server has no sox, which converts sound: see perch doctor.", {
    program: "sox",
  });
const noEngine = () =>
  new Refusal("prompt.no-program", "This server has no espeak-ng, which speaks texts: see perch doctor.", {
    program: "espeak-ng",
  });
