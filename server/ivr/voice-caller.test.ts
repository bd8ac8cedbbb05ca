import { expect, it } from "vitest";
import type { Saying } from "../voice-dialogue.ts";
import { createVoiceCaller } from "./voice-caller.ts";

it("says numbers as what they are, whatever a variable holds", async () => {
  const heard: Saying[] = [];
  const dialogue = {
    hear: async (sayings: readonly Saying[]) => {
      heard.push(...sayings);
      return "";
    },
  };
  const files = { spoken: async (text: string) => `spoken ${text}` };
  const deps = { dialogue, files, language: "en", timeZone: "Europe/Rome", log: { warn: () => {} }, taken: {} };
  const caller = createVoiceCaller(deps as never);
  const numbers = ["42", " -7 ", "12.50", "1e300", "0x1F", "12345678901234567890123", "many", ""];
  await caller.say(numbers.map((number) => ({ number })));
  expect(heard).toEqual([
    { number: 42 },
    { number: -7 },
    { file: "spoken 12.50" },
    { file: "spoken 1e300" },
    { file: "spoken 0x1F" },
    { digits: "12345678901234567890123" },
    { file: "spoken many" },
  ]);
});
