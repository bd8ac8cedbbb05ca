import type { Prompt, PromptBody, PromptUse } from "../../contract/views.ts";
import type { Clock } from "../clock.ts";
import type { Database, Db } from "../db/pool.ts";
import type { News } from "../hub.ts";
import type { Administered } from "../listing.ts";
import { Refusal } from "../refusal.ts";
import type { ChangeService } from "../staff/change-service.ts";
import type { Actor } from "../staff/permission.ts";
import type { VoiceLanguage } from "../voice-dialogue.ts";
import {
  deletePrompt,
  deleteVoice,
  findPrompt,
  findWideSound,
  insertPrompt,
  listPrompts,
  lockPrompt,
  putVoice,
  renamePrompt,
  type StoredPrompt,
  type VoiceOrigin,
} from "./prompt-store.ts";
import type { MadeVoice, VoiceMaker } from "./voice-maker.ts";

export interface PromptService extends Administered<PromptBody, Prompt> {
  /** The voice of a language, out of a file; in the place of the one there was. */
  bring(
    actor: Actor,
    id: number,
    language: VoiceLanguage,
    file: { content: Buffer; name: string | null },
  ): Promise<Prompt | Refusal>;
  /** The voice of a language, spoken by the house. */
  write(actor: Actor, id: number, language: VoiceLanguage, text: string): Promise<Prompt | Refusal>;
  /** The voice of a language, as somebody said it on a telephone. */
  say(actor: Actor, id: number, language: VoiceLanguage, recorded: Buffer): Promise<Prompt | Refusal>;
  removeVoice(actor: Actor, id: number, language: VoiceLanguage): Promise<Refusal | undefined>;
  /** A WAV file of what is to be heard. */
  audio(id: number, language: VoiceLanguage): Promise<Buffer | Refusal>;
  /** A WAV file of how a text would sound. */
  tryOut(text: string, language: VoiceLanguage): Promise<Buffer | Refusal>;
}

/** What plays the prompts, asked within the transaction that is about to change one of them. */
export type UsesOf = (db: Db, promptIds: readonly number[]) => Promise<ReadonlyMap<number, readonly PromptUse[]>>;

const LANGUAGE_NAMES: Record<VoiceLanguage, string> = { en: "English", it: "Italian", es: "Spanish", fr: "French" };
const unknown = (id: number) => new Refusal("not-found", `There is no prompt ${id}.`);
const noVoice = (name: string, language: VoiceLanguage) =>
  new Refusal("not-found", `${name} has no voice in ${LANGUAGE_NAMES[language]}.`);

/** The telephone system plays some of them by itself, in queues. */
const PLAYED_ALONE: News[] = [{ type: "configuration.changed" }];

