import Type from "typebox";
import { defineBlock } from "../block.ts";
import { calendarOption } from "../option.ts";

/** Whether a calendar is open now. */
export const timeCondition = defineBlock({
  type: "time-condition",
  title: "Opening hours",
  summary: "Asks a calendar whether the house is open now.",
  group: "decide",
  options: Type.Object({ calendar: calendarOption("Calendar") }, { additionalProperties: false }),
  exits: [
    { name: "open", title: "Open" },
    { name: "closed", title: "Closed" },
  ],
  waits: false,
  afterCall: true,
  async run({ options, house }) {
    return (await house.isOpen(options.calendar, house.now())) === true ? "open" : "closed";
  },
});
