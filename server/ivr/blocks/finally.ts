import Type from "typebox";
import { defineBlock } from "../block.ts";

/** What is still done when the call is over, however it ended. */
export const finallyBlock = defineBlock({
  type: "finally",
  title: "Finally",
  summary: "Runs when the call is over, however it ended: nobody is on the line any more.",
  group: "flow",
  options: Type.Object({}, { additionalProperties: false }),
  exits: [{ name: "next", title: "Next" }],
  waits: false,
  afterCall: true,
  entry: true,
  run: async () => "next",
});
