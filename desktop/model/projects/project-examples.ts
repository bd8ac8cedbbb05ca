import type { Flow, FlowBlock } from "../../../contract/flow.ts";

/** A project to begin with: sound but for the queues and calendars, which every house has of its own. */
export interface ProjectExample {
  name: string;
  about: string;
  flow: Flow;
}

const block = (
  id: string,
  type: string,
  [x, y]: [number, number],
  exits: FlowBlock["exits"],
  options: FlowBlock["options"] = {},
  title?: string,
): FlowBlock => ({ id, type, at: { x, y }, exits, options, ...(title === undefined ? {} : { title }) });

const say = (text: string) => [{ text }];
const menu = { wait: 6, rounds: 3, sayInvalid: say("This key means nothing here.") };
const queue = { say: [], priority: 0, timeout: 0, keys: "", hears: "music", comesBack: false };
const digits = { least: 1, most: 20, wait: 6, rounds: 3, sayInvalid: say("These were too few."), secret: false };

export const PROJECT_EXAMPLES: readonly ProjectExample[] = [
  {
    name: "Main menu",
    about: "Greets, asks for a key, sends to one of two queues.",
    flow: {
      notes: [{ id: "note-1", text: "Choose your queues in the two Queue blocks.", at: { x: 900, y: -140 } }],
      blocks: [
        block("start", "start", [0, 0], { next: "menu-1" }),
        block(
          "menu-1",
          "menu",
          [300, 0],
          { "1": "queue-1", "2": "queue-2", "no-input": "queue-1", invalid: "queue-1" },
          {
            ...menu,
            say: say("Welcome. For sales press one, for support press two."),
            keys: [
              { key: "1", label: "Sales" },
              { key: "2", label: "Support" },
            ],
          },
          "Main menu",
        ),
        ...sentOn("queue-1", "Sales", [600, -80]),
        ...sentOn("queue-2", "Support", [600, 140]),
        block(
          "play-1",
          "play",
          [900, 60],
          { next: "end-1" },
          { say: say("Nobody is free now. Please call again."), canSkip: true },
        ),
        block("end-1", "hang-up", [1200, 60], {}, { say: [] }),
      ],
    },
  },
  {
    name: "Opening hours",
    about: "Asks a calendar: into the queue while open, a farewell while closed.",
    flow: {
      notes: [],
      blocks: [
        block("start", "start", [0, 0], { next: "time-condition-1" }),
        block("time-condition-1", "time-condition", [300, 0], { open: "queue-1", closed: "play-2" }),
        ...sentOn("queue-1", "Reception", [600, -80]),
        block(
          "play-1",
          "play",
          [900, -40],
          { next: "end-1" },
          { say: say("Nobody is free now. Please call again."), canSkip: true },
        ),
        block(
          "play-2",
          "play",
          [600, 160],
          { next: "end-1" },
          { say: say("We are closed now. Please call again during our opening hours."), canSkip: true },
          "We are closed",
        ),
        block("end-1", "hang-up", [1200, 60], {}, { say: [] }),
      ],
    },
  },
  {
    name: "Customer number",
    about: "Asks for a customer number, keeps it, lets those with a long one go first.",
    flow: {
      notes: [
        {
          id: "note-1",
          text: "{customer} is shown to the agent with the other variables of the call.",
          at: { x: 300, y: -140 },
        },
      ],
      blocks: [
        block("start", "start", [0, 0], { next: "get-digits-1" }),
        block(
          "get-digits-1",
          "get-digits",
          [300, 0],
          { done: "condition-1", "no-input": "queue-1", invalid: "queue-1" },
          {
            ...digits,
            say: say("Please enter your customer number, then press the hash key."),
            variable: "customer",
            most: 10,
          },
          "Customer number",
        ),
        block(
          "condition-1",
          "condition",
          [600, -60],
          { "Key account": "queue-2", otherwise: "queue-1" },
          { cases: [{ name: "Key account", value: "{customer}", is: "begins", other: "9" }] },
          "Key account?",
        ),
        ...sentOn("queue-1", "Everybody", [900, 60]),
        ...sentOn("queue-2", "Key accounts", [900, -140], { priority: 10 }),
        block(
          "play-1",
          "play",
          [1200, -20],
          { next: "end-1" },
          { say: say("Nobody is free now. Please call again."), canSkip: true },
        ),
        block("end-1", "hang-up", [1500, -20], {}, { say: [] }),
      ],
    },
  },
];

function sentOn(id: string, title: string, at: [number, number], more: FlowBlock["options"] = {}): FlowBlock[] {
  const exits = { timeout: "play-1", key: "play-1", unavailable: "play-1", talked: "end-1" };
  return [block(id, "queue", at, exits, { ...queue, ...more }, title)];
}
