import { expect, it } from "vitest";
import type { PromptVoice } from "../../contract/views.ts";
import { fileProblem, LANGUAGES, originOf, speechAddress, toldName, voiceAddress, voiceIn } from "./prompt-voice.ts";

const voice: PromptVoice = {
  ...{ language: "it", source: "file", text: null, fileName: "benvenuti.wav", lengthMs: 2100, sound: "abc" },
  ...{ madeAt: "2026-03-02T08:00:00.000Z", madeBy: null },
};

it("finds the voice of a language, and where it is heard", () => {
  const prompt = { id: 7, name: "Welcome", voices: [voice], usedBy: [] };
  expect(voiceIn(prompt, "it")).toBe(voice);
  expect(voiceIn(prompt, "fr")).toBeNull();
  expect(voiceAddress(7, voice)).toBe("/api/v1/prompts/7/voices/it/audio?sound=abc");
  expect(speechAddress("Ciao & benvenuti", "it")).toBe("/api/v1/prompts/speech?language=it&text=Ciao+%26+benvenuti");
  expect(LANGUAGES.map(({ name }) => name)).toEqual(["English", "Italian", "Spanish", "French"]);
});

it("says where a voice came from", () => {
  expect(originOf(voice)).toBe("benvenuti.wav");
  expect(originOf({ ...voice, fileName: null })).toBe("A file");
  expect(originOf({ ...voice, source: "text", text: "Benvenuti" })).toBe("Spoken: Benvenuti");
  expect(originOf({ ...voice, source: "telephone" })).toBe("Said on a telephone");
});

it("says why a file need not be sent", () => {
  expect(fileProblem({ size: 0 })).toBe("The file is empty.");
  expect(fileProblem({ size: 17 * 1024 * 1024 })).toBe("The file is larger than 16 MB: an MP3 of it is smaller.");
  expect(fileProblem({ size: 1000 })).toBeNull();
});

it("tells a name of a file as it can be told", () => {
  expect(toldName(" a\nb.wav ")).toBe("ab.wav");
  expect(toldName("\u0000")).toBeNull();
  expect(toldName(`${"x".repeat(300)}.wav`)).toHaveLength(200);
});
