import { sql } from "kysely";
import type { PromptUse } from "../../contract/views.ts";
import type { Db } from "../db/pool.ts";

/** A saying of a block, at whatever depth of its options, that is a prompt. */
const PROMPTS_OF_FLOW = '$.blocks[*].options.**.prompt ? (@.type() == "number")';

/** Which projects play which of the prompts, in their draft or in what callers go through; by name. */
export async function findPromptUses(db: Db, promptIds: readonly number[]): Promise<Map<number, PromptUse[]>> {
  const { rows } = await sql<{ prompt: number; id: number; name: string }>`
    select used.prompt::text::bigint as prompt, projects.id, projects.name
    from projects
    left join project_versions as current
      on current.project_id = projects.id and current.version = projects.published
    cross join lateral (
      select jsonb_path_query(projects.draft, ${PROMPTS_OF_FLOW}::jsonpath) as prompt
      union
      select jsonb_path_query(current.flow, ${PROMPTS_OF_FLOW}::jsonpath)
    ) as used
    where projects.deleted_at is null and used.prompt = any (${promptIds.map(String)}::jsonb[])
    order by projects.name, projects.id`.execute(db);
  const uses = new Map<number, PromptUse[]>();
  for (const { prompt, id, name } of rows) {
    uses.set(prompt, [...(uses.get(prompt) ?? []), { kind: "project", id, name }]);
  }
  return uses;
}
