import fc from "fast-check";
import { expect, it } from "vitest";
import { digitPattern, NOTHING, wordsOf } from "./digit-pattern.ts";

/** Whether the pattern takes all of the digits. */
const takes = (text: string, digits: string): boolean =>
  [...digits].reduce((rest, digit) => rest.after(Number(digit)), digitPattern(text)).ends;

it.each([
  "3[2-9]\\d{7,8}|(?:31|43)\\d{8}",
  "80(?:0\\d{3}|3)\\d{3}",
  "1(?:78\\d|99)\\d{2}",
  "(?:00|[1-9]\\d)\\d{1,2}",
  "[13]\\d{2}(?:\\d{2,5})?",
])("a pattern takes what a regular expression takes: %s", (text) => {
  const whole = new RegExp(`^(?:${text})$`);
  const digit = fc.constantFrom(..."0123456789");
  fc.assert(
    fc.property(fc.array(digit, { maxLength: 12 }), (digits) => {
      expect(takes(text, digits.join(""))).toBe(whole.test(digits.join("")));
    }),
  );
});

it("knows when nothing can come any more", () => {
  expect(digitPattern("12").after(1).after(3)).toBe(NOTHING);
  expect(digitPattern("1").after(1).after(1)).toBe(NOTHING);
});

it("lists what a short one can be", () => {
  expect(wordsOf(digitPattern("00(?:1[245]|2)"), 10)).toEqual(["0012", "0014", "0015", "002"]);
  expect(wordsOf(digitPattern("\\d{3}"), 5)).toHaveLength(5);
});

it.each(["1*", "(12", "[1", "a", "1{x}"])("refuses what is none: %s", (text) => {
  expect(() => digitPattern(text)).toThrow();
});
