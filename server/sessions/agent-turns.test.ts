import { describe, expect, it } from "vitest";
import { Refusal } from "../refusal.ts";
import { createAgentTurns } from "./agent-turns.ts";

const gate = () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { closed: promise, open: resolve };
};

describe("turns", () => {
  it("run one after the other for one agent, side by side for two", async () => {
    const turns = createAgentTurns();
    const first = gate();
    const order: string[] = [];
    const a = turns.run([1], async () => {
      await first.closed;
      order.push("first of 1");
    });
    const b = turns.run([1], async () => void order.push("second of 1"));
    await turns.run([2], async () => void order.push("of 2"));
    first.open();
    await Promise.all([a, b]);
    expect(order).toEqual(["of 2", "first of 1", "second of 1"]);
  });

  it("of two agents wait for both, and crossing pairs do not wait for each other for ever", async () => {
    const turns = createAgentTurns();
    const order: number[] = [];
    await Promise.all([
      turns.run([1, 2], async () => void order.push(1)),
      turns.run([2, 1], async () => void order.push(2)),
    ]);
    expect(order).toEqual([1, 2]);
  });

  it("go on after one that failed, and say whose it was", async () => {
    const brokenOff: (readonly number[])[] = [];
    const turns = createAgentTurns((agentIds) => brokenOff.push(agentIds));
    const failed = turns.run([1], async () => {
      throw new Error("no database");
    });
    await expect(failed).rejects.toThrow("no database");
    expect(await turns.run([1], async () => "next")).toBe("next");
    expect([turns.generation(1), turns.generation(2), turns.total()]).toEqual([2, 0, 2]);
    expect(brokenOff).toEqual([[1]]);
  });

  it("refuse more than can sensibly wait", async () => {
    const turns = createAgentTurns();
    const first = gate();
    const waiting = Array.from({ length: 40 }, () => turns.run([1], () => first.closed));
    first.open();
    const answers = await Promise.all(waiting);
    expect(answers.filter((answer) => answer instanceof Refusal)).toHaveLength(8);
  });
});
