import Type from "typebox";
import { defineBlock } from "../block.ts";
import { sayings, yesNo } from "../option.ts";

/** Says something. */
export const play = defineBlock({
  type: "play",
  title: "Play",
  summary: "Says something: prompts, text, numbers, dates.",
  group: "voice",
  options: Type.Object(
    { say: sayings("Say", { needed: true }), canSkip: yesNo("Any key skips it", true) },
    { additionalProperties: false },
  ),
  exits: [{ name: "next", title: "Next" }],
  async run({ caller, options, filled }) {
    await caller.say(filled(options.say), options.canSkip ? "0123456789*#" : "");
    return "next";
  },
});
