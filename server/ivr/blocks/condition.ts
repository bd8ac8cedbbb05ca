import Type from "typebox";
import { Name } from "../../../contract/common-views.ts";
import { defineBlock } from "../block.ts";
import { choice, row, rows, template } from "../option.ts";

const IS = {
  equal: "is",
  different: "is not",
  contains: "contains",
  begins: "begins with",
  more: "is more than",
  less: "is less than",
  empty: "is empty",
  filled: "is not empty",
} as const;

/** Whether it holds. Texts are compared without regard to case; numbers as numbers, and what is none never. */
function holds(value: string, is: keyof typeof IS, other: string): boolean {
  const [one, two] = [value.trim().toLowerCase(), other.trim().toLowerCase()];
  const numbers = one !== "" && two !== "" ? Number(one) - Number(two) : Number.NaN;
  switch (is) {
    case "equal":
      return one === two;
    case "different":
      return one !== two;
    case "contains":
      return one.includes(two);
    case "begins":
      return one.startsWith(two);
    case "more":
      return numbers > 0;
    case "less":
      return numbers < 0;
    case "empty":
      return one === "";
    case "filled":
      return one !== "";
  }
}

/** The first case that holds is the exit. */
export const condition = defineBlock({
  type: "condition",
  title: "Condition",
  summary: "Compares values. The first case that holds is taken.",
  group: "decide",
  options: Type.Object(
    {
      cases: rows(
        "Cases",
        row({
          name: Name("Name", 40),
          value: template("Value", 200, { default: "{caller}" }),
          is: choice("Compared", IS),
          other: template("With", 200, { default: "" }),
        }),
        [1, 20],
      ),
    },
    { additionalProperties: false },
  ),
  exits: [{ name: "otherwise", title: "Otherwise" }],
  exitsOf: { option: "cases", name: "name", title: "name" },
  waits: false,
  afterCall: true,
  async run({ options, variables, note }) {
    const taken = options.cases.find(({ value, is, other }) => holds(variables.fill(value), is, variables.fill(other)));
    note(variables.fill((taken ?? options.cases[0])?.value ?? ""));
    return taken?.name ?? "otherwise";
  },
});
