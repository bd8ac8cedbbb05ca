import { PauseBody } from "../../../../contract/views.ts";
import type { Kind } from "../kind.ts";

/** Why an agent may take a break. */
export const breakReasonKind: Kind<"pauses"> = {
  collection: "pauses",
  title: "Break reasons",
  one: "break reason",
  purpose: "What an agent can choose when he pauses: Lunch, Coffee, Training.",
  schema: PauseBody,
  words: { name: { hint: "As the agent reads it: Lunch" } },
  columns: () => [{ id: "name", title: "Name", width: 240, value: (row) => row.name }],
  nameOf: (row) => row.name,
  fresh: {},
  valuesOf: ({ name }) => ({ name }),
  removal: () => null,
  remake: ({ name }) => ({ name }),
};
