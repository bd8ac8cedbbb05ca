import { setTimeout as delay, setImmediate as turn } from "node:timers/promises";

/**
 * Decides what happens next. Everything that takes time in a world – a query, an answer of the telephone system, an
 * event, a step of somebody's – waits here, and one of those that wait is let go at a time, drawn from a seed. So the
 * same seed gives the same interleaving, also inside transactions.
 */
export interface Schedule {
  /** Does `work` when its turn is drawn, and answers with what it answers. */
  run<T>(work: () => T | Promise<T>): Promise<T>;
  /** Resolves when nothing waits and nothing is under way. Throws when something is under way for too long. */
  quiet(): Promise<void>;
  /** A whole number from 0 to `below` - 1. */
  draw(below: number): number;
  chance(probability: number): boolean;
}

/** A query that takes longer waits for a lock most likely: others have to go on for it to come free. */
const PATIENCE_MS = 15;
const LONGEST_QUIET_MS = 60_000;

/** Nothing waits yet. */
export function createSchedule(seed: number): Schedule {
  const random = mulberry32(seed);
  const waiting: (() => Promise<void>)[] = [];
  const underWay = new Set<Promise<void>>();
  let pumping: Promise<void> | null = null;

  const draw = (below: number) => Math.floor(random() * below);
  const pump = async () => {
    await drained();
    while (waiting.length > 0 || underWay.size > 0) {
      const [next] = waiting.splice(draw(waiting.length), 1);
      if (next === undefined) {
        await Promise.race(underWay);
      } else {
        const work = next();
        underWay.add(work);
        void work.then(() => underWay.delete(work));
        await Promise.race([work, delay(PATIENCE_MS)]);
      }
      await drained();
    }
    pumping = null;
  };

  return {
    run: <T>(work: () => T | Promise<T>) =>
      new Promise<T>((resolve, reject) => {
        waiting.push(async () => {
          try {
            resolve(await work());
          } catch (error) {
            reject(error);
          }
        });
        pumping ??= pump();
      }),
    async quiet() {
      const deadline = performance.now() + LONGEST_QUIET_MS;
      for (await drained(); pumping !== null; await drained()) {
        if (performance.now() > deadline) throw new Error("something is under way for ever");
        await Promise.race([pumping, delay(1000)]);
      }
    },
    draw,
    chance: (probability) => random() < probability,
  };
}

/** What follows at once from what was just let go has happened: two turns, since some of it waits for the next one. */
async function drained(): Promise<void> {
  await turn();
  await turn();
}

/** A small generator of numbers from 0 up to 1 (Tommy Ettinger's mulberry32, public domain). */
function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
