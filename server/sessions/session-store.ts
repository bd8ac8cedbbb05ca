import { sql } from "kysely";
import type { EndReason } from "../../contract/views.ts";
import type { Db } from "../db/pool.ts";
import type { OpenRows } from "./lease-order.ts";
import { endCauses, insertCause } from "./pause-store.ts";
import type { OpenCause, PendingBreak } from "./readiness.ts";
import type { WaitingEnd } from "./session.ts";
import { deleteEnding } from "./session-ending-store.ts";

/** An open session with all that is said about it: who, where, since when, and why he is paused. */
export interface OpenSession {
  id: number;
  agentId: number;
  agentName: string;
  startedAt: Date;
  desktopSeenAt: Date | null;
  unattendedSince: Date | null;
  lease: { id: number; startedAt: Date };
  telephone: { id: number; name: string; endpoint: string; internal: string | null; place: string | null };
  causes: OpenCause[];
  pendingBreak: PendingBreak | null;
  lastCauseEndedAt: Date | null;
  /** False when the agent or the telephone has been deleted or switched off meanwhile. */
  allowed: boolean;
  /** False when, as accounts and telephones are set up now, he could not sit down there any more. */
  fits: boolean;
  /** It ends with the call that is going on, and by whose wish; nothing rings any more. */
  ending: { event: WaitingEnd; by: { id: number; name: string } | null } | null;
}

const openSessionQuery = (db: Db) =>
  db
    .selectFrom("sessions")
    .innerJoin("leases", (join) =>
      join.onRef("leases.session_id", "=", "sessions.id").on("leases.ended_at", "is", null),
    )
    .innerJoin("staff as agent", "agent.id", "sessions.agent_id")
    .innerJoin("staff as telephone", "telephone.id", "leases.telephone_id")
    .innerJoin("telephones", "telephones.staff_id", "leases.telephone_id")
    .innerJoin("agents", "agents.staff_id", "sessions.agent_id")
    .leftJoin("session_endings", "session_endings.session_id", "sessions.id")
    .leftJoin("staff as ender", "ender.id", "session_endings.asked_by")
    .where("sessions.ended_at", "is", null)
    .select((eb) => [
      "sessions.id",
      "sessions.agent_id as agentId",
      "agent.full_name as agentName",
      "sessions.started_at as startedAt",
      "sessions.desktop_seen_at as desktopSeenAt",
      "sessions.unattended_since as unattendedSince",
      "sessions.break_reason as breakReason",
      "sessions.break_asked_at as breakAskedAt",
      "leases.id as leaseId",
      "leases.started_at as leaseStartedAt",
      "telephone.id as telephoneId",
      "telephone.full_name as telephoneName",
      "telephone.username as endpoint",
      "telephone.internal",
      "telephones.place",
      sql<boolean>`agent.enabled and agent.deleted_at is null and telephone.enabled and telephone.deleted_at is null`.as(
        "allowed",
      ),
      // The rule of the login: without hotdesk on his own telephone, with it also on a shared one.
      sql<boolean>`agents.typology = 'external' and case when telephones.owner_agent_id is null then agents.hotdesk
        else telephones.owner_agent_id = sessions.agent_id end`.as("fits"),
      "session_endings.event as endingEvent",
      "session_endings.asked_by as endingById",
      "ender.full_name as endingByName",
      eb
        .selectFrom("pause_causes")
        .whereRef("pause_causes.session_id", "=", "sessions.id")
        .select((inner) => inner.fn.max("ended_at").as("last"))
        .as("lastCauseEndedAt"),
    ]);

type OpenRow = Awaited<ReturnType<ReturnType<typeof openSessionQuery>["execute"]>>[number];

