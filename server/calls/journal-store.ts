import { sql } from "kysely";
import type { Db } from "../db/pool.ts";
import type { JournalRead } from "../journal.ts";
import { callAt, lineAt } from "./call-at.ts";

/** Folding and disposing touch the same rows: they take turns, per node, until the transaction ends. */
export async function lockCalls(tx: Db, node: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('perch.calls'), hashtext(${node}))`.execute(tx);
}

/** How far each of the node's journal files is committed. */
export async function readCheckpoints(db: Db, node: string): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom("journal_checkpoints")
    .where("node", "=", node)
    .select(["file_id", "next_byte"])
    .execute();
  return new Map(rows.map((row) => [row.file_id, row.next_byte]));
}

/** Belongs in the transaction of the rows that came of it. */
export async function writeCheckpoints(tx: Db, node: string, next: ReadonlyMap<string, number>): Promise<void> {
  if (next.size === 0) return;
  await tx
    .insertInto("journal_checkpoints")
    .values([...next].map(([file_id, next_byte]) => ({ node, file_id, next_byte })))
    .onConflict((conflict) =>
      conflict
        .columns(["node", "file_id"])
        .doUpdateSet({ next_byte: (eb) => eb.ref("excluded.next_byte"), read_at: sql`now()` }),
    )
    .execute();
}

export interface KeptLine {
  fileId: string;
  byte: number;
  linkedId: string;
  atUs: number;
  /** JSON. */
  text: string;
}

/** Keeps lines as they were written. One that is kept already stays as it is. */
export async function insertLines(tx: Db, node: string, lines: readonly KeptLine[]): Promise<void> {
  if (lines.length === 0) return;
  await sql`
    insert into journal_lines (node, file_id, byte, linked_id, call_at, at, line)
    select ${node}, file_id, byte, linked_id, call_at, timestamptz 'epoch' + at_us * interval '1 microsecond', line::jsonb
    from unnest(
      ${lines.map((line) => line.fileId)}::text[],
      ${lines.map((line) => line.byte)}::bigint[],
      ${lines.map((line) => line.linkedId)}::text[],
      ${lines.map((line) => lineAt(line.linkedId, line.atUs))}::timestamptz[],
      ${lines.map((line) => line.atUs)}::bigint[],
      ${lines.map((line) => line.text)}::text[]
    ) as new (file_id, byte, linked_id, call_at, at_us, line)
    on conflict do nothing`.execute(tx);
}

/** All kept lines of these calls. */
export async function readLines(tx: Db, linkedIds: readonly string[]): Promise<{ linkedId: string; line: unknown }[]> {
  if (linkedIds.length === 0) return [];
  const made = linkedIds.map((linkedId) => callAt(linkedId).getTime());
  const first = made.reduce((one, other) => Math.min(one, other));
  const last = made.reduce((one, other) => Math.max(one, other));
  return tx
    .selectFrom("journal_lines")
    .where(sql<boolean>`linked_id = any(${linkedIds}::text[])`)
    .where(sql<boolean>`call_at between ${new Date(first)} and ${new Date(last)}`)
    .select(["linked_id as linkedId", "line"])
    .execute();
}

/** Sets lines aside with their reason. Answers how many are new there. */
export async function insertDamage(
  tx: Db,
  node: string,
  damaged: readonly { read: JournalRead; why: string }[],
): Promise<number> {
  if (damaged.length === 0) return 0;
  const done = await tx
    .insertInto("journal_damage")
    .values(
      damaged.map(({ read, why }) => ({
        node,
        file_id: read.fileId,
        byte: read.byte,
        // PostgreSQL's text holds no U+0000; the symbol for it tells a reader what stood there.
        text: read.text.replaceAll("\0", "\u2400").toWellFormed(),
        why: why.slice(0, 500),
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return Number(done.numInsertedOrUpdatedRows ?? 0);
}

export async function countDamage(db: Db, node: string): Promise<number> {
  const { count } = await db
    .selectFrom("journal_damage")
    .where("node", "=", node)
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return Number(count);
}
