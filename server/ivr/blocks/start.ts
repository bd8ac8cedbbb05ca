import Type from "typebox";
import { defineBlock } from "../block.ts";

/** Where a call gets in. */
export const start = defineBlock({
  type: "start",
  title: "Start",
  summary: "A call gets in here.",
  group: "flow",
  options: Type.Object({}, { additionalProperties: false }),
  exits: [{ name: "next", title: "Next" }],
  waits: false,
  entry: true,
  run: async () => "next",
});
