import { expect, it } from "vitest";
import { handClock } from "../test/hand-clock.ts";
import { openLog } from "./log.ts";
import { createStaleReader } from "./stale-reader.ts";

function reader() {
  const clock = handClock();
  const read: (number[] | "all")[] = [];
  let gate: Promise<void> = Promise.resolve();
  let fails = false;
  const reading = async (what: number[] | "all") => {
    read.push(what);
    await gate;
    if (fails) throw new Error("away");
  };
  const stale = createStaleReader({
    clock,
    log: openLog({ level: "silent" }),
    failed: "it could not be read",
    readAll: () => reading("all"),
    readSome: (ids) => reading(ids),
  });
  stale.start();
  return {
    clock,
    read,
    stale,
    hold: (until: Promise<void>) => {
      gate = until;
    },
    fail: (now: boolean) => {
      fails = now;
    },
  };
}

it("reads what is announced in one turn at once, each thing once", async () => {
  const { stale, read } = reader();
  stale.some([1, 2]);
  stale.some([2, 3]);
  await stale.settled();
  expect(read).toEqual([[1, 2, 3]]);
});

it("reads what is announced during a reading in the next one, also where that is everything", async () => {
  const { stale, read, hold } = reader();
  const gate = Promise.withResolvers<void>();
  hold(gate.promise);
  stale.some([1]);
  await new Promise((resolve) => setImmediate(resolve));
  stale.some([2]);
  stale.all();
  gate.resolve();
  await stale.settled();
  expect(read).toEqual([[1], "all"]);
});

it("reads everything again where a reading failed, after a second or with the next news", async () => {
  const { stale, read, fail, clock } = reader();
  fail(true);
  stale.some([1]);
  await stale.settled();
  expect(read).toEqual([[1]]);
  clock.advance(1000);
  await stale.settled();
  expect(read).toEqual([[1], "all"]);
  fail(false);
  stale.some([7]);
  await stale.settled();
  expect(read).toEqual([[1], "all", "all"]);
});

it("reads nothing more once it was stopped", async () => {
  const { stale, read } = reader();
  await stale.stop();
  stale.all();
  await stale.settled();
  expect(read).toEqual([]);
});
