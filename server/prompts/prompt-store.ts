import { sql } from "kysely";
import type { Prompt, PromptVoice } from "../../contract/views.ts";
import { PROMPT_LANGUAGES } from "../../contract/views.ts";
import { afterCursor, contains } from "../db/page.ts";
import type { Db } from "../db/pool.ts";
import { type Listed, type ListQuery, page } from "../listing.ts";
import type { VoiceLanguage } from "../voice-dialogue.ts";
import type { MadeVoice } from "./voice-maker.ts";

/** A prompt without what uses it: that is for others to know. */
export type StoredPrompt = Omit<Prompt, "usedBy">;
/** Which sound a voice is; its bytes are fetched when they are needed. */
export interface VoiceMark {
  language: VoiceLanguage;
  sha256: string;
}
/** Where a voice came from. */
export type VoiceOrigin = Pick<PromptVoice, "source" | "text" | "fileName">;

/** Prompts by name; `q` is part of a name. */
export async function listPrompts(db: Db, { limit, after, q }: ListQuery): Promise<Listed<StoredPrompt>> {
  const found = await db
    .selectFrom("prompts")
    .select(["id", "name", sql<string>`lower(name)`.as("sort")])
    .where(afterCursor(sql`lower(name)`, sql`id`, after))
    .where(contains([sql`name`], q))
    .orderBy("sort")
    .orderBy("id")
    .limit(limit + 1)
    .execute();
  const voices = await voicesOf(
    db,
    found.map(({ id }) => id),
  );
  return page(found, limit, ({ id, name }) => ({ id, name, voices: voices.get(id) ?? [] }));
}

export async function findPrompt(db: Db, id: number): Promise<StoredPrompt | null> {
  const row = await db.selectFrom("prompts").select(["id", "name"]).where("id", "=", id).executeTakeFirst();
  if (row === undefined) return null;
  return { ...row, voices: (await voicesOf(db, [id])).get(id) ?? [] };
}

/** Keeps the prompt as it is until the transaction ends; false where there is none. */
export async function lockPrompt(tx: Db, id: number): Promise<boolean> {
  return (
    (await tx.selectFrom("prompts").select("id").where("id", "=", id).forUpdate().executeTakeFirst()) !== undefined
  );
}

async function voicesOf(db: Db, promptIds: number[]): Promise<Map<number, PromptVoice[]>> {
  const voices = new Map<number, PromptVoice[]>();
  if (promptIds.length === 0) return voices;
  const rows = await db
    .selectFrom("prompt_voices")
    .leftJoin("staff", "staff.id", "prompt_voices.made_by")
    .select(["prompt_id", "language", "source", "text", "file_name", "length_ms", "made_at"])
    .select(["staff.id as by_id", "staff.full_name as by_name", sql<string>`encode(sha256, 'hex')`.as("sound")])
    .where("prompt_id", "in", promptIds)
    .execute();
  rows.sort((one, other) => PROMPT_LANGUAGES.indexOf(one.language) - PROMPT_LANGUAGES.indexOf(other.language));
  for (const row of rows) {
    const { language, source, text, sound, by_id, by_name } = row;
    const madeBy = by_id === null || by_name === null ? null : { id: by_id, name: by_name };
    const times = { lengthMs: row.length_ms, madeAt: row.made_at.toISOString() };
    const voice = { ...{ language, source, text, sound, madeBy, ...times }, fileName: row.file_name };
    voices.set(row.prompt_id, [...(voices.get(row.prompt_id) ?? []), voice]);
  }
  return voices;
}

export async function insertPrompt(tx: Db, name: string): Promise<number> {
  return (await tx.insertInto("prompts").values({ name }).returning("id").executeTakeFirstOrThrow()).id;
}

export async function renamePrompt(tx: Db, id: number, name: string): Promise<void> {
  await tx.updateTable("prompts").set({ name }).where("id", "=", id).execute();
}

/** With its voices. */
export async function deletePrompt(tx: Db, id: number): Promise<void> {
  await tx.deleteFrom("prompts").where("id", "=", id).execute();
}

/** In the place of the one it had in that language. */
export async function putVoice(
  tx: Db,
  voice: { promptId: number; language: VoiceLanguage; madeAt: Date; madeBy: number } & VoiceOrigin & MadeVoice,
): Promise<void> {
  const columns = {
    source: voice.source,
    text: voice.text,
    file_name: voice.fileName,
    length_ms: voice.lengthMs,
    wide: voice.wide,
    narrow: voice.narrow,
    sha256: voice.sha256,
    made_at: voice.madeAt,
    made_by: voice.madeBy,
  };
  await tx
    .insertInto("prompt_voices")
    .values({ prompt_id: voice.promptId, language: voice.language, ...columns })
    .onConflict((conflict) => conflict.columns(["prompt_id", "language"]).doUpdateSet(columns))
    .execute();
}

/** False where there was none. */
export async function deleteVoice(tx: Db, promptId: number, language: VoiceLanguage): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom("prompt_voices")
    .where("prompt_id", "=", promptId)
    .where("language", "=", language)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** What a voice sounds like on a good telephone; null where there is none. */
export async function findWideSound(db: Db, promptId: number, language: VoiceLanguage): Promise<Buffer | null> {
  const row = await db
    .selectFrom("prompt_voices")
    .select("wide")
    .where("prompt_id", "=", promptId)
    .where("language", "=", language)
    .executeTakeFirst();
  return row?.wide ?? null;
}

const marked = sql<string>`encode(sha256, 'hex')`.as("sha256");

/** The voices of a prompt, by their sounds. */
export async function findVoiceMarks(db: Db, promptId: number): Promise<VoiceMark[]> {
  return db.selectFrom("prompt_voices").select(["language", marked]).where("prompt_id", "=", promptId).execute();
}

/** The voices of these prompts, in the order of languages; a prompt without any is not among them. */
export async function listVoiceMarks(db: Db, promptIds: readonly number[]): Promise<Map<number, VoiceMark[]>> {
  const rows = await db
    .selectFrom("prompt_voices")
    .select(["prompt_id", "language", marked])
    .where("prompt_id", "in", promptIds)
    .orderBy("prompt_id")
    .orderBy("language")
    .execute();
  const marks = Map.groupBy(rows, ({ prompt_id }) => prompt_id);
  return new Map([...marks].map(([id, of]) => [id, of.map(({ language, sha256 }) => ({ language, sha256 }))]));
}

/** Every sound there is, once. */
export async function listSounds(db: Db): Promise<string[]> {
  const rows = await db.selectFrom("prompt_voices").select(marked).distinct().execute();
  return rows.map(({ sha256 }) => sha256);
}

/** The bytes of a sound; null where no voice has it any more. */
export async function findSound(db: Db, sha256: string): Promise<Pick<MadeVoice, "wide" | "narrow"> | null> {
  const row = await db
    .selectFrom("prompt_voices")
    .select(["wide", "narrow"])
    .where("sha256", "=", Buffer.from(sha256, "hex"))
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}
