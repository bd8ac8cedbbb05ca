import Type from "typebox";
import { defineBlock } from "../block.ts";
import { row, rows, template, variableName } from "../option.ts";

/** Keeps values for later blocks. */
export const setVariable = defineBlock({
  type: "set-variable",
  title: "Set variables",
  summary: "Keeps values, with other variables in them, for later blocks.",
  group: "data",
  options: Type.Object(
    { set: rows("Variables", row({ variable: variableName("Name", "value"), value: template("Value") }), [1, 20]) },
    { additionalProperties: false },
  ),
  exits: [{ name: "next", title: "Next" }],
  waits: false,
  afterCall: true,
  async run({ options, variables }) {
    for (const { variable, value } of options.set) variables.set(variable, variables.fill(value));
    return "next";
  },
});
