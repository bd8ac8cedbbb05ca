import { describe, expect, it } from "vitest";
import { dialable, phoneNumberText } from "./phone-number.ts";

describe("a number to read", () => {
  it.each([
    ["+390551234567", "+39 055 123 4567"],
    ["+12025550123", "+1 202 555 0123"],
    ["+35318049000", "+353 180 490 00"],
    ["0551234567", "055 123 4567"],
    ["2012", "2012"],
    ["anonymous", "anonymous"],
    ["", ""],
  ])("groups %s as %s", (number, text) => {
    expect(phoneNumberText(number)).toBe(text);
  });
});

describe("a number to dial", () => {
  it.each([
    ["+39 055 123-4567", "+390551234567"],
    ["(055) 123.4567", "0551234567"],
    ["*11", "*11"],
    ["", null],
    ["maria", null],
    ["+", null],
    ["1".repeat(25), null],
  ])("reads %s as %s", (typed, to) => {
    expect(dialable(typed)).toBe(to);
  });
});
