import type { Flow, FlowBlock } from "../../contract/flow.ts";
import type { RunEnding } from "../../contract/project-views.ts";

/** No call goes through more blocks; one that does stands in a circle. */
export const MOST_STEPS = 1000;
/** Nor through more than so many without anything being waited for. */
export const MOST_IDLE_STEPS = 100;

/** Where a call stands in its flow. */
export interface Walk {
  block: FlowBlock;
  steps: number;
  /** Blocks since the last that took input or time. */
  idle: number;
}

export type Step = { type: "go"; walk: Walk } | { type: "over"; ending: RunEnding };

const over = (ending: RunEnding): Step => ({ type: "over", ending });

/**
 * The way of a call through a flow, whatever the flow is:
 *
 *   begin ──▶ block ──exit──▶ block … ──▶ over: ended · dead-end · too-long
 *
 * It always ends: after MOST_STEPS blocks, or MOST_IDLE_STEPS in which nothing was waited for.
 */
export function beginWalk(flow: Flow, entry: "start" | "finally"): Step {
  const block = flow.blocks.find(({ type }) => type === entry);
  return block === undefined ? over("dead-end") : { type: "go", walk: { block, steps: 1, idle: 0 } };
}

/** A walk that goes on in a block it was left in. */
export function resumeWalk(flow: Flow, blockId: string, steps: number): Step {
  const block = flow.blocks.find(({ id }) => id === blockId);
  return block === undefined ? over("dead-end") : { type: "go", walk: { block, steps, idle: 0 } };
}

/** A block has been left by an exit; null: it ends the run. `waits`: it took input or time. */
export function leaveBlock(flow: Flow, walk: Walk, exit: string | null, waits: boolean): Step {
  if (exit === null) return over("ended");
  const to = Object.hasOwn(walk.block.exits, exit) ? walk.block.exits[exit] : undefined;
  const block = flow.blocks.find(({ id }) => id === to);
  if (block === undefined) return over("dead-end");
  return bounded({ block, steps: walk.steps + 1, idle: waits ? 0 : walk.idle + 1 });
}

/** The call goes on at the start of another flow. Flows that send a call to each other are a circle as well. */
export function goOnIn(flow: Flow, { steps, idle }: Walk): Step {
  const there = beginWalk(flow, "start");
  return there.type === "go" ? bounded({ ...there.walk, steps: steps + 1, idle: idle + 1 }) : there;
}

const bounded = (walk: Walk): Step =>
  walk.steps > MOST_STEPS || walk.idle > MOST_IDLE_STEPS ? over("too-long") : { type: "go", walk };
