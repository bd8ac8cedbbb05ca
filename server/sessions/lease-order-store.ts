import type { Db } from "../db/pool.ts";
import type { OpenRows } from "./lease-order.ts";

/** What is open of sessions, leases and causes, each with the end of its session. */
export async function readOpenRows(db: Db): Promise<OpenRows> {
  const [sessions, leases, causes] = await Promise.all([
    db
      .selectFrom("sessions")
      .innerJoin("staff", "staff.id", "sessions.agent_id")
      .where("sessions.ended_at", "is", null)
      .select(["sessions.id as sessionId", "sessions.agent_id as agentId", "staff.full_name as agentName"])
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
