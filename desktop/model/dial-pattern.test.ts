import fc from "fast-check";
import { expect, test } from "vitest";
import { takesPattern } from "../../contract/dial-pattern.ts";
import { exampleOf, patternInWords, sentNumber } from "./dial-pattern.ts";

test("every pattern's own example takes the pattern", () => {
  const patterns = fc.stringMatching(/^\+?[0-9XZN]{1,12}\.?$/);
  fc.assert(
    fc.property(patterns, (pattern) => {
      const example = exampleOf(pattern);
      expect(example).not.toBeNull();
      expect(takesPattern(pattern, example ?? "")).toBe(true);
    }),
  );
});

test("what is no pattern has no example and no words", () => {
  for (const text of ["", ".", "_0.", "0.1", "abc", "X+"]) {
    expect(exampleOf(text)).toBeNull();
    expect(patternInWords(text)).toBe("");
  }
});

test("a pattern is told in words", () => {
  expect(patternInWords("0NXX.")).toBe("0, then a digit from 2 to 9, then 2 × any digit, then one or more digits");
  expect(patternInWords("112")).toBe("112");
});

test("the first digits are stripped before the trunk sees the number", () => {
  expect(sentNumber("0055123", 1)).toBe("055123");
  expect(sentNumber("12", 5)).toBe("");
});
