import { expect, it } from "vitest";
import { freshRun } from "./flow-run.ts";
import { type LiveRun, liveCounts, summedExits } from "./live-counts.ts";

const at = (time: string) => new Date(`2026-11-23T${time}:00Z`);
const step = (block: string, exit: string | null, time: string, projectId?: number) => ({
  ...{ block, exit, type: "menu", at: at(time).toISOString(), ms: 0, input: null },
  ...(projectId === undefined ? {} : { projectId }),
});
const one = (more: { steps: ReturnType<typeof step>[]; id?: number; trial?: boolean; projectId?: number }): LiveRun => {
  const { steps, id = null, trial = false, projectId = 1 } = more;
  const flow = { blocks: [], notes: [] };
  return {
    id,
    run: freshRun({ projectId, version: 1, flow }, at("10:00"), steps),
    kept: {
      ...{ projectId, version: 1, channelId: "c", linkedId: "l", caller: "", dialled: "", startedAt: at("10:00") },
      ...{ steps: [], variables: {}, block: null, ended: null, trial },
    },
  };
};
const period = { from: at("09:30"), to: at("11:00") };

it("counts the exits that runs have taken which go on", () => {
  const live = [
    one({ steps: [step("start", "next", "10:00"), step("menu", "1", "10:01"), step("queue", null, "10:02")] }),
    one({ steps: [step("start", "next", "10:00"), step("menu", "1", "10:01", 2)], id: 7 }),
  ];
  expect(liveCounts(live, 1, period)).toEqual({
    runs: 1,
    exits: [
      { block: "start", exit: "next", taken: 2 },
      { block: "menu", exit: "1", taken: 1 },
    ],
  });
  expect(liveCounts(live, 2, period)).toEqual({ runs: 0, exits: [{ block: "menu", exit: "1", taken: 1 }] });
});

it("counts by whole hours as the database does, nothing later, and no trials", () => {
  const early = one({ steps: [step("a", "x", "09:01"), step("a", "x", "08:59"), step("a", "x", "11:00")] });
  expect(liveCounts([early], 1, period).exits).toEqual([{ block: "a", exit: "x", taken: 1 }]);
  expect(liveCounts([one({ steps: [step("a", "x", "10:00")], trial: true })], 1, period)).toEqual({
    runs: 0,
    exits: [],
  });
});

it("adds them to what was counted before", () => {
  const before = [{ block: "a", exit: "x", taken: 2 }];
  expect(
    summedExits(before, [
      { block: "a", exit: "x", taken: 1 },
      { block: "b", exit: "x", taken: 1 },
    ]),
  ).toEqual([
    { block: "a", exit: "x", taken: 3 },
    { block: "b", exit: "x", taken: 1 },
  ]);
  expect(before[0]?.taken).toBe(2);
});
