import type { Db } from "../db/pool.ts";

/** Which queues each agent serves. */
export async function readQueueAgents(db: Db): Promise<Map<number, number[]>> {
  const rows = await db
    .selectFrom("queue_agents")
    .innerJoin("queues", "queues.id", "queue_agents.queue_id")
    .where("queues.deleted_at", "is", null)
    .select(["queue_agents.agent_id as agentId", "queue_agents.queue_id as queueId"])
    .orderBy("queue_agents.queue_id")
    .execute();
  const byAgent = new Map<number, number[]>();
  for (const { agentId, queueId } of rows) byAgent.set(agentId, [...(byAgent.get(agentId) ?? []), queueId]);
  return byAgent;
}
