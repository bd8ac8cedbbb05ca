import Type from "typebox";
import { defineBlock } from "../block.ts";
import { seconds } from "../option.ts";

/** Picks up. What is said before that costs the caller nothing and is not heard everywhere. */
export const answer = defineBlock({
  type: "answer",
  title: "Answer",
  summary: "Picks up. From here on the caller pays, and hears everything.",
  group: "voice",
  options: Type.Object({ pause: seconds("Wait then, seconds", 0, [0, 30]) }, { additionalProperties: false }),
  exits: [{ name: "next", title: "Next" }],
  async run({ caller, options }) {
    await caller.answer();
    if (options.pause > 0) await caller.wait(options.pause * 1000);
    return "next";
  },
});
