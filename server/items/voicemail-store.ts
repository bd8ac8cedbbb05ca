import { sql } from "kysely";
import type { Db } from "../db/pool.ts";
import type { CondemnedFile } from "../recordings/condemned-files.ts";
import type { KeptRecording } from "../recordings/recording-folder.ts";

/** Keeps what was said in an item. */
export async function insertVoicemail(
  tx: Db,
  one: KeptRecording & { itemId: number; source: string; at: Date },
): Promise<void> {
  await tx
    .insertInto("voicemails")
    .values({
      ...{ item_id: one.itemId, source: one.source, length_ms: one.lengthMs, peaks: one.peaks, format: one.format },
      ...{ bytes: one.bytes, file: one.file, sha256: one.sha256, key_id: one.keyId, made_at: one.at },
    })
    .execute();
}

/** Whether it is kept under its name already. */
export async function isVoicemailKept(db: Db, source: string): Promise<boolean> {
  const row = await db.selectFrom("voicemails").where("source", "=", source).select("item_id").executeTakeFirst();
  return row !== undefined;
}

/** What has to be known before one is played. */
export interface VoicemailFile {
  file: string;
  bytes: number;
  format: "mp3" | "wav";
  tag: string;
  peaks: Buffer;
  lengthMs: number;
  removedAt: Date | null;
}

/** What was said in an item; null: it is none with a voice. */
export async function findVoicemail(db: Db, itemId: number): Promise<VoicemailFile | null> {
  const row = await db
    .selectFrom("voicemails")
    .where("item_id", "=", itemId)
    .select(["file", "bytes", "format", "sha256", "peaks", "length_ms", "removed_at"])
    .executeTakeFirst();
  if (row === undefined) return null;
  const { file, bytes, format, peaks, sha256 } = row;
  const tag = `"${sha256.toString("hex").slice(0, 32)}"`;
  return { file, bytes, format, peaks, tag, lengthMs: row.length_ms, removedAt: row.removed_at };
}

/** Somebody heard it; false: not the first. */
export async function markHeard(tx: Db, itemId: number, by: number, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("voicemails")
    .set({ heard_by: by, heard_at: at })
    .where("item_id", "=", itemId)
    .where("heard_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Its file is not what was written. */
export async function markVoicemailDamaged(db: Db, itemId: number): Promise<void> {
  await db
    .updateTable("voicemails")
    .set({ state: "damaged" })
    .where("item_id", "=", itemId)
    .where("state", "=", "kept")
    .execute();
}

/** Condemns one; its file is to be removed once this is committed. False: it is gone already. */
export async function condemnVoicemail(tx: Db, itemId: number, by: number, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("voicemails")
    .set({ state: "removing", removed_at: at, removed_by: by })
    .where("item_id", "=", itemId)
    .where("state", "in", ["kept", "damaged"])
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

const AT_ONCE = 200;

/**
 * Condemns those whose time is over, the oldest first, some at a time; answers their items. A message that nobody has
 * worked off yet stays, however old.
 */
export async function condemnOldVoicemails(tx: Db, days: number, now: Date): Promise<number[]> {
  const expired = tx
    .selectFrom("voicemails as v")
    .innerJoin("items as i", "i.id", "v.item_id")
    .where("v.state", "in", ["kept", "damaged"])
    .where("i.state", "=", "done")
    .where(sql<boolean>`v.made_at < ${now}::timestamptz - make_interval(days => ${days}::int)`)
    .orderBy("v.made_at")
    .limit(AT_ONCE)
    .select("v.item_id");
  const gone = await tx
    .updateTable("voicemails")
    .set({ state: "removing", removed_at: now })
    .where("item_id", "in", expired)
    .returning("item_id")
    .execute();
  return gone.map(({ item_id }) => item_id);
}

/** Condemned, with a file that may still be there; some at a time, those after an item. */
export async function listCondemnedVoicemails(db: Db, after: number): Promise<CondemnedFile[]> {
  return db
    .selectFrom("voicemails")
    .where("state", "=", "removing")
    .where("item_id", ">", after)
    .orderBy("item_id")
    .limit(AT_ONCE)
    .select(["item_id as id", "file"])
    .execute();
}

/** Their files are gone, and with them what was drawn of them. */
export async function markVoicemailsRemoved(db: Db, itemIds: readonly number[]): Promise<void> {
  if (itemIds.length === 0) return;
  await db
    .updateTable("voicemails")
    .set({ state: "removed", peaks: Buffer.alloc(0) })
    .where("item_id", "in", [...itemIds])
    .execute();
}
