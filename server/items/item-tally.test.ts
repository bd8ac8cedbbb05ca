import { expect, it } from "vitest";
import { countsOf, type ItemTally } from "./item-tally.ts";

const [ANNA, BEN, SALES, SUPPORT] = [1, 2, 10, 11];
const at = (time: string) => new Date(`2026-03-02T${time}Z`);
const tally: ItemTally = {
  queues: new Map([
    [SALES, "Sales"],
    [SUPPORT, "Support"],
  ]),
  queuesOf: new Map([[ANNA, [SALES]]]),
  waiting: [
    { queueId: SALES, ownerId: null, takenBy: null, count: 2, since: at("09:00:00") },
    { queueId: SALES, ownerId: ANNA, takenBy: null, count: 1, since: at("08:00:00") },
    { queueId: SALES, ownerId: null, takenBy: BEN, count: 4, since: at("07:00:00") },
    { queueId: SUPPORT, ownerId: null, takenBy: null, count: 8, since: at("06:00:00") },
    { queueId: null, ownerId: BEN, takenBy: null, count: 16, since: at("05:00:00") },
    { queueId: null, ownerId: BEN, takenBy: ANNA, count: 32, since: at("04:00:00") },
  ],
};

it("counts for an agent what waits in his queues, was left for him and is taken by him, each once", () => {
  expect(countsOf({ id: ANNA, role: "agent" }, tally, 7)).toEqual({
    ...{ revision: 7, open: 3, taken: 32, left: 1, agents: null },
    queues: [{ id: SALES, name: "Sales", open: 3, taken: 4, since: at("08:00:00").toISOString() }],
  });
  expect(countsOf({ id: BEN, role: "agent" }, tally, 7)).toMatchObject({ open: 16, taken: 4, left: 16, queues: [] });
});

it("counts for a supervisor all queues, and what was left for agents without one", () => {
  expect(countsOf({ id: 99, role: "supervisor" }, tally, 7)).toEqual({
    ...{ revision: 7, open: 27, taken: 0, left: 0 },
    queues: [
      { id: SALES, name: "Sales", open: 3, taken: 4, since: at("08:00:00").toISOString() },
      { id: SUPPORT, name: "Support", open: 8, taken: 0, since: at("06:00:00").toISOString() },
    ],
    agents: { open: 16, taken: 32, since: at("05:00:00").toISOString() },
  });
});
