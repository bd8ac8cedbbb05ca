import Type from "typebox";
import { type BlockContext, type BlockDefinition, defineBlock } from "../block.ts";
import type { DialWish } from "../caller.ts";
import { agentOption, seconds, telephoneOption, template, yesNo } from "../option.ts";

const shared = {
  ring: seconds("Ring, seconds", 30, [5, 300]),
  comesBack: yesNo("The project goes on when the talk is over", false),
};
const exits = [
  { name: "busy", title: "Busy" },
  { name: "unanswered", title: "Not answered" },
  { name: "unreachable", title: "Not to be reached" },
  { name: "talked", title: "Talked" },
];

async function dial(
  { caller, options }: BlockContext<{ ring: number; comesBack: boolean }>,
  to: DialWish["to"],
): Promise<string> {
  return caller.dial({ to, ringSeconds: options.ring, comesBack: options.comesBack });
}

/** Rings an agent at the telephone where he sits. */
export const dialAgent: BlockDefinition = defineBlock({
  type: "dial-agent",
  title: "Dial agent",
  summary: "Rings an agent at the telephone where he sits.",
  group: "queue",
  options: Type.Object({ agent: agentOption("Agent"), ...shared }, { additionalProperties: false }),
  exits,
  run: (context) => dial(context, { agentId: context.options.agent }),
});

/** Rings a telephone. */
export const dialTelephone: BlockDefinition = defineBlock({
  type: "dial-telephone",
  title: "Dial telephone",
  summary: "Rings one telephone of the house.",
  group: "queue",
  options: Type.Object({ telephone: telephoneOption("Telephone"), ...shared }, { additionalProperties: false }),
  exits,
  run: (context) => dial(context, { telephoneId: context.options.telephone }),
});

/** Rings a number, inside or outside. */
export const dialNumber: BlockDefinition = defineBlock({
  type: "dial-number",
  title: "Dial number",
  summary: "Rings a number outside, along the outbound routes.",
  group: "queue",
  options: Type.Object({ number: template("Number", 40), ...shared }, { additionalProperties: false }),
  exits,
  async run(context) {
    const number = context.variables.fill(context.options.number).replace(/[ ()./-]/g, "");
    context.note(number);
    return /^\+?[0-9]{2,20}$/.test(number) ? dial(context, { number }) : "unreachable";
  },
});
