import type { Flow } from "../../../contract/flow.ts";
import type { RunStep, TrialEvent } from "../../../contract/project-views.ts";

/** Which blocks somebody went through, in order, and by which exits. */
export interface RunPath {
  blocks: string[];
  exits: { block: string; exit: string }[];
}

/** The way of a call, from its step log. */
export function runPath(steps: readonly RunStep[]): RunPath {
  return {
    blocks: steps.map(({ block }) => block),
    exits: steps.flatMap(({ block, exit }) => (exit === null ? [] : [{ block, exit }])),
  };
}

/** The way of a trial: from block to block; between two of them the exit that leads there. */
export function trialPath(events: readonly TrialEvent[], flow: Flow): RunPath {
  const path: RunPath = { blocks: [], exits: [] };
  let said: string | null = null;
  for (const event of events) {
    if (event.kind === "exit") said = event.words;
    if (event.kind !== "block" || event.block === null) continue;
    const from = path.blocks.at(-1);
    const exits = flow.blocks.find(({ id }) => id === from)?.exits ?? {};
    const ways = Object.keys(exits).filter((exit) => exits[exit] === event.block);
    const exit = ways.find((one) => one === said) ?? ways[0];
    if (from !== undefined && exit !== undefined) path.exits.push({ block: from, exit });
    path.blocks.push(event.block);
    said = null;
  }
  return path;
}
