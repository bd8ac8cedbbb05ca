import type { ExitCount } from "../../contract/project-views.ts";
import type { FlowRun } from "./flow-run.ts";
import type { KeptRun } from "./run-store.ts";

/** A run that goes on, and what is kept of it. */
export interface LiveRun {
  run: FlowRun;
  kept: KeptRun;
  /** Where it is written down already. */
  id: number | null;
}

const HOUR_MS = 3_600_000;

/**
 * What of a project's counts is not in the database yet: exits that runs have taken which go on, by the hours of the
 * period as there, and those that began in it and are not written down. Trials count nowhere.
 */
export function liveCounts(
  live: Iterable<LiveRun>,
  projectId: number,
  { from, to }: { from: Date; to: Date },
): { runs: number; exits: ExitCount[] } {
  const since = Math.floor(from.getTime() / HOUR_MS) * HOUR_MS;
  const until = to.getTime();
  const taken = new Map<string, ExitCount>();
  let runs = 0;
  for (const { run, kept, id } of live) {
    if (kept.trial) continue;
    const began = kept.startedAt.getTime();
    if (id === null && kept.projectId === projectId && began >= from.getTime() && began < until) runs += 1;
    for (const { block, exit, at, projectId: of } of run.steps) {
      const when = Date.parse(at);
      if (exit === null || (of ?? kept.projectId) !== projectId || when < since || when >= until) continue;
      const key = JSON.stringify([block, exit]);
      const known = taken.get(key);
      if (known === undefined) taken.set(key, { block, exit, taken: 1 });
      else known.taken += 1;
    }
  }
  return { runs, exits: [...taken.values()] };
}

/** Both together, each exit once. */
export function summedExits(some: readonly ExitCount[], more: readonly ExitCount[]): ExitCount[] {
  const sums = new Map(some.map((one) => [JSON.stringify([one.block, one.exit]), { ...one }]));
  for (const one of more) {
    const key = JSON.stringify([one.block, one.exit]);
    const known = sums.get(key);
    if (known === undefined) sums.set(key, { ...one });
    else known.taken += one.taken;
  }
  return [...sums.values()];
}
