import Type from "typebox";
import { Name } from "../../../contract/common-views.ts";
import { defineBlock } from "../block.ts";
import { row, rows, whole } from "../option.ts";

/** So many of a hundred calls go each way, by chance. */
export const randomSplit = defineBlock({
  type: "random-split",
  title: "Random split",
  summary: "Sends a share of the calls each way, by chance.",
  group: "decide",
  options: Type.Object(
    { ways: rows("Ways", row({ name: Name("Name", 40), share: whole("Share", 50, [0, 1000]) }), [1, 10]) },
    { additionalProperties: false },
  ),
  exits: [{ name: "otherwise", title: "No share at all" }],
  exitsOf: { option: "ways", name: "name", title: "name" },
  waits: false,
  async run({ options, house }) {
    const all = options.ways.reduce((sum, { share }) => sum + share, 0);
    let left = house.random() * all;
    for (const { name, share } of options.ways) {
      left -= share;
      if (left < 0) return name;
    }
    return "otherwise";
  },
});
