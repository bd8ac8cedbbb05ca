import { sql } from "kysely";
import type { EndReason, PauseCause } from "../../contract/views.ts";
import type { Db } from "../db/pool.ts";
import type { HistoryRange } from "./history-range.ts";

export interface SessionRow {
  id: number;
  startedAt: Date;
  endedAt: Date | null;
  endReason: EndReason | null;
  endedBy: string | null;
  unattendedSince: Date | null;
}

export interface LeaseRow {
  id: number;
  sessionId: number;
  agent: { id: number; name: string };
  telephone: { id: number; name: string };
  startedAt: Date;
  endedAt: Date | null;
  endReason: string | null;
}

export interface CauseRow {
  sessionId: number;
  cause: PauseCause;
  reason: string | null;
  by: string | null;
  askedAt: Date | null;
  startedAt: Date;
  endedAt: Date | null;
  dueAt: Date | null;
}

export interface CallRow {
  sessionId: number;
  legId: string;
  telephone: { id: number; name: string };
  dialled: boolean;
  type: "inbound" | "outbound" | "internal";
  number: string | null;
  queue: string | null;
  rangAt: Date;
  answeredAt: Date | null;
  endedAt: Date | null;
}

/** A page holds so many sessions, leases or calls at most: a day has a handful. */
export const SESSIONS_A_PAGE = 50;
export const LEASES_A_PAGE = 500;
const CALLS_A_PAGE = 10_000;

/** The name of an agent or a telephone, also of one who has left; null where there never was one. */
export async function findName(
  db: Db,
  kind: "agent" | "telephone",
  id: number,
): Promise<{ id: number; name: string } | null> {
  const row = await db
    .selectFrom("staff")
    .where("id", "=", id)
    .where("kind", "=", kind)
    .select(["id", "full_name as name"])
    .executeTakeFirst();
  return row ?? null;
}

/** An agent's sessions that touch the range, the oldest first; one more than a page, if there is one. */
export async function readSessions(
  db: Db,
  agentId: number,
  { from, to }: HistoryRange,
  after: { at: Date; id: number } | null,
): Promise<SessionRow[]> {
  const rows = await db
    .selectFrom("sessions")
    .leftJoin("staff", "staff.id", "sessions.ended_by")
    .where("sessions.agent_id", "=", agentId)
    .where("sessions.started_at", "<", to)
    .where((eb) => eb.or([eb("sessions.ended_at", "is", null), eb("sessions.ended_at", ">", from)]))
    .$if(after !== null, (query) =>
      query.where(sql<boolean>`(sessions.started_at, sessions.id) > (${after?.at ?? null}, ${after?.id ?? 0})`),
    )
    .orderBy("sessions.started_at")
    .orderBy("sessions.id")
    .limit(SESSIONS_A_PAGE + 1)
    .select([
      "sessions.id",
      "sessions.started_at as startedAt",
      "sessions.ended_at as endedAt",
      "sessions.end_reason as endReason",
      "sessions.unattended_since as unattendedSince",
      "staff.full_name as endedBy",
    ])
    .execute();
  return rows.map((row) => ({ ...row, endReason: row.endReason as EndReason | null }));
}

const leases = (db: Db) =>
  db
    .selectFrom("leases")
    .innerJoin("staff as agent", "agent.id", "leases.agent_id")
    .innerJoin("staff as telephone", "telephone.id", "leases.telephone_id")
    .select([
      "leases.id",
      "leases.session_id as sessionId",
      "leases.started_at as startedAt",
      "leases.ended_at as endedAt",
      "leases.end_reason as endReason",
      "agent.id as agentId",
      "agent.full_name as agentName",
      "telephone.id as telephoneId",
      "telephone.full_name as telephoneName",
    ])
    .orderBy("leases.started_at")
    .orderBy("leases.id");

type RawLease = Awaited<ReturnType<ReturnType<typeof leases>["execute"]>>[number];

const lease = ({ agentId, agentName, telephoneId, telephoneName, ...row }: RawLease): LeaseRow => ({
  ...row,
  agent: { id: agentId, name: agentName },
  telephone: { id: telephoneId, name: telephoneName },
});

/** The leases of some sessions, in order. */
export async function readLeases(db: Db, sessionIds: number[]): Promise<LeaseRow[]> {
  if (sessionIds.length === 0) return [];
  return (await leases(db).where("leases.session_id", "in", sessionIds).execute()).map(lease);
}

