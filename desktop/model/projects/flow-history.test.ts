import { expect, it } from "vitest";
import { addNote } from "./flow-edit.ts";
import { flow } from "./flow-fixture.ts";
import { beginHistory, changed, closed, redone, redoWords, undone, undoWords } from "./flow-history.ts";

const noted = (from: typeof flow, text: string) => addNote(from, text, { x: 0, y: 0 }).flow;

it("goes back and forth through every change, and says which one", () => {
  const one = changed(beginHistory(flow), noted(flow, "a"), "Add a note");
  const two = changed(one, noted(one.now, "b"), "Add another");
  expect(undoWords(two)).toBe("Add another");
  const back = undone(undone(two));
  expect(back.now).toBe(flow);
  expect(undone(back)).toBe(back);
  expect(redoWords(back)).toBe("Add a note");
  expect(redone(redone(back)).now).toBe(two.now);
});

it("takes changes of one kind in a row as one step, until something else is done", () => {
  const typed = ["h", "he", "hel"].reduce(
    (h, text) => changed(h, noted(flow, text), "Type", "title"),
    beginHistory(flow),
  );
  expect(undone(typed).now).toBe(flow);
  const again = changed(closed(typed), noted(flow, "help"), "Type", "title");
  expect(undone(again).now).toBe(typed.now);
});

it("forgets what was taken back when something else is done instead", () => {
  const one = undone(changed(beginHistory(flow), noted(flow, "a"), "Add a note"));
  const other = changed(one, noted(flow, "b"), "Add another");
  expect(redone(other)).toBe(other);
});

it("is no step where nothing changed, and forgets the oldest of very many", () => {
  const begun = beginHistory(flow);
  expect(changed(begun, flow, "Nothing")).toBe(begun);
  let long = begun;
  for (let step = 0; step < 1100; step++) long = changed(long, { ...flow }, "Step");
  expect(long.past.length).toBe(1000);
});
