import { sql } from "kysely";
import type { Db } from "../db/pool.ts";
import type { TeamOnBreak } from "./break-request.ts";
import type { PendingBreak } from "./readiness.ts";

/** A break reason of the house, with its length at most. */
export interface BreakReason {
  name: string;
  maxMinutes: number | null;
}

/** The break reason of that name as it is written in the house; null for one that is not configured. */
export async function findBreakReason(db: Db, name: string): Promise<BreakReason | null> {
  const row = await db
    .selectFrom("pause_reasons")
    .where("deleted_at", "is", null)
    .where(sql<boolean>`lower(name) = lower(${name})`)
    .select(["name", "max_minutes as maxMinutes"])
    .executeTakeFirst();
  return row ?? null;
}

/** Notes a break that waits for the end of a call, or that none does. */
export async function setPendingBreak(db: Db, sessionId: number, pending: PendingBreak | null): Promise<void> {
  await db
    .updateTable("sessions")
    .set({ break_reason: pending?.reason ?? null, break_asked_at: pending?.askedAt ?? null })
    .where("id", "=", sessionId)
    .where("ended_at", "is", null)
    .execute();
}

/**
 * The agent's team, where it has a limit, and who of the others is on break or has one coming. Locks the team until the
 * transaction ends: two who want the last place are decided one after the other.
 */
export async function lockTeamOnBreak(tx: Db, agentId: number): Promise<TeamOnBreak | null> {
  const team = await tx
    .selectFrom("teams")
    .innerJoin("agents", "agents.team_id", "teams.id")
    .where("agents.staff_id", "=", agentId)
    .where("teams.deleted_at", "is", null)
    .select(["teams.id", "teams.name", "teams.max_on_break as most"])
    .forNoKeyUpdate("teams")
    .executeTakeFirst();
  if (team === undefined || team.most === null) return null;
  const onBreak = await tx
    .selectFrom("sessions")
    .innerJoin("agents", "agents.staff_id", "sessions.agent_id")
    .innerJoin("staff", "staff.id", "sessions.agent_id")
    .leftJoin("pause_causes", (join) =>
      join
        .onRef("pause_causes.session_id", "=", "sessions.id")
        .on("pause_causes.cause", "=", "break")
        .on("pause_causes.ended_at", "is", null),
    )
    .where("sessions.ended_at", "is", null)
    .where("agents.team_id", "=", team.id)
    .where("sessions.agent_id", "<>", agentId)
    .where((eb) => eb.or([eb("pause_causes.id", "is not", null), eb("sessions.break_asked_at", "is not", null)]))
    .select([
      "staff.id",
      "staff.full_name as name",
      sql<Date>`coalesce(pause_causes.started_at, sessions.break_asked_at)`.as("since"),
    ])
    .orderBy("since")
    .execute();
  return { id: team.id, name: team.name, most: team.most, onBreak };
}
