import { describe, expect, test } from "vitest";
import { destinationClass } from "./destination-class.ts";
import { numberingOf } from "./numbering.ts";

const italy = numberingOf("IT");
const nowhere = numberingOf("ZZ");

describe("the kind of a number", () => {
  test.each([
    ["0555550101", "national"],
    ["00390555550101", "national"],
    ["+390555550101", "national"],
    ["3331234567", "mobile"],
    ["+393331234567", "mobile"],
    ["0044207946000", "international"],
    ["+44207946000", "international"],
    ["899123456", "premium"],
    ["+39899123456", "premium"],
    ["+8816123", "premium"],
    ["0039112", "special"],
    ["118500", "special"],
    ["0103355123456789", "premium"],
    ["10109555123456", "premium"],
    ["#31#0555550101", "premium"],
    ["0555+39", "premium"],
    ["055555010101010101010", "premium"],
  ] as const)("%s dialled in Italy is %s", (number, kind) => {
    expect(destinationClass(number, italy)).toBe(kind);
  });

  test("is international where nothing is known of the country", () => {
    expect(destinationClass("0555550101", nowhere)).toBe("international");
    expect(destinationClass("00881612", nowhere)).toBe("premium");
  });
});
