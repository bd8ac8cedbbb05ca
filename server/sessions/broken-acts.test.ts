import { expect, it } from "vitest";
import { handClock } from "../../test/hand-clock.ts";
import { memoryHub, type News } from "../hub.ts";
import { createBrokenActs } from "./broken-acts.ts";

function brokenActs() {
  const clock = handClock(new Date("2026-03-02T08:00:00Z"));
  const hub = memoryHub((error) => {
    throw error;
  });
  const heard: News[] = [];
  hub.subscribe((news) => heard.push(news));
  let away = true;
  const acts = createBrokenActs({
    ...{ clock, hub },
    askDatabase: async () => {
      if (away) throw new Error("connect ECONNREFUSED");
    },
  });
  const seconds = async (count: number) => {
    for (let second = 0; second < count; second += 1) {
      clock.advance(1000);
      await new Promise(setImmediate);
    }
  };
  return { acts, heard, seconds, back: () => (away = false) };
}

it("tells everybody to look at whose acts broke off, once, as soon as the database answers again", async () => {
  const { acts, heard, seconds, back } = brokenActs();
  acts.brokeOff([1]);
  acts.brokeOff([2, 1]);
  await seconds(30);
  expect(heard).toEqual([]);
  back();
  await seconds(1);
  expect(heard).toEqual([
    { type: "act.broke-off", agentIds: [1, 2] },
    { type: "session.changed", agentId: 1 },
    { type: "membership.changed", agentId: 1 },
    { type: "session.changed", agentId: 2 },
    { type: "membership.changed", agentId: 2 },
  ]);
  await seconds(30);
  expect(heard).toHaveLength(5);
});

it("tells again when an act breaks off later", async () => {
  const { acts, heard, seconds, back } = brokenActs();
  back();
  acts.brokeOff([1]);
  await seconds(1);
  acts.brokeOff([1]);
  await seconds(1);
  expect(heard.filter(({ type }) => type === "session.changed")).toHaveLength(2);
});