/** What callers hear. A prompt that something plays stays; its voices may change, and are heard from the next time on. */
export function createPromptService(deps: {
  db: Database;
  clock: Clock;
  changes: ChangeService;
  maker: VoiceMaker;
  usesOf: UsesOf;
  /** The voices of this prompt are others now. */
  changed(promptId: number): void;
}): PromptService {
  const { db, clock, changes, maker, usesOf } = deps;
  const withUses = async (tx: Db, prompts: readonly StoredPrompt[]): Promise<Prompt[]> => {
    const ids = prompts.map(({ id }) => id);
    const uses = ids.length === 0 ? new Map<number, PromptUse[]>() : await usesOf(tx, ids);
    return prompts.map((prompt) => ({ ...prompt, usedBy: [...(uses.get(prompt.id) ?? [])] }));
  };
  const read = async (tx: Db, id: number): Promise<Prompt | Refusal> => {
    const found = await findPrompt(tx, id);
    const [prompt] = found === null ? [] : await withUses(tx, [found]);
    return prompt ?? unknown(id);
  };

  /** The sound is made before anything is locked: it may take seconds. */
  const put = async (
    actor: Actor,
    id: number,
    language: VoiceLanguage,
    origin: VoiceOrigin,
    make: () => Promise<MadeVoice | Refusal>,
  ): Promise<Prompt | Refusal> => {
    const there = await findPrompt(db, id);
    if (there === null) return unknown(id);
    const made = await make();
    if (made instanceof Refusal) return made;
    const done = await changes.run<Prompt>(actor, async (tx) => {
      if (!(await lockPrompt(tx, id))) return unknown(id);
      await putVoice(tx, { promptId: id, language, ...origin, ...made, madeAt: clock.now(), madeBy: actor.staffId });
      const result = await read(tx, id);
      if (result instanceof Refusal) return result;
      const facts = { language, ...origin, lengthMs: made.lengthMs, name: result.name };
      return { result, action: "prompt.voice", subject: `prompt ${id}`, facts, news: PLAYED_ALONE };
    });
    deps.changed(id);
    return done;
  };

  return {
    async list(query) {
      const { rows, next } = await listPrompts(db, query);
      return { rows: await withUses(db, rows), next };
    },
    get: (id) => read(db, id),
    create: (actor, { name }) =>
      changes.run<Prompt>(actor, async (tx) => {
        const id = await insertPrompt(tx, name);
        const result = { id, name, voices: [], usedBy: [] };
        return { result, action: "prompt.create", subject: `prompt ${id}`, facts: { name } };
      }),
    change: (actor, id, patch) =>
      changes.run<Prompt>(actor, async (tx) => {
        const before = await read(tx, id);
        if (before instanceof Refusal) return before;
        const { name = before.name } = patch;
        await renamePrompt(tx, id, name);
        const facts = { was: before.name, name };
        return { result: { ...before, name }, action: "prompt.change", subject: `prompt ${id}`, facts };
      }),
    async remove(actor, id) {
      const done = await changes.run<undefined>(actor, async (tx) => {
        if (!(await lockPrompt(tx, id))) return unknown(id);
        const before = await read(tx, id);
        if (before instanceof Refusal) return before;
        if (before.usedBy.length > 0) return inUse(before);
        await deletePrompt(tx, id);
        return { result: undefined, action: "prompt.remove", subject: `prompt ${id}`, facts: { name: before.name } };
      });
      deps.changed(id);
      return done;
    },
    bring: (actor, id, language, { content, name }) =>
      put(actor, id, language, { source: "file", text: null, fileName: name }, () => maker.ofFile(content)),
    write: (actor, id, language, text) =>
      put(actor, id, language, { source: "text", text, fileName: null }, () => maker.ofText(text, language)),
    say: (actor, id, language, recorded) =>
      put(actor, id, language, { source: "telephone", text: null, fileName: null }, () => maker.ofFile(recorded)),
    async removeVoice(actor, id, language) {
      const done = await changes.run<undefined>(actor, async (tx) => {
        if (!(await lockPrompt(tx, id))) return unknown(id);
        const before = await read(tx, id);
        if (before instanceof Refusal) return before;
        // Without any voice its callers would hear nothing at all.
        if (before.usedBy.length > 0 && before.voices.length === 1) return inUse(before);
        if (!(await deleteVoice(tx, id, language))) return noVoice(before.name, language);
        const facts = { name: before.name, language };
        return { result: undefined, action: "prompt.voice-remove", subject: `prompt ${id}`, facts, news: PLAYED_ALONE };
      });
      deps.changed(id);
      return done;
    },
    async audio(id, language) {
      const sound = await findWideSound(db, id, language);
      if (sound !== null) return sound;
      const prompt = await findPrompt(db, id);
      return prompt === null ? unknown(id) : noVoice(prompt.name, language);
    },
    async tryOut(text, language) {
      const made = await maker.ofText(text, language);
      return made instanceof Refusal ? made : made.wide;
    },
  };
}

function inUse({ name, usedBy }: Prompt): Refusal {
  const users = usedBy.map((use) => use.name).join(", ");
  return new Refusal("reference.in-use", `${name} is played by ${users}. Take it out there first.`, { usedBy });
}
