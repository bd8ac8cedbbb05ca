import { expect, test } from "vitest";
import { isPattern, takesPattern } from "./dial-pattern.ts";

test.each([
  ["0.", "0551234", true],
  ["0.", "0", false],
  ["0X.", "0551234", true],
  ["0X.", "+390551234", false],
  ["+X.", "+390555550190", true],
  ["+X.", "+3", false],
  ["3XX", "345", true],
  ["3XX", "3456", false],
  ["NXX", "145", false],
  ["Z.", "0551234", false],
  ["0.", "0*12#", true],
  ["+39.", "+39055", true],
  ["3(", "3(", false],
])("the pattern %s and the number %s: %s", (pattern, number, takes) => {
  expect(takesPattern(pattern, number)).toBe(takes);
});

test.each(["", ".", "_0.", "0.1", "abc", "X+"])("%j is no pattern", (text) => {
  expect(isPattern(text)).toBe(false);
});
