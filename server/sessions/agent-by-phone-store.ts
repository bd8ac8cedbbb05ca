import type { Db } from "../db/pool.ts";

/** The numbers outside of agents who may sign in, with their internal numbers. */
export async function readRemoteNumbers(db: Db): Promise<{ internal: string; number: string }[]> {
  const rows = await db
    .selectFrom("agents")
    .innerJoin("staff", "staff.id", "agents.staff_id")
    .where("staff.deleted_at", "is", null)
    .where("staff.enabled", "=", true)
    .where("staff.internal", "is not", null)
    .where("agents.remote_number", "is not", null)
    .select(["staff.internal", "agents.remote_number as number"])
    .execute();
  return rows.map(({ internal, number }) => ({ internal: internal ?? "", number: number ?? "" }));
}

/** The agent's queues by name. */
export async function readQueuesOf(db: Db, agentId: number): Promise<{ id: number; name: string }[]> {
  return db
    .selectFrom("queue_agents")
    .innerJoin("queues", "queues.id", "queue_agents.queue_id")
    .where("queue_agents.agent_id", "=", agentId)
    .where("queues.deleted_at", "is", null)
    .select(["queues.id", "queues.name"])
    .orderBy("queues.name")
    .execute();
}
