import Type from "typebox";
import { defineBlock } from "../block.ts";
import { longTemplate, template } from "../option.ts";

/** Sends a short message by the house's gateway. */
export const sendSms = defineBlock({
  type: "send-sms",
  title: "Send SMS",
  summary: "Sends a short message by the house’s gateway. Holds the caller ten seconds at most.",
  group: "data",
  options: Type.Object(
    {
      number: template("Number", 80, { minLength: 1 }),
      text: longTemplate("Text", 1000),
    },
    { additionalProperties: false },
  ),
  exits: [
    { name: "sent", title: "Sent" },
    { name: "failed", title: "Not sent" },
    { name: "not-set-up", title: "Not set up" },
  ],
  waits: false,
  afterCall: true,
  sets: ["sms.error"],
  async run({ house, options, variables, note, until }) {
    const to = variables.fill(options.number).trim();
    const outcome = await house.sendSms({ to, text: variables.fill(options.text) }, until);
    variables.set("sms.error", outcome.how === "sent" ? "" : outcome.why);
    note(outcome.how === "sent" ? to : outcome.why);
    return outcome.how;
  },
});
