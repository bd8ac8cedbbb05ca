import type { SessionEnd } from "../../contract/views.ts";
import type { Db } from "../db/pool.ts";
import type { WaitingEnd } from "./session.ts";

/** A session is to end with the call that is going on; a newer wish replaces an older one. */
export async function putEnding(
  db: Db,
  ending: { sessionId: number; event: WaitingEnd; by: number | null; at: Date },
): Promise<void> {
  const { sessionId, event, by, at } = ending;
  const row = { event, asked_by: by, asked_at: at };
  await db
    .insertInto("session_endings")
    .values({ session_id: sessionId, ...row })
    .onConflict((conflict) => conflict.column("session_id").doUpdateSet(row))
    .execute();
}

/** Nothing is to end with the call any more. */
export async function deleteEnding(db: Db, sessionId: number): Promise<void> {
  await db.deleteFrom("session_endings").where("session_id", "=", sessionId).execute();
}

/** How an agent's last session ended, as he is told, and who that was whose name stands in it. */
export interface LastEnd {
  end: SessionEnd;
  byId: number | null;
}

/** How the agent's last session ended; null while one is open, and before the first. */
export async function findLastEnd(db: Db, agentId: number): Promise<LastEnd | null> {
  const row = await db
    .selectFrom("sessions")
    .leftJoin("staff as ender", "ender.id", "sessions.ended_by")
    .where("sessions.agent_id", "=", agentId)
    .orderBy("sessions.started_at", "desc")
    .limit(1)
    .select([
      "sessions.ended_at as at",
      "sessions.end_reason as reason",
      "ender.full_name as by",
      "sessions.ended_by as byId",
    ])
    .executeTakeFirst();
  if (row === undefined || row.at === null || row.reason === null) return null;
  const reason = row.reason as SessionEnd["reason"];
  return { end: { reason, by: row.by, at: row.at.toISOString() }, byId: row.byId };
}
