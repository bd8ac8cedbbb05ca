import type { RunEnding, RunStep, TrialEvent } from "../../../contract/project-views.ts";

/** Which blocks somebody went through, in order, and by which exits. */
export interface RunPath {
  blocks: string[];
  exits: { block: string; exit: string }[];
}

/** The way of a call through one project, from its step log; where it had gone on to another, that is left out. */
export function runPath(steps: readonly RunStep[], projectId: number): RunPath {
  const here = steps.filter((step) => (step.projectId ?? projectId) === projectId);
  return {
    blocks: here.map(({ block }) => block),
    exits: here.flatMap(({ block, exit }) => (exit === null ? [] : [{ block, exit }])),
  };
}

/** The way of a trial: where it stood, and the exits it left by. */
export function trialPath(events: readonly TrialEvent[]): RunPath {
  return {
    blocks: events.flatMap(({ kind, block }) => (kind === "block" && block !== null ? [block] : [])),
    exits: events.flatMap(({ kind, block, words }) =>
      kind === "exit" && block !== null && words !== "" ? [{ block, exit: words }] : [],
    ),
  };
}

/** How a run ended, in words. */
export const ENDING_WORDS: Record<RunEnding, string> = {
  ended: "came to its end",
  "caller-left": "the caller hung up",
  "hung-up": "the project hung up",
  "sent-on": "sent on",
  "dead-end": "no way on",
  "too-long": "too long",
  fault: "fault",
  "cut-off": "cut off",
};
