import { expect, it } from "vitest";
import { handClock } from "../../test/hand-clock.ts";
import { createPlayMemory } from "./play-memory.ts";

const MINUTE_MS = 60_000;

it("what follows within minutes is the same play, of the same person and the same voice", async () => {
  const clock = handClock();
  const plays = createPlayMemory(clock);
  const isNew = (staffId: number, what: string) => plays.note(staffId, what, async (begins) => begins);
  expect(await isNew(1, "item 7")).toBe(true);
  clock.advance(4 * MINUTE_MS);
  expect(await isNew(1, "item 7")).toBe(false);
  expect(await isNew(2, "item 7")).toBe(true);
  expect(await isNew(1, "item 8")).toBe(true);
  clock.advance(6 * MINUTE_MS);
  expect(await isNew(1, "item 7")).toBe(true);
});

it("a play that could not be written down is not known: the next one is written", async () => {
  const plays = createPlayMemory(handClock());
  const fails = plays.note(1, "item 7", async () => {
    throw new Error("the database is away");
  });
  await expect(fails).rejects.toThrow("away");
  expect(await plays.note(1, "item 7", async (begins) => begins)).toBe(true);
});
