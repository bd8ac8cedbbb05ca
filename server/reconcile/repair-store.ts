import type { Repair } from "../../contract/views.ts";
import { type Database, type Db, inTransaction } from "../db/pool.ts";
import { type Listed, page } from "../listing.ts";

/** What made us look. */
export type Round = "start" | "link" | "regular";

export interface RepairEntry {
  comparer: string;
  difference: string;
  words: string;
  agentId: number | null;
  /** Null: it was put right. */
  refused: string | null;
}

/** Older repairs than the newest so many are forgotten. */
const KEPT = 10_000;

/**
 * Writes a round's repairs down, and answers how often each of the differences has come back since `since`: found by a
 * regular round, when nothing that we know of had happened, or refused whenever it was found.
 */
export function insertRepairs(
  db: Database,
  { at, round, entries, since }: { at: Date; round: Round; entries: RepairEntry[]; since: Date },
): Promise<Map<string, number>> {
  return inTransaction(db, async (tx) => {
    const inserted = await tx
      .insertInto("repairs")
      .values(
        entries.map(({ comparer, difference, words, agentId, refused }) => ({
          at,
          round,
          comparer,
          difference,
          words,
          agent_id: agentId,
          refused,
        })),
      )
      .returning("id")
      .execute();
    const newest = Math.max(...inserted.map(({ id }) => id));
    await tx
      .deleteFrom("repairs")
      .where("id", "<=", newest - KEPT)
      .execute();
    const rows = await tx
      .selectFrom("repairs")
      .where("difference", "in", [...new Set(entries.map(({ difference }) => difference))])
      .where("at", ">=", since)
      .where((eb) => eb.or([eb("round", "=", "regular"), eb("refused", "is not", null)]))
      .groupBy("difference")
      .select((eb) => ["difference", eb.fn.countAll<number>().as("times")])
      .execute();
    return new Map(rows.map(({ difference, times }) => [difference, Number(times)]));
  });
}

/** The newest first; `before` is the id of the last one seen. */
export async function listRepairs(
  db: Db,
  { limit, before }: { limit: number; before: number | null },
): Promise<Listed<Repair>> {
  const rows = await db
    .selectFrom("repairs")
    .leftJoin("staff", "staff.id", "repairs.agent_id")
    .$if(before !== null, (query) => query.where("repairs.id", "<", before))
    .select(["repairs.id", "at", "round", "comparer", "words", "refused", "agent_id as agentId"])
    .select("staff.full_name as agentName")
    .orderBy("repairs.id", "desc")
    .limit(limit + 1)
    .execute();
  const ordered = rows.map((row) => ({ ...row, sort: "" }));
  return page(ordered, limit, ({ sort: _, at, agentId, agentName, ...repair }) => ({
    ...repair,
    at: at.toISOString(),
    agent: agentId === null || agentName === null ? null : { id: agentId, name: agentName },
  }));
}
