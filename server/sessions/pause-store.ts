import { sql } from "kysely";
import type { Db } from "../db/pool.ts";
import type { OpenCause } from "./readiness.ts";

/** Opens a cause; one that is open already gets the newer reason and due instant, and keeps its beginning. */
export async function insertCause(
  db: Db,
  sessionId: number,
  { cause, reason, since, dueAt }: OpenCause,
): Promise<void> {
  await db
    .insertInto("pause_causes")
    .values({ session_id: sessionId, cause, reason, started_at: since, due_at: dueAt })
    .onConflict((conflict) =>
      conflict.columns(["session_id", "cause"]).where("ended_at", "is", null).doUpdateSet({ reason, due_at: dueAt }),
    )
    .execute();
}

/** Ends one kind of cause, or all. */
export async function endCauses(db: Db, sessionId: number, cause: OpenCause["cause"] | "all", at: Date): Promise<void> {
  await db
    .updateTable("pause_causes")
    .set({ ended_at: sql<Date>`greatest(${at}::timestamptz, started_at)` })
    .where("session_id", "=", sessionId)
    .where("ended_at", "is", null)
    .$if(cause !== "all", (query) => query.where("cause", "=", cause as OpenCause["cause"]))
    .execute();
}

/** Undoes a cause that never took effect. */
export async function deleteCause(db: Db, sessionId: number, cause: OpenCause["cause"]): Promise<void> {
  await db
    .deleteFrom("pause_causes")
    .where("session_id", "=", sessionId)
    .where("cause", "=", cause)
    .where("ended_at", "is", null)
    .execute();
}

/** Undoes the end a cause was given at that instant. */
export async function reopenCause(db: Db, sessionId: number, cause: OpenCause["cause"], at: Date): Promise<void> {
  await db
    .updateTable("pause_causes")
    .set({ ended_at: null })
    .where("session_id", "=", sessionId)
    .where("cause", "=", cause)
    .where("ended_at", "=", at)
    .execute();
}

/** The break reason of that name as it is written in the house; null for one that is not configured. */
export async function findPauseReason(db: Db, name: string): Promise<string | null> {
  const row = await db
    .selectFrom("pause_reasons")
    .where("deleted_at", "is", null)
    .where(sql<boolean>`lower(name) = lower(${name})`)
    .select("name")
    .executeTakeFirst();
  return row?.name ?? null;
}

/** How a queue wants its calls wrapped up; null for a queue that is gone. */
export async function findWrapUpRule(
  db: Db,
  queueId: number,
): Promise<{ wrapUpSeconds: number; mandatoryDisposition: boolean } | null> {
  const row = await db
    .selectFrom("queues")
    .where("id", "=", queueId)
    .where("deleted_at", "is", null)
    .select(["wrap_up_seconds as wrapUpSeconds", "mandatory_disposition as mandatoryDisposition"])
    .executeTakeFirst();
  return row ?? null;
}

/** Whether somebody has chosen a disposition for this leg. */
export async function isDisposed(db: Db, legId: string): Promise<boolean> {
  const row = await db.selectFrom("leg_dispositions").where("leg_id", "=", legId).select("leg_id").executeTakeFirst();
  return row !== undefined;
}
