import { PauseBody } from "../../../../contract/views.ts";
import type { Kind } from "../kind.ts";

/** Why an agent may take a break, and for how long. */
export const breakReasonKind: Kind<"pauses"> = {
  collection: "pauses",
  title: "Break reasons",
  one: "break reason",
  purpose: "What an agent can choose when they pause: Lunch, Coffee, Training.",
  schema: PauseBody,
  words: {
    name: { hint: "As the agent reads it: Lunch" },
    maxMinutes: {
      hint: "After that the break is shown as over, in red; it ends when the agent says so",
      blank: "As long as it takes",
    },
    digit: { hint: "With it the break begins from a telephone: *10 and this key", blank: "None" },
  },
  columns: () => [
    { id: "name", title: "Name", width: 240, value: (row) => row.name },
    {
      id: "maxMinutes",
      title: "At most",
      width: 90,
      numeric: true,
      value: (row) => row.maxMinutes,
      cell: (row) => (row.maxMinutes === null ? "" : `${row.maxMinutes} min`),
    },
    { id: "digit", title: "Key", width: 70, numeric: true, value: (row) => row.digit },
  ],
  nameOf: (row) => row.name,
  fresh: {},
  valuesOf: ({ name, maxMinutes, digit }) => ({ name, maxMinutes, digit }),
  removal: () => null,
  remake: ({ name, maxMinutes, digit }) => ({ name, maxMinutes, digit }),
};
