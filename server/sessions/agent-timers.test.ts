import { beforeEach, describe, expect, it } from "vitest";
import { type HandClock, handClock } from "../../test/hand-clock.ts";
import { openLog } from "../log.ts";
import { Refusal } from "../refusal.ts";
import { type AgentTimers, createAgentTimers } from "./agent-timers.ts";

const log = openLog({ level: "silent" });
/** What was done has been answered when all that waited in this turn of the loop has. */
const settled = () => new Promise((resolve) => setImmediate(resolve));
let clock: HandClock;
let timers: AgentTimers;
let done: string[];
const act = (what: string) => async () => done.push(what);
const inSeconds = (seconds: number) => new Date(clock.now().getTime() + seconds * 1000);

beforeEach(() => {
  clock = handClock();
  timers = createAgentTimers({ clock, log }, "it did not work");
  timers.start();
  done = [];
});

describe("one timer an agent", () => {
  it("does what was planned last, when it is due", async () => {
    timers.plan(1, inSeconds(10), act("first"));
    timers.plan(1, inSeconds(20), act("second"));
    timers.plan(2, inSeconds(5), act("of another"));
    clock.advance(19_000);
    expect(done).toEqual(["of another"]);
    expect([timers.has(1), timers.has(2)]).toEqual([true, false]);
    clock.advance(1000);
    expect(done).toEqual(["of another", "second"]);
    expect(timers.has(1)).toBe(false);
  });

  it("does at once what was due before, and nothing that was cancelled or came after the end", async () => {
    timers.plan(1, inSeconds(-5), act("late"));
    timers.plan(2, inSeconds(5), act("cancelled"));
    timers.cancel(2);
    timers.plan(3, inSeconds(5), act("stopped"));
    clock.advance(0);
    timers.stop();
    timers.plan(4, inSeconds(1), act("after the end"));
    clock.advance(60_000);
    expect(done).toEqual(["late"]);
  });

  it("tries again what failed or was refused, until it is done", async () => {
    const answers = [
      () => Promise.reject(new Error("no database")),
      () => Promise.resolve(new Refusal("telephony.refused", "no")),
      act("at last"),
    ];
    timers.attempt(1, () => (answers.shift() ?? act("once too often"))());
    for (let seconds = 0; seconds < 30; seconds += 5) {
      await settled();
      clock.advance(5000);
    }
    expect(done).toEqual(["at last"]);
  });

  it("gives up on who is not logged in any more", async () => {
    let tried = 0;
    timers.attempt(1, async () => {
      tried += 1;
      return new Refusal("session.none", "You are not logged in.");
    });
    await settled();
    clock.advance(60_000);
    expect([tried, timers.has(1)]).toEqual([1, false]);
  });
});
