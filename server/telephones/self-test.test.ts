import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  beginTest,
  nextTurn,
  PHASE_MS,
  type SelfTestState,
  type TestAct,
  type TestEvent,
  type TestFacts,
  unreachableTest,
} from "./self-test.ts";

const byHand: TestFacts = { answer: "by-hand", notify: false, codecs: ["g722", "alaw"] };
const told: TestFacts = { answer: "by-notify", notify: true, codecs: ["alaw"] };

function play(facts: TestFacts, events: TestEvent[]): { state: SelfTestState; acts: TestAct[] } {
  const acts: TestAct[] = [];
  let state = beginTest(facts, "Answers from 192.0.2.1:5060 in 12 ms");
  for (const event of events) {
    const turn = nextTurn(state, event);
    state = turn.state;
    if (turn.act !== null) acts.push(turn.act);
  }
  return { state, acts };
}
const summary = (state: SelfTestState) => state.steps.map((step) => `${step.id} ${step.state}`).join(", ");
const voice = (packets: number): TestEvent => ({ type: "voice", codec: "alaw", packets });
const five: TestEvent = { type: "key", key: "5" };

describe("a telephone that is tried out", () => {
  it("passes when it rings, is picked up, is heard and its key is heard", () => {
    const { state, acts } = play(byHand, [
      { type: "rings" },
      { type: "answered" },
      { type: "time" },
      voice(100),
      { type: "key", key: "3" },
      five,
    ]);
    expect(summary(state)).toBe(
      "reachable passed, rings passed, answers passed, voice passed, keys passed, hold skipped",
    );
    expect(state).toMatchObject({ phase: "over", outcome: "passed" });
    expect(acts).toEqual(["read-voice", "hang-up"]);
    expect(state.steps[3]?.words).toBe("alaw: 100 packets came; it could speak g722");
  });

  it("is told to pick up, to hold and to take up again where it takes NOTIFY", () => {
    const { state, acts } = play(told, [
      { type: "rings" },
      { type: "answered" },
      five,
      { type: "time" },
      voice(90),
      { type: "held", held: true },
      { type: "held", held: false },
    ]);
    expect(acts).toEqual(["tell-talk", "read-voice", "tell-hold", "tell-talk", "hang-up"]);
    expect(state.outcome).toBe("passed");
  });

  it.each<[string, TestEvent[], string]>([
    ["is silent when rung", [{ type: "time" }], "rings"],
    ["refuses calls", [{ type: "ended", cause: 21 }], "rings"],
    ["is not picked up", [{ type: "rings" }, { type: "time" }], "answers"],
    ["is put down again", [{ type: "rings" }, { type: "answered" }, { type: "ended", cause: 16 }], "voice"],
    ["sends no voice", [{ type: "rings" }, { type: "answered" }, { type: "time" }, voice(0), five], "voice"],
    ["sends no keys", [{ type: "rings" }, { type: "answered" }, { type: "time" }, voice(9), { type: "time" }], "keys"],
  ])("fails when it %s, and says where", (_, events, step) => {
    const { state } = play(byHand, events);
    expect(state).toMatchObject({ phase: "over", outcome: "failed" });
    expect(state.steps.filter(({ state: of }) => of === "failed").map(({ id }) => id)).toEqual([step]);
    expect(state.steps.every(({ words }) => words !== "")).toBe(true);
  });

  it("fails at its first step when nothing answers there", () => {
    const state = unreachableTest(byHand, "It is not registered");
    expect(state).toMatchObject({
      outcome: "failed",
      steps: [{ state: "failed" }, ...Array(5).fill({ state: "skipped" })],
    });
  });

  it("is broken off by whoever stops it, and hung up", () => {
    const { state, acts } = play(byHand, [{ type: "rings" }, { type: "stopped", why: "Broken off" }]);
    expect(state.outcome).toBe("broken-off");
    expect(acts).toEqual(["hang-up"]);
  });

  it("ends within the minute after which its call ends by itself", () => {
    const longest = Object.values(PHASE_MS).reduce<number>((sum, ms) => sum + (ms ?? 0), 0);
    expect(longest).toBeLessThan(60_000);
  });

  const anyEvent: fc.Arbitrary<TestEvent> = fc.oneof(
    fc.constantFrom<TestEvent>({ type: "rings" }, { type: "answered" }, { type: "time" }, voice(0), voice(50), five),
    fc.constantFrom<TestEvent>(
      { type: "held", held: true },
      { type: "held", held: false },
      { type: "refused", why: "no" },
    ),
    fc.constantFrom<TestEvent>({ type: "ended", cause: 16 }, { type: "stopped", why: "Broken off" }),
  );
  it("knows one thing to do at a time and stays over once it is, whatever happens", () => {
    fc.assert(
      fc.property(fc.array(anyEvent), fc.boolean(), (events, notify) => {
        let state = beginTest({ ...told, notify }, "here");
        for (const event of events) {
          const before = state;
          state = nextTurn(state, event).state;
          if (before.phase === "over") expect(state).toBe(before);
          expect(state.steps.filter((step) => step.state === "now")).toHaveLength(state.phase === "over" ? 0 : 1);
          expect(state.outcome === null).toBe(state.phase !== "over");
        }
      }),
    );
  });
});
