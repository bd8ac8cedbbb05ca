import { sql } from "kysely";
import type { Db } from "../db/pool.ts";

const MOST = 20;

/**
 * The names of the projects, in order and at most 20, whose draft or published version holds such a block: with
 * these options at least and, where it is said, of that kind. `but` is a project that does not count.
 */
export async function projectsHolding(
  db: Db,
  block: { type?: string; options: Record<string, unknown> },
  but: number | null = null,
): Promise<string[]> {
  const part = JSON.stringify({ blocks: [block] });
  const rows = await db
    .selectFrom("projects")
    .leftJoin("project_versions as current", (join) =>
      join.onRef("current.project_id", "=", "projects.id").onRef("current.version", "=", "projects.published"),
    )
    .where("projects.deleted_at", "is", null)
    .$if(but !== null, (found) => found.where("projects.id", "!=", but))
    .where((eb) =>
      eb.or([sql<boolean>`projects.draft @> ${part}::jsonb`, sql<boolean>`current.flow @> ${part}::jsonb`]),
    )
    .select("projects.name")
    .orderBy("projects.name")
    .limit(MOST)
    .execute();
  return rows.map(({ name }) => name);
}
