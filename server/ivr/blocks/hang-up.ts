import Type from "typebox";
import { defineBlock } from "../block.ts";
import { sayings } from "../option.ts";

/** Ends the call. */
export const hangUp = defineBlock({
  type: "hang-up",
  title: "Hang up",
  summary: "Ends the call.",
  group: "voice",
  options: Type.Object({ say: sayings("Say before it") }, { additionalProperties: false }),
  exits: [],
  async run({ caller, options, filled }) {
    if (options.say.length > 0) await caller.say(filled(options.say));
    await caller.hangUp();
    return null;
  },
});
