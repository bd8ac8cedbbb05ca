import { sql } from "kysely";
import type { Db } from "../db/pool.ts";

/** An agent of the house as the floor names him. */
export interface FloorAgent {
  id: number;
  name: string;
  internal: string | null;
  enabled: boolean;
  team: { id: number; name: string } | null;
  queues: number[];
}

/** The living agents: all of them, or those asked for. */
export async function readFloorAgents(db: Db, ids: number[] | "all"): Promise<FloorAgent[]> {
  if (ids !== "all" && ids.length === 0) return [];
  const rows = await db
    .selectFrom("agents")
    .innerJoin("staff", "staff.id", "agents.staff_id")
    .leftJoin("teams", "teams.id", "agents.team_id")
    .where("staff.deleted_at", "is", null)
    .$if(ids !== "all", (query) => query.where("agents.staff_id", "in", ids === "all" ? [] : ids))
    .select(["staff.id", "staff.full_name as name", "staff.internal", "staff.enabled"])
    .select(["teams.id as teamId", "teams.name as teamName"])
    .select(
      // As JSON: an array of bigint would come as an array of strings.
      sql<number[]>`coalesce((select jsonb_agg(queue_id order by queue_id) from queue_agents
        where agent_id = staff.id), '[]')`.as("queues"),
    )
    .execute();
  return rows.map(({ teamId, teamName, ...agent }) => ({
    ...agent,
    team: teamId === null || teamName === null ? null : { id: teamId, name: teamName },
  }));
}

/** When the last answered call of each of these agents ended, of the calls that began since an instant. Without one: absent. */
export async function readLastCallEnds(db: Db, agentIds: number[], since: Date): Promise<Map<number, Date>> {
  if (agentIds.length === 0) return new Map();
  const rows = await db
    .selectFrom("report_calls")
    .where("seated_agent_id", "in", agentIds)
    .where("started_at", ">=", since)
    .where("answered_at", "is not", null)
    .where("ended_at", "is not", null)
    .groupBy("seated_agent_id")
    .select((eb) => ["seated_agent_id as agentId", eb.fn.max("ended_at").as("at")])
    .execute();
  return new Map(rows.flatMap(({ agentId, at }) => (agentId === null || at === null ? [] : [[agentId, at]])));
}
