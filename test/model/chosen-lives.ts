import type { Lives } from "./sessions-model.ts";

/**
 * What `./perch test` lives through, of each kind: the same lives each time, so that it tells what a change did.
 * `PERCH_MODEL_RUNS` says how many otherwise, for both kinds together; half of those nobody has seen before.
 */
const RUNS = 100;
/** Where the two kinds begin; each lane of a kind counts on from there. */
const SEEDS = { known: 1, new: 1001 };
const TOLD_EVERY = 250;
/** A loaded machine may need this long for one. */
export const LONGEST_RUN_MS = 5000;

/** The lives to live: those of the environment where it names any. Null: another file lives through those. */
export function chosenLives(kind: "known" | "new"): Lives | null {
  const { PERCH_MODEL_SEED, PERCH_MODEL_PATH, PERCH_MODEL_RUNS } = process.env;
  const runs = PERCH_MODEL_RUNS === undefined ? RUNS : Math.ceil(Number(PERCH_MODEL_RUNS) / 2);
  if (PERCH_MODEL_SEED === undefined) {
    const unseen = kind === "new" && PERCH_MODEL_RUNS !== undefined;
    return { runs, seed: unseen ? Math.trunc(Math.random() * 1e9) : SEEDS[kind], onLife: tellProgress(kind, runs) };
  }
  if (kind === "new") return null;
  const seed = Number(PERCH_MODEL_SEED);
  return PERCH_MODEL_PATH === undefined ? { runs, seed } : { runs: 1, seed, path: PERCH_MODEL_PATH };
}

/** Who asks for many waits for long: he is told how far it is. */
export function tellProgress(what: string, runs: number): (lived: number) => void {
  return (lived) => {
    if (lived % TOLD_EVERY === 0) process.stdout.write(`${what}: ${lived} of ${runs} lives\n`);
  };
}
