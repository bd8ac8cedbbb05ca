import pg from "pg";
import { expect, it } from "vitest";
import type { Clock } from "./clock.ts";
import { createGatheredWrites } from "./gathered-writes.ts";
import { openLog } from "./log.ts";

/** A clock whose waits end when the test says so. */
function handClock(): Clock & { waits: number[]; strike(): void } {
  let due: (() => void) | null = null;
  const waits: number[] = [];
  return {
    waits,
    now: () => new Date(0),
    after(ms, act) {
      waits.push(ms);
      due = act;
      return () => {
        due = null;
      };
    },
    strike() {
      due?.();
    },
  };
}

function refused(): Error {
  const error = new pg.DatabaseError("unsupported Unicode escape sequence", 0, "error");
  error.code = "22P05";
  return error;
}

function gathered(write: (some: readonly number[]) => void) {
  const clock = handClock();
  const writes = createGatheredWrites<number>({
    ...{ clock, log: openLog({ level: "silent" }), what: "numbers" },
    ...{ mostAtOnce: 3, mostWaiting: 5, retryMs: 2_000 },
    write: async (some) => write(some),
  });
  return { clock, writes };
}

it("writes what came together in one go, in its order", async () => {
  const written: number[][] = [];
  const { clock, writes } = gathered((some) => written.push([...some]));
  for (const each of [1, 2, 3, 4]) writes.add(each);
  expect(written).toEqual([]);
  clock.strike();
  await writes.stop();
  expect(written).toEqual([[1, 2, 3], [4]]);
  expect(clock.waits).toEqual([200]);
});

it("keeps things while the database is away, and of too many the newest", async () => {
  const written: number[] = [];
  let away = true;
  const { clock, writes } = gathered((some) => {
    if (away) throw new Error("connect ECONNREFUSED");
    written.push(...some);
  });
  for (const each of [1, 2, 3, 4, 5, 6]) writes.add(each);
  await writes.stop();
  for (const each of [7, 8]) writes.add(each);
  away = false;
  clock.strike();
  await writes.stop();
  expect(written).toEqual([4, 5, 6, 7, 8]);
  expect(clock.waits).toEqual([200, 2_000, 200]);
});

it("loses what the database will never take, and nothing beside it", async () => {
  const written: number[] = [];
  const { writes } = gathered((some) => {
    if (some.includes(2)) throw refused();
    written.push(...some);
  });
  for (const each of [1, 2, 3, 4]) writes.add(each);
  await writes.stop();
  expect(written).toEqual([1, 3, 4]);
});
