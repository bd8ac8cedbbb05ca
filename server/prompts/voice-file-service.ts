import type { Clock } from "../clock.ts";
import type { Database } from "../db/pool.ts";
import type { Log } from "../log.ts";
import { Refusal } from "../refusal.ts";
import type { VoiceLanguage } from "../voice-dialogue.ts";
import { CannotSpeak, type VoiceFiles } from "../voice-files.ts";
import { builtInWords } from "./built-in-words.ts";
import { findSound, findVoiceMarks, listSounds, type VoiceMark } from "./prompt-store.ts";
import { createSpokenCache } from "./spoken-cache.ts";
import { voiceFor } from "./voice-choice.ts";
import type { VoiceFolder } from "./voice-folder.ts";
import type { VoiceMaker } from "./voice-maker.ts";

export interface VoiceFileService extends VoiceFiles {
  /** Fills the folder of this node with what the database has, and removes what nobody uses. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** The voices of this prompt are others now. */
  changed(promptId: number): void;
  /** Settles when what is being compared has been. */
  settled(): Promise<void>;
}

/** How long what is known of a prompt counts: another node may have changed it. */
const KNOWN_MS = 5_000;
const MOST_KNOWN = 1_000;
/** How often the folder is compared with the database. */
const COMPARE_MS = 10 * 60_000;
/** Three hours of speech. */
const MOST_SPOKEN = { files: 5_000, bytes: 512 * 1024 * 1024 };

/** The voices of this node: files where the telephone system plays them, made when they are needed. */
export function createVoiceFileService(deps: {
  db: Database;
  clock: Clock;
  log: Log;
  maker: VoiceMaker;
  folders: { prompts: VoiceFolder; spoken: VoiceFolder };
  /** What the house speaks where nobody says otherwise. */
  houseLanguage(): VoiceLanguage;
}): VoiceFileService {
  const { db, clock, log, folders } = deps;
  const spoken = createSpokenCache({ folder: folders.spoken, maker: deps.maker, most: MOST_SPOKEN });
  const known = new Map<number, { marks: VoiceMark[]; untilMs: number }>();
  const fetching = new Map<string, Promise<boolean>>();
  /** Nobody used them when the folder was compared last. */
  let unused = new Set<string>();
  let cancel = () => {};
  let comparing: Promise<void> | null = null;
  let stopped = true;

  const marksOf = async (promptId: number): Promise<VoiceMark[]> => {
    const before = known.get(promptId);
    const nowMs = clock.now().getTime();
    if (before !== undefined && before.untilMs > nowMs) return before.marks;
    try {
      const marks = await findVoiceMarks(db, promptId);
      known.delete(promptId);
      known.set(promptId, { marks, untilMs: nowMs + KNOWN_MS });
      for (const id of known.keys()) if (known.size > MOST_KNOWN) known.delete(id);
      return marks;
    } catch (error) {
      // Calls go on while the database is away, with what was known.
      if (before !== undefined) return before.marks;
      throw error;
    }
  };

  const fetched = async (sha256: string): Promise<boolean> => {
    const sound = await findSound(db, sha256);
    if (sound === null) return false;
    await folders.prompts.write(sha256, sound);
    return true;
  };
  /** False: nobody has that sound any more. */
  const ensure = async (sha256: string): Promise<boolean> => {
    if (await folders.prompts.has(sha256)) return true;
    const going = fetching.get(sha256) ?? fetched(sha256).finally(() => fetching.delete(sha256));
    fetching.set(sha256, going);
    return going;
  };

  const compare = async () => {
    const wanted = await listSounds(db);
    for (const sha256 of wanted) {
      if (stopped) return;
      await ensure(sha256);
    }
    const using = new Set(wanted);
    const idle = (await folders.prompts.list()).map(({ key }) => key).filter((key) => !using.has(key));
    // Twice in a row: somebody may have been told its name a moment ago.
    for (const key of idle) if (unused.has(key)) await folders.prompts.remove(key);
    unused = new Set(idle);
  };
  const compareAgain = () => {
    comparing = compare()
      .catch((err: unknown) =>
        log.warn({ err }, "the voices of prompts could not be laid out for the telephone system"),
      )
      .finally(() => {
        comparing = null;
        if (!stopped) cancel = clock.after(COMPARE_MS, compareAgain);
      });
  };

  const speak = async (text: string, language: VoiceLanguage): Promise<string> => {
    const name = await spoken.nameOf(text, language).catch((err: unknown) => {
      // A disk that is full, an engine that hangs: the call has to go on.
      log.error({ err }, "a text could not be spoken");
      throw new CannotSpeak("It could not be spoken: the log says why.");
    });
    if (name instanceof Refusal) throw new CannotSpeak(name.title);
    return name;
  };

  return {
    async fileOf(promptId, language) {
      const voice = voiceFor(await marksOf(promptId), language, deps.houseLanguage());
      return voice !== null && (await ensure(voice.sha256)) ? folders.prompts.nameOf(voice.sha256) : null;
    },
    spoken: speak,
    said: (key, values, language) => speak(builtInWords(key, values, language), language),
    async start() {
      await folders.prompts.prepare();
      await spoken.start();
      stopped = false;
      // A house with many prompts opens at once; who is played meanwhile is fetched first.
      compareAgain();
    },
    async stop() {
      stopped = true;
      cancel();
      await comparing;
    },
    changed: (promptId) => void known.delete(promptId),
    async settled() {
      await comparing;
    },
  };
}
