import type { Db } from "../db/pool.ts";

/** The queues an agent is in. */
export async function queuesOfAgent(db: Db, agentId: number): Promise<number[]> {
  const rows = await db.selectFrom("queue_agents").where("agent_id", "=", agentId).select("queue_id").execute();
  return rows.map(({ queue_id }) => queue_id);
}
