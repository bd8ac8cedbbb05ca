import type { Db } from "../db/pool.ts";
import type { Seat } from "../telephony.ts";

/** Who sits where: of these agents and at these telephones, or everybody. */
export async function readSeatedAgents(
  db: Db,
  which: { agentIds: number[]; endpoints: string[] } | "all",
): Promise<Seat[]> {
  return db
    .selectFrom("leases")
    .innerJoin("agents", "agents.staff_id", "leases.agent_id")
    .innerJoin("staff as agent", "agent.id", "leases.agent_id")
    .innerJoin("staff as telephone", "telephone.id", "leases.telephone_id")
    .where("leases.ended_at", "is", null)
    .$if(which !== "all", (query) =>
      query.where((eb) => {
        const { agentIds, endpoints } = which === "all" ? { agentIds: [], endpoints: [] } : which;
        return eb.or([
          agentIds.length === 0 ? eb.lit(false) : eb("leases.agent_id", "in", agentIds),
          endpoints.length === 0 ? eb.lit(false) : eb("telephone.username", "in", endpoints),
        ]);
      }),
    )
    .select([
      "telephone.username as endpoint",
      "leases.agent_id as agentId",
      "agent.full_name as agentName",
      "agent.internal",
      "agents.caller_id as callerId",
      "agents.language",
      "leases.number",
    ])
    .execute();
}
