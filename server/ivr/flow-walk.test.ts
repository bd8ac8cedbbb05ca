import fc from "fast-check";
import { expect, it } from "vitest";
import type { Flow } from "../../contract/flow.ts";
import { beginWalk, goOnIn, leaveBlock, MOST_IDLE_STEPS, MOST_STEPS, resumeWalk } from "./flow-walk.ts";

const EXITS = ["next", "otherwise", "1", "__proto__", "constructor", ""];
const id = fc.constantFrom("a", "b", "c", "d", "gone");
const aFlow: fc.Arbitrary<Flow> = fc
  .array(
    fc.record({
      ...{ id, type: fc.constantFrom("start", "finally", "play", "set-variable") },
      exits: fc.dictionary(fc.constantFrom(...EXITS), id, { noNullPrototype: true }),
      ...{ options: fc.constant({}), at: fc.constant({ x: 0, y: 0 }) },
    }),
    { maxLength: 6 },
  )
  .map((blocks) => ({ blocks, notes: [] }));
const aWay = fc.array(fc.tuple(fc.constantFrom(...EXITS, null), fc.boolean()), { minLength: 1, maxLength: 20 });

it("a walk through any flow ends, and each of its steps is a wire of the flow", () => {
  fc.assert(
    fc.property(aFlow, aWay, fc.constantFrom("start" as const, "finally" as const), (flow, way, entry) => {
      let step = beginWalk(flow, entry);
      let steps = 0;
      while (step.type === "go") {
        const { block } = step.walk;
        expect(flow.blocks).toContain(block);
        expect(step.walk.steps).toBe(steps + 1);
        expect(step.walk.idle).toBeLessThanOrEqual(MOST_IDLE_STEPS);
        const [exit, waits] = way[steps % way.length] ?? [null, false];
        step = leaveBlock(flow, step.walk, exit, waits);
        steps += 1;
        if (step.type !== "go") continue;
        expect(Object.entries(block.exits)).toContainEqual([exit, step.walk.block.id]);
      }
      expect(steps).toBeLessThanOrEqual(MOST_STEPS);
      expect(["ended", "dead-end", "too-long"]).toContain(step.ending);
    }),
  );
});

it("flows that send a call to each other without end are left", () => {
  const door = { type: "go-to-project", options: {}, exits: {}, at: { x: 0, y: 0 }, id: "door" };
  const flow: Flow = { blocks: [{ ...door, id: "start", type: "start", exits: { next: "door" } }, door], notes: [] };
  let step = beginWalk(flow, "start");
  let rounds = 0;
  while (step.type === "go") {
    const there = leaveBlock(flow, step.walk, "next", false);
    step = there.type === "go" ? goOnIn(flow, there.walk) : there;
    rounds += 1;
  }
  expect([step.ending, rounds]).toEqual(["too-long", MOST_IDLE_STEPS / 2 + 1]);
});

it("many blocks before another project are no circle", () => {
  const at = { x: 0, y: 0 };
  const other: Flow = { blocks: [{ id: "start", type: "start", options: {}, exits: {}, at }], notes: [] };
  const walk = { block: { id: "b", type: "play", options: {}, exits: {}, at }, steps: 60, idle: 60 };
  expect(goOnIn(other, walk)).toMatchObject({ type: "go", walk: { steps: 61, idle: 61 } });
});

it("a walk goes on where it was left, or nowhere", () => {
  const at = { x: 0, y: 0 };
  const flow: Flow = { blocks: [{ id: "wait", type: "queue", options: {}, exits: {}, at }], notes: [] };
  expect(resumeWalk(flow, "wait", 4)).toMatchObject({ type: "go", walk: { steps: 4, idle: 0 } });
  expect(resumeWalk(flow, "gone", 4)).toEqual({ type: "over", ending: "dead-end" });
});
