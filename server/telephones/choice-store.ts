import type { Db } from "../db/pool.ts";
import type { TelephoneRow } from "./choice.ts";

/** Telephones with their open leases: all of them, or those asked for. Deleted ones are absent. */
export async function readTelephones(db: Db, ids: number[] | "all"): Promise<TelephoneRow[]> {
  if (ids !== "all" && ids.length === 0) return [];
  const rows = await db
    .selectFrom("staff as t")
    .innerJoin("telephones", "telephones.staff_id", "t.id")
    .leftJoin("leases", (join) => join.onRef("leases.telephone_id", "=", "t.id").on("leases.ended_at", "is", null))
    .leftJoin("sessions", "sessions.id", "leases.session_id")
    .leftJoin("staff as holder", "holder.id", "leases.agent_id")
    .where("t.deleted_at", "is", null)
    // One that its agent's account does not allow now is not there.
    .where((is) => is.or([is("telephones.line", "=", "sip"), is("t.enabled", "=", true)]))
    .$if(ids !== "all", (query) => query.where("t.id", "in", ids as number[]))
    .select([
      "t.id",
      "t.full_name as name",
      "t.username as endpoint",
      "t.internal",
      "t.enabled",
      "telephones.place",
      "telephones.line",
      "telephones.owner_agent_id as ownerAgentId",
      "leases.agent_id as agentId",
      "leases.started_at as since",
      "holder.full_name as agentName",
      "sessions.unattended_since as unattendedSince",
    ])
    .execute();
  return rows.map(({ agentId, agentName, since, unattendedSince, ...telephone }) => ({
    ...telephone,
    holding:
      agentId === null || agentName === null || since === null ? null : { agentId, agentName, since, unattendedSince },
  }));
}
