import { expect, it } from "vitest";
import type { Refusal } from "../refusal.ts";
import type { Actor } from "../staff/permission.ts";
import {
  decideAssign,
  decideDispose,
  decideGiveBack,
  decideReopen,
  decideTake,
  type ItemFacts,
  type ItemNext,
} from "./item-acts.ts";

const now = new Date("2026-03-02T09:00:00Z");
const me: Actor = { staffId: 1, role: "agent" };
const lead: Actor = { staffId: 9, role: "supervisor" };
const item = (over: Partial<ItemFacts>): ItemFacts => ({
  ...{ id: 5, state: "open", taken: null, doneBy: null, doneAt: null },
  ...over,
});
const taken = (id: number) => item({ state: "taken", taken: { id, name: "Ben", since: now } });
const done = (doneBy: number | null, minutesAgo = 1) =>
  item({ state: "done", doneBy, doneAt: new Date(now.getTime() - minutesAgo * 60_000) });
const STATES = [item({}), taken(1), taken(2), done(1)];
/** In a word: where it leads, or the code of the refusal. */
const word = (answer: ItemNext | Refusal) =>
  "code" in answer ? answer.code : answer.state === "taken" ? `taken by ${answer.takenBy}` : answer.state;

it("decides by the table: open, mine, another's, done", () => {
  const row = (decide: (one: ItemFacts) => ItemNext | Refusal) => STATES.map((one) => word(decide(one)));
  expect(row((one) => decideTake(me, one))).toEqual(["taken by 1", "taken by 1", "item.taken", "item.done"]);
  expect(row((one) => decideTake(lead, one))).toEqual(["taken by 9", "item.taken", "item.taken", "item.done"]);
  expect(row((one) => decideGiveBack(me, one))).toEqual(["item.not-taken", "open", "item.not-yours", "item.done"]);
  expect(row((one) => decideGiveBack(lead, one))).toEqual(["item.not-taken", "open", "open", "item.done"]);
  expect(row((one) => decideAssign(one, { id: 3 }))).toEqual([
    ...["taken by 3", "taken by 3", "taken by 3", "item.done"],
  ]);
  expect(word(decideAssign(item({}), null))).toBe("reference.unknown");
  expect(row((one) => decideDispose(me, one))).toEqual(["done", "done", "item.not-yours", "item.done"]);
  expect(row((one) => decideDispose(lead, one))).toEqual(["done", "done", "done", "item.done"]);
});

it("lets whoever disposed it have it again for ten minutes, and a supervisor open it at any time", () => {
  expect(word(decideReopen(me, item({}), now))).toBe("item.not-done");
  expect(word(decideReopen(me, done(1), now))).toBe("taken by 1");
  expect(word(decideReopen(me, done(1, 11), now))).toBe("item.too-late");
  expect(word(decideReopen(me, done(2), now))).toBe("item.not-yours");
  expect(word(decideReopen(me, done(null), now))).toBe("item.not-yours");
  expect(word(decideReopen(lead, done(2, 1000), now))).toBe("open");
  expect(word(decideReopen(lead, done(9), now))).toBe("taken by 9");
});
