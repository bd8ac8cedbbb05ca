import { expect, it } from "vitest";
import { createTurns } from "./turns.ts";

it("lets so many go on, so many wait, and sends the others away", async () => {
  const turns = createTurns({ atOnce: 2, mostWaiting: 1 });
  const ends: (() => void)[] = [];
  const began: number[] = [];
  const work = (n: number) => () => {
    began.push(n);
    return new Promise<number>((resolve) => ends.push(() => resolve(n)));
  };
  const [first, second, third] = [turns.take(work(1)), turns.take(work(2)), turns.take(work(3))];
  expect(turns.take(work(4))).toBeNull();
  expect(began).toEqual([1, 2]);
  ends[0]?.();
  expect(await first).toBe(1);
  await Promise.resolve();
  expect(began).toEqual([1, 2, 3]);
  ends[1]?.();
  ends[2]?.();
  expect(await Promise.all([second, third])).toEqual([2, 3]);
});

it("goes on after work that failed", async () => {
  const turns = createTurns({ atOnce: 1, mostWaiting: 5 });
  const failed = turns.take(() => Promise.reject(new Error("no")));
  const next = turns.take(async () => "yes");
  await expect(failed).rejects.toThrow("no");
  expect(await next).toBe("yes");
});
