import { createHash } from "node:crypto";
import { join } from "node:path";
import { PROMPT_LANGUAGES } from "../../contract/views.ts";
import type { Clock } from "../clock.ts";
import type { Database } from "../db/pool.ts";
import type { Log } from "../log.ts";
import { Refusal } from "../refusal.ts";
import type { VoiceLanguage } from "../voice-dialogue.ts";
import { findSound, listVoiceMarks, type VoiceMark } from "./prompt-store.ts";
import { voiceFor } from "./voice-choice.ts";
import { openVoiceFolder } from "./voice-folder.ts";
import type { VoiceMaker } from "./voice-maker.ts";

/** What is heard around queues, where the telephone system plays it by itself: without us, and in the caller's language. */
export interface WaitingSounds {
  start(): Promise<void>;
  stop(): Promise<void>;
  /**
   * The names to play these prompts by, laid out; one without a voice, or that cannot be laid out now, is not among
   * them. A changed voice has another name.
   */
  prompts(ids: readonly number[], house: VoiceLanguage): Promise<Map<number, string>>;
  /**
   * The names to play these words by. They are spoken meanwhile, in each of the languages: nobody waits for it, and who
   * plays one that is not there hears nothing.
   */
  words(texts: readonly { key: string; text: string }[], languages: readonly VoiceLanguage[]): Map<string, string>;
  /** Settles when what is being spoken, or looked through, has been. */
  settled(): Promise<void>;
}

/** What could not be spoken is tried again, and what nobody plays any more goes. */
const COMPARE_MS = 10 * 60_000;
/** Told anew when what the engine makes of a text changes with us. */
const MAKING = 1;
/** What a list of sounds would be parted at, or means something in a dial plan. */
const NOT_IN_PATHS = /[,;&|^${}"\\]/;

/**
 * In one folder, each language in one below it: Asterisk looks there first, and then for the same name without a
 * language, which is the house's voice.
 */
export function createWaitingSounds(deps: {
  db: Database;
  clock: Clock;
  log: Log;
  maker: Pick<VoiceMaker, "ofText">;
  folder: string;
}): WaitingSounds {
  const { db, clock, log, maker } = deps;
  const plain = openVoiceFolder(deps.folder);
  const folders = new Map(
    PROMPT_LANGUAGES.map((language) => [language, openVoiceFolder(join(deps.folder, language))] as const),
  );
  const all = [plain, ...folders.values()];
  const playable = !NOT_IN_PATHS.test(deps.folder);
  let wantedPrompts = new Set<string>();
  let wantedWords = new Map<string, { text: string; languages: readonly VoiceLanguage[] }>();
  let unused = new Set<string>();
  let speaking: Promise<void> | null = null;
  let comparing: Promise<void> | null = null;
  let cancel = () => {};
  let stopped = true;

  const lay = async (key: string, marks: readonly VoiceMark[], house: VoiceLanguage): Promise<boolean> => {
    const first = voiceFor(marks, house, house);
    if (first === null) return false;
    const places = marks.flatMap((mark) => {
      const folder = mark === first ? plain : folders.get(mark.language);
      return folder === undefined ? [] : [{ folder, sha256: mark.sha256 }];
    });
    for (const { folder, sha256 } of places) {
      if (await folder.has(key)) continue;
      const sound = await findSound(db, sha256);
      if (sound !== null) await folder.write(key, sound);
    }
    return true;
  };

  /** False: not now. */
  const speak = async (key: string, text: string, languages: readonly VoiceLanguage[]): Promise<boolean> => {
    for (const [at, language] of languages.entries()) {
      const folder = at === 0 ? plain : folders.get(language);
      if (folder === undefined || (await folder.has(key))) continue;
      const made = await maker.ofText(text, language);
      if (made instanceof Refusal) return made.code === "prompt.silent";
      await folder.write(key, made);
    }
    return true;
  };
  const speakAll = () => {
    speaking ??= (async () => {
      const done = new Set<string>();
      for (;;) {
        const next = [...wantedWords].find(([key]) => !done.has(key));
        if (stopped || next === undefined) return;
        const [key, { text, languages }] = next;
        done.add(key);
        // Where nothing speaks, or too much is waiting to be spoken, the next comparison tries again.
        if (!(await speak(key, text, languages))) return;
      }
    })()
      .catch((err: unknown) => log.warn({ err }, "the names of queues could not be spoken ahead"))
      .finally(() => {
        speaking = null;
      });
  };

  const compare = async () => {
    const idle = new Set<string>();
    for (const folder of all) {
      for (const { key } of await folder.list()) {
        if (wantedPrompts.has(key) || wantedWords.has(key)) continue;
        // Twice in a row: a caller may be hearing it.
        if (unused.has(key)) await folder.remove(key);
        idle.add(key);
      }
    }
    unused = idle;
    speakAll();
  };
  const compareAgain = () => {
    comparing = compare()
      .catch((err: unknown) => log.warn({ err }, "the sounds of queues could not be looked through"))
      .finally(() => {
        comparing = null;
        if (!stopped) cancel = clock.after(COMPARE_MS, compareAgain);
      });
  };

  return {
    async start() {
      stopped = false;
      for (const folder of all) await folder.prepare();
      cancel = clock.after(COMPARE_MS, compareAgain);
      speakAll();
    },
    async stop() {
      stopped = true;
      cancel();
      await comparing;
      await speaking;
    },
    async prompts(ids, house) {
      const names = new Map<number, string>();
      if (!playable || ids.length === 0) return names;
      const marks = await listVoiceMarks(db, ids);
      const wanted = new Set<string>();
      for (const [id, voices] of marks) {
        const key = `prompt-${id}-${digestOf(house, ...voices.map(({ language, sha256 }) => `${language} ${sha256}`))}`;
        try {
          if (!(await lay(key, voices, house))) continue;
          wanted.add(key);
          names.set(id, plain.nameOf(key));
        } catch (error) {
          // A disk that is full: callers hear the rest.
          log.error({ err: error, promptId: id }, "a prompt could not be laid out for queues");
        }
      }
      wantedPrompts = wanted;
      return names;
    },
    words(texts, languages) {
      const names = new Map<string, string>();
      if (!playable) return names;
      const wanted: typeof wantedWords = new Map();
      for (const { key, text } of texts) {
        const file = `${key}-${digestOf(String(MAKING), text, ...languages)}`;
        wanted.set(file, { text, languages });
        names.set(key, plain.nameOf(file));
      }
      wantedWords = wanted;
      if (!stopped) speakAll();
      return names;
    },
    async settled() {
      while (comparing !== null || speaking !== null) await (comparing ?? speaking);
    },
  };
}

const digestOf = (...parts: string[]): string =>
  createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, 16);
