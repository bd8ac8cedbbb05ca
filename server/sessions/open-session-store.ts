import { sql } from "kysely";
import type { Db } from "../db/pool.ts";
import { remoteLineName } from "../staff/remote-line-store.ts";
import type { OpenCause, PendingBreak } from "./readiness.ts";
import type { WaitingEnd } from "./session.ts";

/** An open session with all that is said about it: who, where, since when, and why he is paused. */
export interface OpenSession {
  id: number;
  agentId: number;
  agentName: string;
  startedAt: Date;
  desktopSeenAt: Date | null;
  unattendedSince: Date | null;
  /** It was begun by telephone, and not taken over by a desktop since. */
  byTelephone: boolean;
  lease: { id: number; startedAt: Date };
  telephone: {
    id: number;
    name: string;
    endpoint: string;
    internal: string | null;
    place: string | null;
    /** Where a line of his is rung; null: it is a telephone that registers. */
    number: string | null;
  };
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
      "sessions.by_telephone as byTelephone",
      "sessions.break_reason as breakReason",
      "sessions.break_asked_at as breakAskedAt",
      "leases.id as leaseId",
      "leases.started_at as leaseStartedAt",
      "telephone.id as telephoneId",
      "telephone.full_name as telephoneName",
      "leases.number as ownNumber",
      sql<string | null>`case when telephones.line = 'remote' then coalesce(leases.number, agents.remote_number)
        end`.as("number"),
      "telephone.username as endpoint",
      "telephone.internal",
      "telephones.place",
      sql<boolean>`agent.enabled and agent.deleted_at is null and telephone.enabled and telephone.deleted_at is null`.as(
        "allowed",
      ),
      // The rule of the login: without hotdesk on his own telephone, with it also on a shared one; at a number outside
      // where his account says so.
      sql<boolean>`case when telephones.owner_agent_id is null then agents.hotdesk and agents.typology = 'external'
        when telephones.owner_agent_id <> sessions.agent_id then false
        when telephones.line = 'remote' then agents.typology = 'remote' or agents.remote_allowed
        else agents.typology = 'external' end`.as("fits"),
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
    const { number, ownNumber, breakReason, breakAskedAt, endingEvent, endingById, endingByName, ...session } = row;
    const by = endingById === null || endingByName === null ? null : { id: endingById, name: endingByName };
    return {
      ...session,
      lease: { id: leaseId, startedAt: leaseStartedAt },
      telephone: {
        ...{ id: telephoneId, endpoint, internal, place, number },
        name: ownNumber === null ? telephoneName : remoteLineName(ownNumber),
      },
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
