import { expect, it } from "vitest";
import { canonicalNumber } from "./phone-number.ts";

it.each([
  ["02 1234567", "IT", "+39021234567"],
  ["+39 02/123.45-67", "IT", "+39021234567"],
  ["0039 02 1234567", "IT", "+39021234567"],
  ["021 234 56 78", "CH", "+41212345678"],
  ["(212) 555-0100", "US", "+12125550100"],
  ["1001", "IT", "1001"],
  ["+1001", "IT", "1001"],
  ["02 1234567", "nowhere", "021234567"],
])("%s in %s is %s", (typed, country, expected) => {
  expect(canonicalNumber(typed, country)).toBe(expected);
});
