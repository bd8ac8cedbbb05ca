import { describe, expect, it } from "vitest";
import { handClock } from "../../test/hand-clock.ts";
import { CallerGone } from "../voice-dialogue.ts";
import type { BlockHouse } from "./block-house.ts";
import { guardedHouse } from "./guarded-house.ts";

const NEVER = new Promise<never>(() => {});
const houseOf = (isOpen: BlockHouse["isOpen"]) => {
  const web = { send: () => NEVER };
  const here = { now: () => new Date(0), random: () => 0.5, isOpen, web };
  return here as unknown as BlockHouse;
};
const wish = { method: "GET", url: "", headers: [], body: null, timeoutMs: 1, reads: false } as const;

describe("the house, asked by a run", () => {
  it("answers what it answers, and fails as it fails", async () => {
    const until = new AbortController().signal;
    const house = guardedHouse(
      houseOf(async () => true),
      { clock: handClock(), until },
    );
    expect([house.now(), house.random(), await house.isOpen(1, new Date())]).toEqual([new Date(0), 0.5, true]);
    const away = guardedHouse(
      houseOf(() => Promise.reject(new Error("away"))),
      { clock: handClock(), until },
    );
    await expect(away.isOpen(1, new Date())).rejects.toThrow("away");
  });

  it("is not waited for without end", async () => {
    const clock = handClock();
    const until = new AbortController().signal;
    const asked = guardedHouse(
      houseOf(() => NEVER),
      { clock, until },
    ).isOpen(1, new Date());
    clock.advance(40_000);
    await expect(asked).rejects.toThrow("did not answer");
  });

  it("is left at once by who has gone, wherever in it he asks", async () => {
    const away = new AbortController();
    const house = guardedHouse(
      houseOf(() => NEVER),
      { clock: handClock(), until: away.signal },
    );
    const asked = [house.isOpen(1, new Date()), house.web.send(wish, away.signal)];
    away.abort();
    for (const one of [...asked, house.isOpen(1, new Date())]) await expect(one).rejects.toBeInstanceOf(CallerGone);
  });
});
