import { sql } from "kysely";
import type { Db } from "../db/pool.ts";

/** A queue that is there: its agents; null where there is none. */
export async function findAgentsOfQueue(db: Db, queueId: number): Promise<number[] | null> {
  const queue = await db
    .selectFrom("queues")
    .where("id", "=", queueId)
    .where("deleted_at", "is", null)
    .select("id")
    .executeTakeFirst();
  if (queue === undefined) return null;
  const agents = await db.selectFrom("queue_agents").where("queue_id", "=", queueId).select("agent_id").execute();
  return agents.map(({ agent_id }) => agent_id);
}

/** The numbers that callers from outside call. */
export async function readOwnNumbers(db: Db): Promise<string[]> {
  const found = await db.selectFrom("inbound_routes").select("number").execute();
  return found.map(({ number }) => number);
}

/** How many requests wait in a queue, and how many of whoever calls from that number anywhere. */
export async function countWaiting(db: Db, queueId: number, caller: string): Promise<{ inQueue: number; his: number }> {
  const { rows } = await sql<{ inQueue: number; his: number }>`
    select count(*) filter (where queue_id = ${queueId})::int as "inQueue",
      count(*) filter (where caller = ${caller})::int as his
    from items where kind = 'callback' and state <> 'done'`.execute(db);
  return rows[0] ?? { inQueue: 0, his: 0 };
}
