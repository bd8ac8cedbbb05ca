import { expect, test } from "vitest";
import { rowChanges } from "./row-changes.ts";

const row = (id: string, more: object = {}) => ({
  ...{ id, at: new Date(5), length: 3, chosen: ["Sale", "Big"], note: null },
  ...more,
});
const changes = (before: ReturnType<typeof row>[], after: ReturnType<typeof row>[]) => {
  const { gone, changed } = rowChanges(before, after, ({ id }) => id);
  return { gone: gone.map(({ id }) => id), changed: changed.map(({ id }) => id) };
};

test("equal rows are left alone, whatever their order", () => {
  expect(changes([row("a"), row("b")], [row("b"), row("a")])).toEqual({ gone: [], changed: [] });
});

test.each([
  ["an instant", { at: new Date(6) }],
  ["a number", { length: 4 }],
  ["a text", { note: "x" }],
  ["a level", { chosen: ["Sale", "Small"] }],
  ["fewer levels", { chosen: ["Sale"] }],
  ["no levels", { chosen: null }],
])("%s that is another makes a row another", (_what, more) => {
  expect(changes([row("a"), row("b")], [row("a", more), row("b")])).toEqual({ gone: [], changed: ["a"] });
});

test("new rows are changed, those that are not there any more are gone", () => {
  expect(changes([row("a"), row("b")], [row("b"), row("c")])).toEqual({ gone: ["a"], changed: ["c"] });
});

test("a column that only the database has does not count", () => {
  expect(changes([row("a", { made: 1 })], [row("a")])).toEqual({ gone: [], changed: [] });
});
