import { describe, expect, it } from "vitest";
import type { VoiceLanguage } from "../voice-dialogue.ts";
import { BUILT_IN_KEYS, builtInWords } from "./built-in-words.ts";

const LANGUAGES: VoiceLanguage[] = ["en", "it", "es", "fr"];
const every = { count: 3, name: "Sales", key: "#", digits: "+39 055" };

describe.each(LANGUAGES)("what the house says in %s", (language) => {
  it.each(BUILT_IN_KEYS)("%s leaves nothing open", (key) => {
    for (const count of [0, 1, 2, 17]) {
      const values = { ...every, count };
      const words = builtInWords(key, values, language);
      expect(words).toMatch(/[.?]$/);
      expect(words).not.toMatch(/[{}#]/);
      expect(words.length).toBeLessThan(200);
    }
  });
});

it("has the form of one and of several, and of none where there is one", () => {
  expect(builtInWords("queue-position", { count: 1 }, "en")).toBe("You are next in line.");
  expect(builtInWords("queue-position", { count: 4 }, "it")).toBe("Lei è il numero 4 della coda.");
  expect(builtInWords("agent-calls-waiting", { count: 0 }, "fr")).toBe("Aucun appel en attente.");
  expect(builtInWords("agent-queue-waiting", { name: "Ventas", count: 1 }, "es")).toBe(
    "Ventas: una llamada en espera.",
  );
  expect(builtInWords("queue-wait-minutes", { count: 0 }, "en")).toBe("The estimated wait is less than one minute.");
});

it("reads numbers digit by digit, and keys as people call them", () => {
  expect(builtInWords("callback-confirm-number", { digits: "+390551" }, "en")).toContain("on 3 9 0 5 5 1.");
  expect(builtInWords("queue-callback", { key: "*" }, "it")).toBe("Per essere richiamato, prema asterisco.");
  expect(builtInWords("queue-callback", { key: "2" }, "fr")).toBe("Pour être rappelé, appuyez sur 2.");
});

it("takes names as they are, whatever stands in them", () => {
  expect(builtInWords("dispose-choice", { name: "$& {key}", key: "1" }, "en")).toBe("For $& {key}, press 1.");
});
