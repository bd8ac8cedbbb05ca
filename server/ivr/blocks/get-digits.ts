import Type from "typebox";
import { defineBlock } from "../block.ts";
import { sayings, seconds, variableName, whole, yesNo } from "../option.ts";

/** Some keys, kept in a variable. */
export const getDigits = defineBlock({
  type: "get-digits",
  title: "Get digits",
  summary: "Asks for digits, ended by # or by their number, and keeps them.",
  group: "voice",
  options: Type.Object(
    {
      say: sayings("Say", { needed: true }),
      variable: variableName("Keep them in", "digits"),
      least: whole("At least so many", 1, [1, 40]),
      most: whole("At most so many", 20, [1, 40]),
      wait: seconds("Wait for each, seconds", 6, [1, 60]),
      rounds: whole("Ask so often", 3, [1, 10]),
      sayInvalid: sayings("Say when there are too few"),
      secret: yesNo("Secret: not written down", false),
    },
    { additionalProperties: false },
  ),
  exits: [
    { name: "done", title: "Digits" },
    { name: "no-input", title: "No digits" },
    { name: "invalid", title: "Too few" },
  ],
  async run({ caller, options, filled, note, variables }) {
    const say = filled(options.say);
    let last: string | null = null;
    for (let round = 1; round <= options.rounds; round += 1) {
      last = await caller.ask({ say, most: options.most, timeoutMs: options.wait * 1000 });
      if (last !== null && last.length >= options.least) {
        variables.set(options.variable, last, options.secret);
        note(options.secret ? "•".repeat(last.length) : last);
        return "done";
      }
      if (last !== null && round < options.rounds) await caller.say(filled(options.sayInvalid));
    }
    return last === null ? "no-input" : "invalid";
  },
});
