import { expect, it } from "vitest";
import { promptLanguage } from "./prompt-language.ts";

it("is what was chosen, else the country's, else English", () => {
  expect(promptLanguage({ promptLanguage: "fr", country: "IT" })).toBe("fr");
  expect(promptLanguage({ promptLanguage: null, country: "IT" })).toBe("it");
  expect(promptLanguage({ promptLanguage: null, country: "MX" })).toBe("es");
  expect(promptLanguage({ promptLanguage: null, country: "SN" })).toBe("fr");
  expect(promptLanguage({ promptLanguage: null, country: "CH" })).toBe("en");
});
