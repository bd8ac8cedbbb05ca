import Type from "typebox";
import { defineBlock } from "../block.ts";
import { choice } from "../option.ts";

/** In which language everything is said from here on. */
export const language = defineBlock({
  type: "language",
  title: "Language",
  summary: "Says everything from here on in that language.",
  group: "voice",
  options: Type.Object(
    { language: choice("Language", { en: "English", it: "Italian", es: "Spanish", fr: "French" }) },
    { additionalProperties: false },
  ),
  exits: [{ name: "next", title: "Next" }],
  waits: false,
  async run({ caller, options, variables }) {
    await caller.speak(options.language);
    variables.set("language", options.language);
    return "next";
  },
});
