import { type RawBuilder, sql } from "kysely";
import type { PromptUse } from "../../contract/views.ts";
import type { Db } from "../db/pool.ts";

/** A saying of a block, at whatever depth of its options, that is a prompt. */
const PROMPTS_OF_FLOW = '$.blocks[*].options.**.prompt ? (@.type() == "number")';
/** What a block lets callers hear as music. */
const MUSIC_OF_FLOW = '$.blocks[*].options.music ? (@.type() == "number")';

/** Projects that are there, with each number that the paths find in their draft or in what callers go through. */
const usedBy = (paths: readonly string[]): RawBuilder<unknown> => sql`
  projects
  left join project_versions as current
    on current.project_id = projects.id and current.version = projects.published
  cross join lateral (${sql.join(
    paths.flatMap((path) => [
      sql`select jsonb_path_query(projects.draft, ${path}::jsonpath) as prompt`,
      sql`select jsonb_path_query(current.flow, ${path}::jsonpath)`,
    ]),
    sql` union `,
  )}) as used`;

/** Which projects play which of the prompts; by name. */
export async function findPromptUses(db: Db, promptIds: readonly number[]): Promise<Map<number, PromptUse[]>> {
  const { rows } = await sql<{ prompt: number; id: number; name: string }>`
    select used.prompt::text::bigint as prompt, projects.id, projects.name
    from ${usedBy([PROMPTS_OF_FLOW, MUSIC_OF_FLOW])}
    where projects.deleted_at is null and used.prompt = any (${promptIds.map(String)}::jsonb[])
    order by projects.name, projects.id`.execute(db);
  const uses = new Map<number, PromptUse[]>();
  for (const { prompt, id, name } of rows) {
    uses.set(prompt, [...(uses.get(prompt) ?? []), { kind: "project", id, name }]);
  }
  return uses;
}

/** The prompts that blocks of projects let callers hear as music. */
export async function findMusicOfProjects(db: Db): Promise<number[]> {
  const { rows } = await sql<{ prompt: number }>`
    select distinct used.prompt::text::bigint as prompt
    from ${usedBy([MUSIC_OF_FLOW])}
    where projects.deleted_at is null and used.prompt::text ~ '^[1-9][0-9]{0,14}$'
    order by prompt`.execute(db);
  return rows.map(({ prompt }) => prompt);
}
