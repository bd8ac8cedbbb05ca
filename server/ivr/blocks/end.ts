import Type from "typebox";
import { defineBlock } from "../block.ts";

/** The project is over; the call goes on with what its route says next. */
export const end = defineBlock({
  type: "end",
  title: "End",
  summary: "The project is over. The call goes on with what its route says next, or ends where it says nothing.",
  group: "flow",
  options: Type.Object({}, { additionalProperties: false }),
  exits: [],
  waits: false,
  afterCall: true,
  run: async () => null,
});
