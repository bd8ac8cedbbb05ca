/** Lets so much work go on at once, and so much wait for it. */
export interface Turns {
  /** Runs it when its turn comes; null at once where too much waits already. */
  take<T>(work: () => Promise<T>): Promise<T> | null;
}

export function createTurns({ atOnce, mostWaiting }: { atOnce: number; mostWaiting: number }): Turns {
  const waiting: (() => void)[] = [];
  let going = 0;
  const done = () => {
    going -= 1;
    waiting.shift()?.();
  };
  return {
    take(work) {
      if (waiting.length >= mostWaiting) return null;
      return new Promise((resolve, reject) => {
        const begin = () => {
          going += 1;
          work().then(resolve, reject).finally(done);
        };
        if (going < atOnce) begin();
        else waiting.push(begin);
      });
    },
  };
}
