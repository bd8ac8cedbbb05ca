import { expect, it } from "vitest";
import { dialledFrom } from "./remote-number.ts";

it.each([
  ["behind the digit for the line", "3471234567", [{ pattern: "0X.", stripDigits: 1 }], "03471234567"],
  ["as it is where nothing is stripped", "3471234567", [{ pattern: "3X.", stripDigits: 0 }], "3471234567"],
  ["with its plus", "+393471234567", [{ pattern: "+39X.", stripDigits: 0 }], "+393471234567"],
  ["with 00 for its plus", "+393471234567", [{ pattern: "0X.", stripDigits: 1 }], "000393471234567"],
  [
    "by the first route that takes it",
    "3471234567",
    [
      { pattern: "9X.", stripDigits: 1 },
      { pattern: "0X.", stripDigits: 1 },
    ],
    "03471234567",
  ],
  ["by no route", "3471234567", [{ pattern: "00X.", stripDigits: 0 }], null],
  ["by no route whose line may be any digits", "3471234567", [{ pattern: "XX.", stripDigits: 1 }], null],
  ["where no number was shown", "", [{ pattern: "0X.", stripDigits: 1 }], null],
  ["where something else was", "anonymous", [{ pattern: "0X.", stripDigits: 1 }], null],
  ["too long a number", "12345678901234567890", [{ pattern: "0X.", stripDigits: 1 }], null],
])("a calling number is dialled %s", (_, shown, ways, dialled) => {
  expect(dialledFrom(shown, ways)).toBe(dialled);
});
