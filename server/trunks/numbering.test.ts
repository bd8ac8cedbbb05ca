import { getCountries } from "libphonenumber-js/max";
import { describe, expect, it } from "vitest";
import { numberingOf } from "./numbering.ts";

/** What kind of destination a number is, as the dial plan finds it: by the longest first digits that fit. */
function kindOf(country: string, number: string): string {
  const { countryCode, prefixes } = numberingOf(country);
  const fitting = prefixes.filter(({ prefix }) => number.startsWith(prefix));
  const [longest] = fitting.sort((left, right) => right.prefix.length - left.prefix.length);
  return longest?.is ?? (number.startsWith(countryCode) ? "special" : "international");
}

describe("kinds of destinations", () => {
  it.each([
    ["IT", "390612345678", "national"],
    ["IT", "393331234567", "mobile"],
    ["IT", "39800123456", "national"],
    ["IT", "39899123456", "premium"],
    ["IT", "39199123456", "premium"],
    ["IT", "391254", "special"],
    ["IT", "442079460000", "international"],
    ["IT", "881612345678", "premium"],
    ["IT", "97912345678", "premium"],
    ["GB", "442079460000", "national"],
    ["GB", "447911123456", "mobile"],
    ["GB", "449012345678", "premium"],
    ["US", "12015550123", "national"],
    ["US", "19005550123", "premium"],
    ["US", "18765550123", "international"],
    ["US", "16135550123", "international"],
    ["CA", "16135550123", "national"],
    ["RU", "77010001234", "international"],
    ["DE", "4915112345678", "mobile"],
    ["FR", "33612345678", "mobile"],
    ["ES", "34803123456", "premium"],
  ])("from %s, %s is %s", (country, number, kind) => {
    expect(kindOf(country, number)).toBe(kind);
  });

  it("are told in every country by no more first digits than a dial plan can hold", () => {
    for (const country of getCountries()) {
      const { countryCode, abroad, national, prefixes } = numberingOf(country);
      expect(countryCode, country).toMatch(/^[0-9]{1,3}$/);
      expect(abroad.length, country).toBeGreaterThan(0);
      expect(national ?? "0", country).toMatch(/^[0-9]+$/);
      expect(prefixes.length, country).toBeLessThan(5000);
    }
  });
});

it("numbers are dialled as the country dials them", () => {
  expect(numberingOf("IT")).toMatchObject({ countryCode: "39", abroad: ["00"], national: null, longest: 12 });
  expect(numberingOf("GB")).toMatchObject({ countryCode: "44", abroad: ["00"], national: "0" });
  expect(numberingOf("US")).toMatchObject({ countryCode: "1", abroad: ["011"], national: "1", longest: 10 });
  expect(numberingOf("??")).toMatchObject({ countryCode: "", abroad: ["00"], national: null });
});
