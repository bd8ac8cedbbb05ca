import { findPromptUses } from "./ivr/prompt-use-store.ts";
import type { UsesOf } from "./prompts/prompt-service.ts";
import { findQueuesPlaying } from "./queues/queue-prompt-store.ts";

/** Everything that plays prompts: projects, then queues. */
export const usesOfPrompts: UsesOf = async (db, promptIds) => {
  const byProjects = await findPromptUses(db, promptIds);
  const byQueues = await findQueuesPlaying(db, promptIds);
  return new Map(promptIds.map((id) => [id, [...(byProjects.get(id) ?? []), ...(byQueues.get(id) ?? [])]]));
};
