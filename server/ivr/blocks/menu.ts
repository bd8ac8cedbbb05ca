import Type from "typebox";
import { Text } from "../../../contract/common-views.ts";
import { defineBlock } from "../block.ts";
import { keyOption, row, rows, sayings, seconds, whole } from "../option.ts";

/** One key out of some, asked again where another is pressed or none. */
export const menu = defineBlock({
  type: "menu",
  title: "Menu",
  summary: "Asks for one key. Each key is an exit.",
  group: "voice",
  options: Type.Object(
    {
      say: sayings("Say", { needed: true }),
      keys: rows("Keys", row({ key: keyOption("Key"), label: Text("What it is for", 60) }), [1, 11]),
      wait: seconds("Wait for a key, seconds", 6, [1, 60]),
      rounds: whole("Ask so often", 3, [1, 10]),
      sayInvalid: sayings("Say when another key is pressed"),
    },
    { additionalProperties: false },
  ),
  exits: [
    { name: "no-input", title: "No key" },
    { name: "invalid", title: "Wrong key" },
  ],
  exitsOf: { option: "keys", name: "key", title: "label" },
  async run({ caller, options, filled, note }) {
    const say = filled(options.say);
    let last: string | null = null;
    for (let round = 1; round <= options.rounds; round += 1) {
      last = await caller.ask({ say, most: 1, timeoutMs: options.wait * 1000 });
      const pressed = last;
      if (pressed !== null && options.keys.some(({ key }) => key === pressed)) {
        note(pressed);
        return pressed;
      }
      if (pressed !== null && round < options.rounds) await caller.say(filled(options.sayInvalid));
    }
    if (last !== null) note(last === "" ? "#" : last);
    return last === null ? "no-input" : "invalid";
  },
});
