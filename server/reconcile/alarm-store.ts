import { sql } from "kysely";
import type { Db } from "../db/pool.ts";

/** Something people have to know. `subject` is what it is about: there is one open alarm of each. */
export interface AlarmRow {
  id: number;
  subject: string;
  kind: string;
  words: string;
  times: number;
  raisedAt: Date;
  lastAt: Date;
}

/** Alarms somebody took note of are kept so many. */
const KEPT = 1000;
/** More open alarms than anybody reads. */
const MOST_OPEN = 200;

const columns = ["id", "subject", "kind", "words", "times", "raised_at as raisedAt", "last_at as lastAt"] as const;

/** The oldest first. */
export function listOpenAlarms(db: Db): Promise<AlarmRow[]> {
  return db
    .selectFrom("alarms")
    .where("acknowledged_at", "is", null)
    .select(columns)
    .orderBy("id")
    .limit(MOST_OPEN)
    .execute();
}

/** Raises an alarm, or says of the open one that it goes on. */
export async function raiseAlarm(
  db: Db,
  { subject, kind, words, times, at }: { subject: string; kind: string; words: string; times: number; at: Date },
): Promise<AlarmRow> {
  const row = await db
    .insertInto("alarms")
    .values({ subject, kind, words, times, raised_at: at, last_at: at })
    .onConflict((conflict) =>
      conflict.column("subject").where("acknowledged_at", "is", null).doUpdateSet({ words, times, last_at: at }),
    )
    .returning(columns)
    .executeTakeFirstOrThrow();
  await db
    .deleteFrom("alarms")
    .where("acknowledged_at", "is not", null)
    .where("id", "<=", row.id - KEPT)
    .execute();
  return row;
}

/** False: there is no such open alarm. */
export async function acknowledgeAlarm(db: Db, id: number, by: number, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("alarms")
    .set({ acknowledged_at: sql<Date>`greatest(${at}::timestamptz, last_at)`, acknowledged_by: by })
    .where("id", "=", id)
    .where("acknowledged_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