/** A telephone's leases that touch the range, the oldest first; one more than a page, if there is one. */
export async function readLeasesOf(
  db: Db,
  telephoneId: number,
  { from, to }: HistoryRange,
  after: { at: Date; id: number } | null,
): Promise<LeaseRow[]> {
  const rows = await leases(db)
    .where("leases.telephone_id", "=", telephoneId)
    .where("leases.started_at", "<", to)
    .where((eb) => eb.or([eb("leases.ended_at", "is", null), eb("leases.ended_at", ">", from)]))
    .$if(after !== null, (query) =>
      query.where(sql<boolean>`(leases.started_at, leases.id) > (${after?.at ?? null}, ${after?.id ?? 0})`),
    )
    .limit(LEASES_A_PAGE + 1)
    .execute();
  return rows.map(lease);
}

/** The causes of some sessions, in order. */
export async function readCauses(db: Db, sessionIds: number[]): Promise<CauseRow[]> {
  if (sessionIds.length === 0) return [];
  return db
    .selectFrom("pause_causes")
    .leftJoin("staff", "staff.id", "pause_causes.by_id")
    .where("session_id", "in", sessionIds)
    .orderBy("started_at")
    .orderBy("pause_causes.id")
    .select([
      "session_id as sessionId",
      "cause",
      "reason",
      "staff.full_name as by",
      "asked_at as askedAt",
      "started_at as startedAt",
      "ended_at as endedAt",
      "due_at as dueAt",
    ])
    .execute();
}

/** When the desktops of some sessions were gone, in order. */
export async function readDesktopLosses(
  db: Db,
  sessionIds: number[],
): Promise<{ sessionId: number; lostAt: Date; backAt: Date | null }[]> {
  if (sessionIds.length === 0) return [];
  return db
    .selectFrom("desktop_losses")
    .where("session_id", "in", sessionIds)
    .orderBy("lost_at")
    .select(["session_id as sessionId", "lost_at as lostAt", "back_at as backAt"])
    .execute();
}

/** The legs on the telephones of some sessions, each with the session that held the telephone when it rang. */
export async function readCalls(db: Db, sessionIds: number[], { from, to }: HistoryRange): Promise<CallRow[]> {
  if (sessionIds.length === 0) return [];
  const rows = await db
    .selectFrom("leases")
    .innerJoin("legs", (join) =>
      join
        .onRef("legs.telephone_id", "=", "leases.telephone_id")
        .onRef("legs.rang_at", ">=", "leases.started_at")
        .on((eb) => eb.or([eb("leases.ended_at", "is", null), eb("legs.rang_at", "<", eb.ref("leases.ended_at"))])),
    )
    .innerJoin("calls", (join) =>
      join.onRef("calls.linked_id", "=", "legs.linked_id").onRef("calls.call_at", "=", "legs.call_at"),
    )
    .innerJoin("staff", "staff.id", "legs.telephone_id")
    .leftJoin("report_calls", (join) =>
      join.onRef("report_calls.leg_id", "=", "legs.leg_id").onRef("report_calls.call_at", "=", "legs.call_at"),
    )
    .leftJoin("queues", "queues.id", "legs.queue_id")
    .where("leases.session_id", "in", sessionIds)
    .where("legs.rang_at", "<", to)
    .where((eb) => eb.or([eb("legs.ended_at", "is", null), eb("legs.ended_at", ">", from)]))
    .orderBy("legs.rang_at")
    .orderBy("legs.leg_id")
    .limit(CALLS_A_PAGE)
    .select([
      "leases.session_id as sessionId",
      "legs.leg_id as legId",
      "legs.direction",
      "legs.rang_at as rangAt",
      "legs.answered_at as answeredAt",
      "legs.ended_at as endedAt",
      "calls.type",
      "report_calls.source",
      "report_calls.destination",
      "queues.name as queue",
      "staff.id as telephoneId",
      "staff.full_name as telephoneName",
    ])
    .execute();
  return rows.map(({ direction, source, destination, telephoneId, telephoneName, ...row }) => {
    const dialled = direction === "from-telephone";
    return {
      ...row,
      dialled,
      number: dialled ? destination : source,
      telephone: { id: telephoneId, name: telephoneName },
    };
  });
}
