import Type from "typebox";
import { defineBlock } from "../block.ts";
import { longTemplate, template } from "../option.ts";

const MOST_ADDRESSES = 10;
const ADDRESS = /^[^\s@<>"(),;:\\]{1,64}@[^\s@<>"(),;:\\]{1,190}$/;

/** Sends a message to addresses that its maker names, or that a variable holds: one a place. */
export const sendMail = defineBlock({
  type: "send-mail",
  title: "Send mail",
  summary: "Sends a message by the house’s mail server. Holds the caller ten seconds at most.",
  group: "data",
  options: Type.Object(
    {
      to: template("To (several: with commas)", 500, { minLength: 3 }),
      subject: template("Subject", 200, { minLength: 1 }),
      text: longTemplate("Text", 8000),
    },
    { additionalProperties: false },
  ),
  exits: [
    { name: "done", title: "Sent" },
    { name: "failed", title: "Not sent" },
  ],
  waits: false,
  afterCall: true,
  sets: ["mail.error"],
  async run({ house, options, variables, note }) {
    // Taken apart before variables come in: a value is one address and never two.
    const to = options.to.split(",").map((one) => variables.fill(one).trim());
    const isPossible = to.length <= MOST_ADDRESSES && to.every((one) => ADDRESS.test(one));
    const subject = variables.fill(options.subject).replace(/\s+/g, " ").trim();
    const failed = isPossible
      ? await house.sendMail({ to, subject, text: variables.fill(options.text) })
      : "This is no mail address.";
    variables.set("mail.error", failed ?? "");
    note(failed ?? to.join(", "));
    return failed === null ? "done" : "failed";
  },
});
