import type { BlockKind, Flow, FlowBlock } from "../../../contract/flow.ts";
import type { Kinds } from "./flow-edit.ts";

/** Some kinds of blocks and a flow made of them, for tests. */

const kind = (type: string, title: string, more: Partial<BlockKind> = {}): BlockKind => ({
  type,
  title,
  summary: "",
  group: "flow",
  options: { type: "object", properties: {} },
  exits: [{ name: "next", title: "Next" }],
  exitsOf: null,
  waits: false,
  afterCall: false,
  entry: false,
  ...more,
});

const KINDS: readonly BlockKind[] = [
  kind("start", "Start", { entry: true }),
  kind("end", "End", { exits: [] }),
  kind("menu", "Menu", {
    options: {
      type: "object",
      properties: {
        say: { type: "array", title: "Say", draw: "sayings" },
        keys: {
          type: "array",
          title: "Keys",
          items: {
            type: "object",
            properties: { key: { type: "string", draw: "key" }, label: { type: "string" } },
          },
        },
        wait: { type: "integer", title: "Wait", draw: "seconds", default: 6 },
      },
    },
    exits: [{ name: "no-input", title: "No key" }],
    exitsOf: { option: "keys", name: "key", title: "label" },
  }),
  kind("queue", "Queue", {
    options: {
      type: "object",
      properties: {
        queue: { type: "integer", title: "Queue", draw: "queue" },
        variable: { type: "string", title: "Keep in", draw: "variable", default: "place" },
      },
    },
    exits: [{ name: "timeout", title: "Waited too long" }],
  }),
];

export const kinds: Kinds = new Map(KINDS.map((one) => [one.type, one]));

export const block = (id: string, type: string, more: Partial<FlowBlock> = {}): FlowBlock => ({
  id,
  type,
  options: {},
  exits: {},
  at: { x: 0, y: 0 },
  ...more,
});

/** Start → menu with keys 1 (a queue) and 2 (the end), no key → the menu again. */
export const flow: Flow = {
  blocks: [
    block("start", "start", { exits: { next: "menu-1" } }),
    block("menu-1", "menu", {
      title: "Main menu",
      options: {
        say: [{ text: "Welcome, {caller}" }, { prompt: 3 }],
        keys: [
          { key: "1", label: "Sales" },
          { key: "2", label: "Nothing" },
        ],
        wait: 6,
      },
      exits: { "1": "queue-1", "2": "end-1", "no-input": "menu-1" },
      at: { x: 300, y: 0 },
    }),
    block("queue-1", "queue", { options: { queue: 7, variable: "place" }, exits: {}, at: { x: 600, y: 0 } }),
    block("end-1", "end", { at: { x: 600, y: 200 } }),
  ],
  notes: [{ id: "note-1", text: "Ask Teresa about the words", at: { x: 300, y: -150 } }],
};
