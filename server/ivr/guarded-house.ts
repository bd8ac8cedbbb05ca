import type { Clock } from "../clock.ts";
import { CallerGone } from "../voice-dialogue.ts";
import type { BlockHouse } from "./block-house.ts";

/** No port of the house takes longer; those that wait for somebody else have shorter times of their own. */
const LONGEST_MS = 40_000;

/**
 * The house as a run asks it: whatever hangs is given up after a while, and at once when the run has no use for it any
 * more. So no block stands longer than its caller.
 */
export function guardedHouse(house: BlockHouse, deps: { clock: Clock; until: AbortSignal }): BlockHouse {
  return guarded(house, (work) => inTime(work, deps));
}

function guarded<T extends object>(port: T, guard: (work: Promise<unknown>) => Promise<unknown>): T {
  return new Proxy(port, {
    get(target, name) {
      const part: unknown = Reflect.get(target, name);
      if (typeof part === "object" && part !== null) return guarded(part, guard);
      if (typeof part !== "function") return part;
      return (...args: unknown[]) => {
        const answer: unknown = Reflect.apply(part, target, args);
        return answer instanceof Promise ? guard(answer) : answer;
      };
    },
  });
}

function inTime(work: Promise<unknown>, { clock, until }: { clock: Clock; until: AbortSignal }): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const settle = () => {
      cancel();
      until.removeEventListener("abort", leave);
    };
    const leave = () => {
      settle();
      reject(new CallerGone("nobody waits for it any more"));
    };
    const cancel = clock.after(LONGEST_MS, () => {
      settle();
      reject(new Error(`the house did not answer a block in ${LONGEST_MS} ms`));
    });
    until.addEventListener("abort", leave);
    work.then(resolve, reject).finally(settle);
    if (until.aborted) leave();
  });
}
