import type { PromptUse } from "../../contract/views.ts";
import type { Db } from "../db/pool.ts";

/** Which queues play which of the prompts, as an announcement or as music; by name. */
export async function findQueuesPlaying(db: Db, promptIds: readonly number[]): Promise<Map<number, PromptUse[]>> {
  const uses = new Map<number, PromptUse[]>();
  if (promptIds.length === 0) return uses;
  const queues = await db
    .selectFrom("queues")
    .select(["id", "name", "periodic_prompt_id", "music_prompt_id"])
    .where("deleted_at", "is", null)
    .where((eb) => eb.or([eb("periodic_prompt_id", "in", promptIds), eb("music_prompt_id", "in", promptIds)]))
    .orderBy("name")
    .orderBy("id")
    .execute();
  for (const { id, name, periodic_prompt_id, music_prompt_id } of queues) {
    for (const prompt of new Set([periodic_prompt_id, music_prompt_id])) {
      if (prompt !== null) uses.set(prompt, [...(uses.get(prompt) ?? []), { kind: "queue", id, name }]);
    }
  }
  return uses;
}

/** The first of these prompts that is not there; undefined: all are. */
export async function missingPrompt(db: Db, promptIds: readonly (number | null)[]): Promise<number | undefined> {
  const wanted = promptIds.filter((id) => id !== null);
  if (wanted.length === 0) return undefined;
  const there = await db.selectFrom("prompts").select("id").where("id", "in", wanted).forShare().execute();
  return wanted.find((id) => !there.some((prompt) => prompt.id === id));
}
