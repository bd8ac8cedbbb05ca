import type { Db } from "../db/pool.ts";

/** The names of all queues, deleted ones too: a call can outlive its queue. */
export async function readQueueNames(db: Db): Promise<Map<number, string>> {
  const rows = await db.selectFrom("queues").select(["id", "name"]).execute();
  return new Map(rows.map((row) => [row.id, row.name]));
}