async function withCauses(db: Db, rows: OpenRow[]): Promise<OpenSession[]> {
  if (rows.length === 0) return [];
  const causes = await db
    .selectFrom("pause_causes")
    .leftJoin("staff", "staff.id", "pause_causes.by_id")
    .where("ended_at", "is", null)
    .where(
      "session_id",
      "in",
      rows.map((row) => row.id),
    )
    .select([
      "session_id as sessionId",
      "cause",
      "reason",
      "started_at as since",
      "due_at as dueAt",
      "longest_at as longestAt",
      "extended_at as extendedAt",
      "by_id as byId",
      "staff.full_name as byName",
    ])
    .orderBy("started_at")
    .orderBy("pause_causes.id")
    .execute();
  const bySession = Map.groupBy(causes, (cause) => cause.sessionId);
  return rows.map(({ leaseId, leaseStartedAt, telephoneId, telephoneName, endpoint, internal, place, ...row }) => {
    const { breakReason, breakAskedAt, endingEvent, endingById, endingByName, ...session } = row;
    const by = endingById === null || endingByName === null ? null : { id: endingById, name: endingByName };
    return {
      ...session,
      lease: { id: leaseId, startedAt: leaseStartedAt },
      telephone: { id: telephoneId, name: telephoneName, endpoint, internal, place },
      causes: (bySession.get(session.id) ?? []).map(({ sessionId: _, byId, byName, ...cause }) => ({
        ...cause,
        by: byId === null || byName === null ? null : { id: byId, name: byName },
      })),
      ending: endingEvent === null ? null : { event: endingEvent, by },
      pendingBreak:
        breakReason === null || breakAskedAt === null ? null : { reason: breakReason, askedAt: breakAskedAt },
    };
  });
}

/** The agent's open session; null where he has none. */
export async function findOpenSession(db: Db, agentId: number): Promise<OpenSession | null> {
  const rows = await openSessionQuery(db).where("sessions.agent_id", "=", agentId).execute();
  return (await withCauses(db, rows))[0] ?? null;
}

/** The open sessions of these agents. */
export async function findOpenSessions(db: Db, agentIds: number[]): Promise<OpenSession[]> {
  if (agentIds.length === 0) return [];
  return withCauses(db, await openSessionQuery(db).where("sessions.agent_id", "in", agentIds).execute());
}

/** Every open session of the house. */
export async function listOpenSessions(db: Db): Promise<OpenSession[]> {
  return withCauses(db, await openSessionQuery(db).execute());
}

/** Who holds a telephone now; null where nobody does. */
export async function findHolder(db: Db, telephoneId: number): Promise<{ agentId: number; sessionId: number } | null> {
  const row = await db
    .selectFrom("leases")
    .where("telephone_id", "=", telephoneId)
    .where("ended_at", "is", null)
    .select(["agent_id as agentId", "session_id as sessionId"])
    .executeTakeFirst();
  return row ?? null;
}

export interface AgentRow {
  id: number;
  name: string;
  typology: "external" | "remote";
  hotdesk: boolean;
}

/**
 * Holds a person's or a telephone's row until the transaction ends, against other logins and against whoever changes,
 * disables or deletes it. People before telephones: two who lock in another order would wait for each other. What is
 * read by statements after this one is true until then; the statement that waits sees what was before.
 */
async function holdStaff(tx: Db, staffId: number): Promise<void> {
  await tx.selectFrom("staff").where("id", "=", staffId).select("id").forNoKeyUpdate().execute();
}

/** An enabled agent, locked until the transaction ends; null is not (any more) one. */
export async function lockAgent(tx: Db, agentId: number): Promise<AgentRow | null> {
  await holdStaff(tx, agentId);
  const row = await tx
    .selectFrom("agents")
    .innerJoin("staff", "staff.id", "agents.staff_id")
    .where("agents.staff_id", "=", agentId)
    .where("staff.deleted_at", "is", null)
    .where("staff.enabled", "=", true)
    .select(["staff.id", "staff.full_name as name", "agents.typology", "agents.hotdesk"])
    .executeTakeFirst();
  return row ?? null;
}

/** An enabled agent without an open session; null is any other. */
export async function findLoggedOutAgent(db: Db, agentId: number): Promise<AgentRow | null> {
  const row = await db
    .selectFrom("agents")
    .innerJoin("staff", "staff.id", "agents.staff_id")
    .leftJoin("sessions", (join) =>
      join.onRef("sessions.agent_id", "=", "staff.id").on("sessions.ended_at", "is", null),
    )
    .where("agents.staff_id", "=", agentId)
    .where("staff.deleted_at", "is", null)
    .where("staff.enabled", "=", true)
    .where("sessions.id", "is", null)
    .select(["staff.id", "staff.full_name as name", "agents.typology", "agents.hotdesk"])
    .executeTakeFirst();
  return row ?? null;
}

/** Keeps two agents from deciding about the same telephone at once, until the transaction ends. */
export const lockTelephone = holdStaff;

export interface TelephoneStanding {
  id: number;
  name: string;
  endpoint: string;
  enabled: boolean;
  ownerAgentId: number | null;
  holder: { agentId: number; agentName: string; sessionId: number; since: Date; unattendedSince: Date | null } | null;
}

