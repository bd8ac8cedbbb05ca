import { expect, it } from "vitest";
import type { VoiceLanguage } from "../voice-dialogue.ts";
import { voiceFor } from "./voice-choice.ts";

it.each<[VoiceLanguage[], VoiceLanguage, VoiceLanguage, VoiceLanguage | null]>([
  [["en", "fr", "it"], "fr", "it", "fr"],
  [["en", "it"], "fr", "it", "it"],
  [["en", "es"], "fr", "it", "en"],
  [["es"], "fr", "it", "es"],
  [[], "fr", "it", null],
])("of %j a caller who speaks %s, in a house that speaks %s, hears %s", (there, language, house, heard) => {
  expect(
    voiceFor(
      there.map((one) => ({ language: one })),
      language,
      house,
    )?.language ?? null,
  ).toBe(heard);
});
