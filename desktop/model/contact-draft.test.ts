import { describe, expect, it } from "vitest";
import { numbersOf, wrongNumber } from "./contact-draft.ts";

describe("numbers typed into one line", () => {
  it("are parted and not repeated", () => {
    expect(numbersOf(" +39 055 1, 333; 333\n\n444 ")).toEqual(["+39 055 1", "333", "444"]);
    expect(numbersOf("")).toEqual([]);
  });

  it("are refused by name where they are none", () => {
    expect(wrongNumber("+39 (055) 1-2/3")).toBeNull();
    expect(wrongNumber("333, maria")).toBe("“maria” is not a telephone number.");
    expect(wrongNumber("+")).not.toBeNull();
  });
});
