import { sql } from "kysely";
import type { InboundAction } from "../../contract/views.ts";
import type { Db } from "../db/pool.ts";

/** Something an action names, and why it cannot be used. */
export interface Unusable {
  words: string;
  id: number;
}

/**
 * What of the actions is not there (any more) or cannot be reached; the others stay until the transaction ends.
 */
export async function unusableTargets(tx: Db, actions: readonly InboundAction[]): Promise<Unusable[]> {
  const queues = actions.flatMap((action) => ("queue" in action ? [action.queue] : []));
  const projects = actions.flatMap((action) => ("project" in action ? [action.project] : []));
  const telephones = actions.flatMap((action) => ("telephone" in action ? [action.telephone] : []));
  const agents = actions.flatMap((action) => ("agent" in action ? [action.agent] : []));
  const calendars = actions.flatMap(({ when }) => (when === undefined ? [] : [when.calendar]));
  const missing = async (one: string, table: Parameters<typeof living>[1], ids: number[]) => {
    const there = await living(tx, table, ids);
    return ids.filter((id) => !there.has(id)).map((id) => ({ words: `There is no ${one} ${id}.`, id }));
  };
  return [
    ...(await missing("queue", "queues", queues)),
    ...(await missing("project", "projects", projects)),
    ...(await missing("calendar", "calendars", calendars)),
    ...(await unusableStaff(tx, "telephone", telephones)),
    ...(await unusableStaff(tx, "agent", agents)),
  ];
}

async function living(tx: Db, table: "queues" | "projects" | "calendars", ids: number[]): Promise<Set<number>> {
  if (ids.length === 0) return new Set();
  const found = await sql<{ id: number }>`
    select id from ${sql.table(table)} where id = any(${ids}::bigint[]) and deleted_at is null for share
  `.execute(tx);
  return new Set(found.rows.map(({ id }) => id));
}

async function unusableStaff(tx: Db, kind: "agent" | "telephone", ids: number[]): Promise<Unusable[]> {
  if (ids.length === 0) return [];
  const found = await tx
    .selectFrom("staff")
    .select(["id", "full_name as name", "internal"])
    .where(sql<boolean>`id = any(${ids}::bigint[])`)
    .where("kind", "=", kind)
    .where("deleted_at", "is", null)
    .forShare()
    .execute();
  return ids.flatMap((id): Unusable[] => {
    const one = found.find((each) => each.id === id);
    if (one === undefined) return [{ words: `There is no ${kind} ${id}.`, id }];
    if (kind === "agent" && one.internal === null) {
      return [{ words: `${one.name} has no internal number to be called at.`, id }];
    }
    return [];
  });
}
