import type { Db } from "../db/pool.ts";

/** Which queues each agent serves, and what those are called. */
export async function readQueueAgents(
  db: Db,
): Promise<{ serving: Map<number, number[]>; queueNames: Map<number, string> }> {
  const [rows, queues] = await Promise.all([
    db
      .selectFrom("queue_agents")
      .innerJoin("queues", "queues.id", "queue_agents.queue_id")
      .where("queues.deleted_at", "is", null)
      .select(["queue_agents.agent_id as agentId", "queue_agents.queue_id as queueId"])
      .orderBy("queue_agents.queue_id")
      .execute(),
    db.selectFrom("queues").where("deleted_at", "is", null).select(["id", "name"]).execute(),
  ]);
  const serving = new Map<number, number[]>();
  for (const { agentId, queueId } of rows) {
    const mine = serving.get(agentId);
    if (mine === undefined) serving.set(agentId, [queueId]);
    else mine.push(queueId);
  }
  return { serving, queueNames: new Map(queues.map(({ id, name }) => [id, name])) };
}

/** Whether somebody sits at the telephone of this name now. */
export async function isHeld(db: Db, endpoint: string): Promise<boolean> {
  const lease = await db
    .selectFrom("leases")
    .innerJoin("staff", "staff.id", "leases.telephone_id")
    .where("staff.username", "=", endpoint)
    .where("staff.deleted_at", "is", null)
    .where("leases.ended_at", "is", null)
    .select("leases.id")
    .executeTakeFirst();
  return lease !== undefined;
}
