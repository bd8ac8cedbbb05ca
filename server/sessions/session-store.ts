import { sql } from "kysely";
import type { EndReason } from "../../contract/views.ts";
import type { Db } from "../db/pool.ts";
import { endCauses, insertCause } from "./pause-store.ts";
import { deleteEnding } from "./session-ending-store.ts";

/**
 * The instant at which something new of this agent on this telephone may begin: now, or the end of what was there
 * before if a clock of another node (or ours, set back) wrote a later one. Keeps periods from overlapping.
 */
export async function startInstant(tx: Db, agentId: number, telephoneId: number, now: Date): Promise<Date> {
  const later = sql<boolean>`tstzrange(started_at, ended_at) && tstzrange(${now}, null)`;
  const rows = await tx
    .selectFrom("leases")
    .where((eb) => eb.or([eb("telephone_id", "=", telephoneId), eb("agent_id", "=", agentId)]))
    .where("ended_at", "is not", null)
    .where(later)
    .select("ended_at as at")
    .unionAll(
      tx
        .selectFrom("sessions")
        .where("agent_id", "=", agentId)
        .where("ended_at", "is not", null)
        .where(later)
        .select("ended_at as at"),
    )
    .execute();
  return rows.reduce((latest, { at }) => (at !== null && at > latest ? at : latest), now);
}

/** A session begins, with its first lease, paused for as long as the telephone system is being told. */
export async function insertSession(
  tx: Db,
  session: {
    agentId: number;
    telephoneId: number;
    at: Date;
    desktop: boolean;
    byTelephone: boolean;
    number?: string | null;
  },
): Promise<number> {
  const { agentId, telephoneId, at, desktop, byTelephone, number = null } = session;
  const { id } = await tx
    .insertInto("sessions")
    .values({ agent_id: agentId, started_at: at, desktop_seen_at: desktop ? at : null, by_telephone: byTelephone })
    .returning("id")
    .executeTakeFirstOrThrow();
  await insertLease(tx, { sessionId: id, agentId, telephoneId, at, number });
  await insertCause(tx, id, { cause: "login-in-pause", reason: null, since: at, dueAt: null });
  return id;
}

/** A session sits down at a telephone, or at that number for as long as it lasts. The database refuses a second open lease of either. */
export async function insertLease(
  tx: Db,
  lease: { sessionId: number; agentId: number; telephoneId: number; at: Date; number?: string | null },
): Promise<void> {
  const { sessionId, agentId, telephoneId, at, number = null } = lease;
  await tx
    .insertInto("leases")
    .values({ session_id: sessionId, agent_id: agentId, telephone_id: telephoneId, started_at: at, number })
    .execute();
}

/** Ends the open lease of a session; nothing ends before it began. */
export async function endLease(tx: Db, sessionId: number, at: Date, reason: string): Promise<void> {
  await tx
    .updateTable("leases")
    .set({ ended_at: sql<Date>`greatest(${at}::timestamptz, started_at)`, end_reason: reason })
    .where("session_id", "=", sessionId)
    .where("ended_at", "is", null)
    .execute();
}

/**
 * Ends a session with its lease, its causes and a break that waits. False when it had ended already. Lease first: one
 * order for all. It ends no earlier than anything in it. `by`: whose act it was, where it was another person's.
 */
export async function endSession(
  tx: Db,
  sessionId: number,
  at: Date,
  reason: EndReason,
  by: number | null = null,
): Promise<boolean> {
  await endLease(tx, sessionId, at, reason);
  await endCauses(tx, sessionId, "all", at);
  const { numUpdatedRows } = await tx
    .updateTable("sessions")
    .set({
      ended_at: sql<Date>`greatest(${at}::timestamptz, started_at,
        (select max(ended_at) from pause_causes where session_id = sessions.id),
        (select max(ended_at) from leases where session_id = sessions.id))`,
      end_reason: reason,
      ended_by: by,
      break_reason: null,
      break_asked_at: null,
    })
    .where("id", "=", sessionId)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  await deleteEnding(tx, sessionId);
  return numUpdatedRows > 0n;
}

/** From now on the session needs its desktop, also where it was begun by telephone. */
export async function takeToDesktop(tx: Db, sessionId: number): Promise<void> {
  await tx
    .updateTable("sessions")
    .set({ by_telephone: false })
    .where("id", "=", sessionId)
    .where("by_telephone", "=", true)
    .execute();
}

/** Notes that a desktop is there (null) or since when none is, and keeps it for the session's history. */
export async function markUnattended(
  db: Db,
  sessionId: number,
  since: Date | null,
  seenAt: Date | null,
  at: Date,
): Promise<void> {
  await db
    .updateTable("sessions")
    .set({ unattended_since: since, ...(seenAt === null ? {} : { desktop_seen_at: seenAt }) })
    .where("id", "=", sessionId)
    .where("ended_at", "is", null)
    .execute();
  if (since === null) {
    await db
      .updateTable("desktop_losses")
      .set({ back_at: sql<Date>`greatest(${at}::timestamptz, lost_at)` })
      .where("session_id", "=", sessionId)
      .where("back_at", "is", null)
      .execute();
    return;
  }
  await db
    .insertInto("desktop_losses")
    .values({ session_id: sessionId, lost_at: since })
    .onConflict((conflict) => conflict.column("session_id").where("back_at", "is", null).doNothing())
    .execute();
}
