import { sql } from "kysely";
import type { PauseCause } from "../../contract/views.ts";
import type { Db } from "../db/pool.ts";
import { type OpenCause, UNTIL_READY } from "./readiness.ts";
import type { WrapUpRule } from "./wrap-up.ts";

/** A cause as it is written. */
export interface NewCause extends Omit<OpenCause, "by"> {
  by?: { id: number } | null;
  /** Of a break that had to wait for the end of a call: when it was asked for. */
  askedAt?: Date | null;
}

/**
 * Opens a cause; one that is open already gets the newer reason, due instant and author, and keeps its beginning. It
 * begins no earlier than its session and than the end of the last of its kind, whatever the clocks say.
 */
export async function insertCause(
  db: Db,
  sessionId: number,
  { cause, reason, since, dueAt, by = null, longestAt = null, extendedAt = null, askedAt = null }: NewCause,
): Promise<void> {
  const changing = {
    reason,
    due_at: dueAt,
    by_id: by?.id ?? null,
    longest_at: longestAt,
    extended_at: extendedAt,
  };
  await db
    .insertInto("pause_causes")
    .values({
      ...changing,
      session_id: sessionId,
      cause,
      started_at: sql<Date>`greatest(${since}::timestamptz,
        (select started_at from sessions where id = ${sessionId}),
        (select max(ended_at) from pause_causes where session_id = ${sessionId} and cause = ${cause}))`,
      asked_at: askedAt,
    })
    .onConflict((conflict) =>
      conflict.columns(["session_id", "cause"]).where("ended_at", "is", null).doUpdateSet(changing),
    )
    .execute();
}

/** Ends some kinds of cause, or all with their session. The ids of those that it ended. */
export async function endCauses(
  db: Db,
  sessionId: number,
  causes: readonly PauseCause[] | "all",
  at: Date,
): Promise<number[]> {
  if (causes.length === 0) return [];
  const rows = await db
    .updateTable("pause_causes")
    .set({ ended_at: sql<Date>`greatest(${at}::timestamptz, started_at)`, cut_short: causes === "all" })
    .where("session_id", "=", sessionId)
    .where("ended_at", "is", null)
    .$if(causes !== "all", (query) => query.where("cause", "in", causes as PauseCause[]))
    .returning("id")
    .execute();
  return rows.map(({ id }) => id);
}

/**
 * A supervisor's pause outlives the session in which it was said: one that was open at the end of the agent's last
 * session goes on in this one. Answers whether there is one.
 */
export async function carrySupervisorPause(tx: Db, agentId: number, sessionId: number, at: Date): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto("pause_causes")
    .columns(["session_id", "cause", "reason", "by_id", "started_at"])
    .expression((eb) =>
      eb
        .selectFrom("pause_causes as old")
        .where("old.cause", "=", "supervisor")
        .where("old.cut_short", "=", true)
        .where("old.session_id", "=", (inner) =>
          inner
            .selectFrom("sessions")
            .where("agent_id", "=", agentId)
            .where("id", "<>", sessionId)
            .select("id")
            .orderBy("started_at", "desc")
            .limit(1),
        )
        .select([
          sql<number>`${sessionId}::bigint`.as("session_id"),
          "old.cause",
          "old.reason",
          "old.by_id",
          sql<Date>`${at}::timestamptz`.as("started_at"),
        ]),
    )
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Undoes a cause that never took effect. */
export async function deleteCause(db: Db, sessionId: number, cause: PauseCause): Promise<void> {
  await db
    .deleteFrom("pause_causes")
    .where("session_id", "=", sessionId)
    .where("cause", "=", cause)
    .where("ended_at", "is", null)
    .execute();
}

/** Undoes the end of these causes. */
export async function reopenCauses(db: Db, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await db.updateTable("pause_causes").set({ ended_at: null }).where("id", "in", ids).execute();
}

/** A login is whole; its agent stays paused until he presses Ready. */
export async function holdUntilReady(db: Db, sessionId: number): Promise<void> {
  await db
    .updateTable("pause_causes")
    .set({ reason: UNTIL_READY })
    .where("session_id", "=", sessionId)
    .where("cause", "=", "login-in-pause")
    .where("ended_at", "is", null)
    .execute();
}

/** How a queue wants its calls wrapped up; null for a queue that is gone. */
export async function findWrapUpRule(db: Db, queueId: number): Promise<WrapUpRule | null> {
  const row = await db
    .selectFrom("queues")
    .where("id", "=", queueId)
    .where("deleted_at", "is", null)
    .select(["wrap_up_seconds as wrapUpSeconds", "mandatory_disposition as mandatoryDisposition"])
    .select("phone_disposition as phoneDisposition")
    .executeTakeFirst();
  return row ?? null;
}

/** Whether somebody has chosen a disposition for this leg. */
export async function isDisposed(db: Db, legId: string): Promise<boolean> {
  const row = await db.selectFrom("leg_dispositions").where("leg_id", "=", legId).select("leg_id").executeTakeFirst();
  return row !== undefined;
}
