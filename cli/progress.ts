/** Says what a long step is doing, in words. */
export type Progress = (step: string) => void;

/** One line a step on standard error, with the seconds since the command began. */
export const createProgress = (): Progress => {
  const begun = performance.now();
  return (step) => {
    const seconds = ((performance.now() - begun) / 1000).toFixed(1).padStart(6);
    process.stderr.write(`${seconds} s  ${step}\n`);
  };
};

/** Reports a share of a whole at every quarter. */
export const quarters = (progress: Progress, what: string): ((done: number, of: number) => void) => {
  let told = 0;
  return (done, of) => {
    const quarter = of === 0 ? 0 : Math.floor((done / of) * 4);
    if (quarter <= told) return;
    told = quarter;
    progress(`${what}: ${quarter * 25} %`);
  };
};
