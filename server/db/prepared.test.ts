import { expect, test } from "vitest";
import { createStatementNames } from "./prepared.ts";

const asked = (names: ReturnType<typeof createStatementNames>, text: string, times: number) =>
  Array.from({ length: times }, () => names(text, 1));

test("a statement gets a name when it has come three times, and keeps it", () => {
  const names = createStatementNames();
  const [first, second, third, fourth] = asked(names, "select 1 where $1", 4);
  expect([first, second]).toEqual([null, null]);
  expect(third).toMatch(/^perch_[0-9a-f]{24}$/);
  expect(fourth).toBe(third);
  expect(asked(names, "select 2 where $1", 3).at(-1)).not.toBe(third);
});

test("whoever else counts gives the same statement the same name", () => {
  const name = () => asked(createStatementNames(), "select 1 where $1", 3).at(-1);
  expect(name()).toBe(name());
});

test("a script, and a long list of values, get none", () => {
  const names = createStatementNames();
  for (const parameters of [0, 41]) {
    for (let time = 0; time < 5; time += 1) expect(names("select", parameters)).toBeNull();
  }
});

test("no more than 300 are named, whatever is asked", () => {
  const names = createStatementNames();
  const given = Array.from({ length: 400 }, (_, n) => asked(names, `select ${n} where $1`, 3).at(-1));
  expect(given.filter((name) => name !== null)).toHaveLength(300);
});