/** Telephones as a login has to see them: one by id, or all that an agent owns. Deleted ones are absent. */
export async function readStanding(
  db: Db,
  which: { id: number } | { ownerAgentId: number },
): Promise<TelephoneStanding[]> {
  const rows = await db
    .selectFrom("telephones")
    .innerJoin("staff", "staff.id", "telephones.staff_id")
    .leftJoin("leases", (join) => join.onRef("leases.telephone_id", "=", "staff.id").on("leases.ended_at", "is", null))
    .leftJoin("sessions", "sessions.id", "leases.session_id")
    .leftJoin("staff as holder", "holder.id", "leases.agent_id")
    .where("staff.deleted_at", "is", null)
    .$if("id" in which, (query) => query.where("staff.id", "=", "id" in which ? which.id : 0))
    .$if("ownerAgentId" in which, (query) =>
      query.where("telephones.owner_agent_id", "=", "ownerAgentId" in which ? which.ownerAgentId : 0),
    )
    .orderBy("staff.full_name")
    .select([
      "staff.id",
      "staff.full_name as name",
      "staff.username as endpoint",
      "staff.enabled",
      "telephones.owner_agent_id as ownerAgentId",
      "leases.agent_id as agentId",
      "leases.session_id as sessionId",
      "leases.started_at as since",
      "holder.full_name as agentName",
      "sessions.unattended_since as unattendedSince",
    ])
    .execute();
  return rows.map(({ agentId, sessionId, since, agentName, unattendedSince, ...telephone }) => ({
    ...telephone,
    holder:
      agentId === null || sessionId === null || since === null || agentName === null
        ? null
        : { agentId, agentName, sessionId, since, unattendedSince },
  }));
}

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
  { agentId, telephoneId, at, desktop }: { agentId: number; telephoneId: number; at: Date; desktop: boolean },
): Promise<number> {
  const { id } = await tx
    .insertInto("sessions")
    .values({ agent_id: agentId, started_at: at, desktop_seen_at: desktop ? at : null })
    .returning("id")
    .executeTakeFirstOrThrow();
  await insertLease(tx, { sessionId: id, agentId, telephoneId, at });
  await insertCause(tx, id, { cause: "login-in-pause", reason: null, since: at, dueAt: null });
  return id;
}

/** A session sits down at a telephone. The database refuses a second open lease of either. */
export async function insertLease(
  tx: Db,
  { sessionId, agentId, telephoneId, at }: { sessionId: number; agentId: number; telephoneId: number; at: Date },
): Promise<void> {
  await tx
    .insertInto("leases")
    .values({ session_id: sessionId, agent_id: agentId, telephone_id: telephoneId, started_at: at })
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

/** The queues an agent serves. */
export async function queuesOf(db: Db, agentId: number): Promise<number[]> {
  const rows = await db
    .selectFrom("queue_agents")
    .innerJoin("queues", "queues.id", "queue_agents.queue_id")
    .where("queue_agents.agent_id", "=", agentId)
    .where("queues.deleted_at", "is", null)
    .select("queues.id")
    .orderBy("queues.id")
    .execute();
  return rows.map(({ id }) => id);
}

/** What is open of sessions, leases and causes, each with the end of its session. */
export async function readOpenRows(db: Db): Promise<OpenRows> {
  const [sessions, leases, causes] = await Promise.all([
    db
      .selectFrom("sessions")
      .innerJoin("agents", "agents.staff_id", "sessions.agent_id")
      .innerJoin("staff", "staff.id", "sessions.agent_id")
      .where("sessions.ended_at", "is", null)
      .select(["sessions.id as sessionId", "sessions.agent_id as agentId", "staff.full_name as agentName"])
      .select(sql<boolean>`agents.typology = 'external'`.as("needsTelephone"))
      .execute(),
    db
      .selectFrom("leases")
      .innerJoin("sessions", "sessions.id", "leases.session_id")
      .innerJoin("staff", "staff.id", "leases.agent_id")
      .where("leases.ended_at", "is", null)
      .select(["session_id as sessionId", "leases.agent_id as agentId", "staff.full_name as agentName"])
      .select(["leases.telephone_id as telephoneId", "sessions.ended_at as endedAt"])
      .execute(),
    db
      .selectFrom("pause_causes")
      .innerJoin("sessions", "sessions.id", "pause_causes.session_id")
      .innerJoin("staff", "staff.id", "sessions.agent_id")
      .where("pause_causes.ended_at", "is", null)
      .select(["session_id as sessionId", "sessions.agent_id as agentId", "staff.full_name as agentName"])
      .select("sessions.ended_at as endedAt")
      .execute(),
  ]);
  return { sessions, leases, causes };
}
