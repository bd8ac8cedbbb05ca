import { sql } from "kysely";
import type { Db } from "../db/pool.ts";
import type { RecordedPart } from "../db/recording-tables.ts";
import type { JournalFact, JournalLanguage } from "../journal.ts";

/** One that is safe on the disk, with what the journal tells of it. */
export interface NewRecording {
  source: string;
  linkedId: string;
  channelId: string;
  queueId: number | null;
  startedAt: Date;
  endedAt: Date;
  lengthMs: number;
  parts: RecordedPart[];
  peaks: Buffer;
  format: "mp3" | "wav";
  bytes: number;
  file: string;
  sha256: Buffer;
  keyId: string;
}

/** Keeps a recording. One that is there already under its name stays as it is. */
export async function insertRecording(tx: Db, one: NewRecording): Promise<void> {
  await tx
    .insertInto("recordings")
    .values((eb) => ({
      source: one.source,
      linked_id: one.linkedId,
      channel_id: one.channelId,
      // A queue that nobody knows any more is none.
      queue_id: eb.selectFrom("queues").where("id", "=", one.queueId).select("id"),
      started_at: one.startedAt,
      ended_at: one.endedAt,
      length_ms: one.lengthMs,
      parts: JSON.stringify(one.parts),
      peaks: one.peaks,
      format: one.format,
      bytes: one.bytes,
      file: one.file,
      sha256: one.sha256,
      key_id: one.keyId,
    }))
    .onConflict((conflict) => conflict.column("source").doNothing())
    .execute();
}

/** Whether it is kept under its name already. */
export async function isKept(db: Db, source: string): Promise<boolean> {
  const row = await db.selectFrom("recordings").where("source", "=", source).select("id").executeTakeFirst();
  return row !== undefined;
}

/** All that was written so far of the call in which a channel began, and of those into which it was handed over. */
export async function readFactsOf(
  db: Db,
  one: { linkedId: string; channelId: string },
  language: JournalLanguage,
): Promise<JournalFact[]> {
  const { rows } = await sql<{ line: unknown }>`
    with itself as (
      select ${one.linkedId}::text as linked_id, call_at(${one.linkedId}) as call_at
      union select linked_id, call_at from moved_channels where channel_id = ${one.channelId})
    select l.line from itself join journal_lines l on l.linked_id = itself.linked_id and l.call_at = itself.call_at`.execute(
    db,
  );
  return rows.flatMap(({ line }) => {
    const fact = language.factOf(line);
    return "damaged" in fact ? [] : [fact];
  });
}

/** Its file is not what was written. */
export async function markDamaged(db: Db, id: number): Promise<void> {
  await db
    .updateTable("recordings")
    .set({ state: "damaged" })
    .where("id", "=", id)
    .where("state", "=", "kept")
    .execute();
}

/** Condemns one; its file is to be removed once this is committed. Null: it is gone already, or never was. */
export async function condemnRecording(
  tx: Db,
  id: number,
  by: number,
  at: Date,
): Promise<{ source: string; linkedId: string } | null> {
  const row = await tx
    .updateTable("recordings")
    .set({ state: "removing", removed_at: at, removed_by: by })
    .where("id", "=", id)
    .where("state", "in", ["kept", "damaged"])
    .returning(["source", "linked_id as linkedId"])
    .executeTakeFirst();
  return row ?? null;
}

const AT_ONCE = 200;

/** Condemns those whose time is over, the oldest first, some at a time. `days` null: only where their queue says. */
export async function condemnExpired(tx: Db, days: number | null, now: Date): Promise<number> {
  const expired = tx
    .selectFrom("recordings as r")
    .leftJoin("queues as q", "q.id", "r.queue_id")
    .where("r.state", "in", ["kept", "damaged"])
    .where(
      sql<boolean>`r.started_at < ${now}::timestamptz - make_interval(days => coalesce(q.recording_days, ${days}::int))`,
    )
    .orderBy("r.started_at")
    .limit(AT_ONCE)
    .select("r.id");
  const { numUpdatedRows } = await tx
    .updateTable("recordings")
    .set({ state: "removing", removed_at: now })
    .where("id", "in", expired)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** Condemned, with a file that may still be there; some at a time, those after an id. */
export function listCondemned(db: Db, after: number): Promise<{ id: number; file: string }[]> {
  return db
    .selectFrom("recordings")
    .where("state", "=", "removing")
    .where("id", ">", after)
    .orderBy("id")
    .limit(AT_ONCE)
    .select(["id", "file"])
    .execute();
}

/** Their files are gone, and with them what was drawn of them. */
export async function markRemoved(db: Db, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await db
    .updateTable("recordings")
    .set({ state: "removed", peaks: Buffer.alloc(0) })
    .where("id", "in", [...ids])
    .execute();
}
