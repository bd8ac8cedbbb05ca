import { LONGEST_RING_WITH_WAIT_S } from "../../../../contract/queue-sounds.ts";
import { type Queue, QueueBody } from "../../../../contract/views.ts";
import { durationText } from "../../../model/elapsed.ts";
import type { Field, Values } from "../../../model/form-fields.ts";
import { api } from "../../desk.ts";
import { type House, namesOf, optionsOf } from "../house.ts";
import type { Kind } from "../kind.ts";

const STRATEGIES: readonly [string, string, string][] = [
  ["leastrecent", "Longest idle", "Rings the agent whose last call ended longest ago."],
  ["fewestcalls", "Fewest calls", "Rings the agent who has taken the fewest calls of this queue."],
  ["ringall", "All at once", "Rings every free agent; the first to answer has the call."],
  ["rrmemory", "In turn", "Goes round the agents, going on after the one who was rung last."],
  ["rrordered", "In turn, fixed order", "Goes round in the order in which the agents joined, going on after the last."],
  ["linear", "Always from the first", "Begins with the first agent at every call; the others catch what is missed."],
  ["random", "Anyone", "Rings a free agent by chance."],
  ["wrandom", "Anyone, weighted", "By chance, with a preference for those with a lower penalty."],
];

const PHONE_DISPOSITIONS: readonly [string, string, string][] = [
  ["off", "Not asked for the outcome", "Their calls wait among those to dispose."],
  [
    "offer",
    "Asked for the outcome, if they like",
    "The caller gone, they may say it by keypad, or leave it for later with #.",
  ],
  ["ask", "Asked for the outcome until they say it", "They stay on the line, or are rung back, twice at most."],
];

const POSITIONS = [
  { value: "no", label: "To nobody" },
  { value: "yes", label: "To everybody" },
  { value: "limit", label: "Only up to a place" },
  { value: "more", label: "Up to a place; beyond it, that more wait" },
];

/** Fields that mean something only beside others. */
const says = ({ announcePosition, announceWait, announceThanks }: Values): boolean =>
  announcePosition !== "no" || announceWait === true || announceThanks === true;
const byItself = ({ callbacks }: Values): boolean => callbacks === "by-itself";
const SHOWN: Readonly<Record<string, (values: Values) => boolean>> = {
  callbackAttempts: byItself,
  callbackMinutes: byItself,
  callbackCalendarId: byItself,
  announceLimit: ({ announcePosition }) => announcePosition === "limit" || announcePosition === "more",
  announceSeconds: says,
  announceLeastSeconds: says,
  periodicFirstSeconds: ({ periodicPromptId }) => typeof periodicPromptId === "number",
  periodicSeconds: ({ periodicPromptId }) => typeof periodicPromptId === "number",
};

/** What callers hear beside the music of the house, in a few words. */
function heardIn(row: Queue, house: House): string {
  const prompt = (id: number | null) => (id === null ? "" : namesOf(house.prompts, [id]));
  return [
    row.announcePosition === "no" ? "" : "place",
    row.announceWait ? "wait" : "",
    prompt(row.periodicPromptId),
    row.musicPromptId === null ? "" : `♪ ${prompt(row.musicPromptId)}`,
  ]
    .filter((word) => word !== "")
    .join(", ");
}

const CALLBACKS: readonly [string, string, string][] = [
  ["by-hand", "By hand", "An agent takes the item and calls."],
  [
    "by-itself",
    "By itself",
    "The caller keeps the place in the queue; whoever is rung for it is joined with the caller.",
  ],
];

/** Who is in the queue stands with the agents; the form shows it from this side too. */
const agentsField: Field = { name: "agents", label: "Agents", kind: "ids", required: false, nullable: false };

const agentsOf = (row: Queue, house: House) =>
  house.agents.filter((agent) => agent.queues.includes(row.id)).map((agent) => agent.id);

/** Callers waiting for agents. */
export const queueKind: Kind<"queues"> = {
  collection: "queues",
  title: "Queues",
  one: "queue",
  purpose: "Where callers wait until an agent is free.",
  schema: QueueBody,
  words: {
    strategy: { label: "Who is rung" },
    ringSeconds: { hint: "How long one agent’s telephone rings before the next is tried" },
    wrapUpSeconds: { hint: "Time to finish after each call; 0 for none" },
    mandatoryDisposition: { hint: "Wrap-up lasts until the call is disposed" },
    phoneDisposition: { label: "Agents without a desktop" },
    maxWaitSeconds: { hint: "After that the caller goes to the next queue of the route" },
    recordPercent: { hint: "Of a hundred calls; 0 for none, 100 for all" },
    recordingDays: { hint: "Then they are removed for ever", blank: "As long as the house says" },
    callbacks: { label: "Callbacks" },
    callbackAttempts: { hint: "Then an agent calls by hand" },
    callbackMinutes: { hint: "Where the last was in vain" },
    callbackCalendarId: {
      label: "Calls back while it is open",
      hint: "Limits of calls outside count as well",
      blank: "From 8 to 20 by the house’s clock",
    },
    announcePosition: { label: "Callers are told their place" },
    announceLimit: { label: "Up to place" },
    announceWait: {
      hint: `Once, in minutes, as soon as earlier callers’ waits tell it; not where a ring may last longer than ${LONGEST_RING_WITH_WAIT_S} s`,
    },
    announceSeconds: { label: "Said again after, seconds" },
    announceLeastSeconds: { label: "At a new place, but not sooner than, seconds" },
    periodicPromptId: { label: "Prompt while they wait", blank: "None" },
    periodicFirstSeconds: { label: "Prompt first after, seconds" },
    periodicSeconds: { label: "Prompt then every, seconds" },
    musicPromptId: { label: "Music", hint: "A prompt, over and over", blank: "The music of the house" },
    announceToAgent: {
      hint: "At a telephone, once it is picked up, before the caller is on. Remote agents hear it in any case, before they accept",
    },
  },
  columns: (house) => [
    { id: "name", title: "Name", width: 180, value: (row) => row.name },
    {
      id: "strategy",
      title: "Who is rung",
      width: 150,
      value: (row) => STRATEGIES.find(([value]) => value === row.strategy)?.[1] ?? row.strategy,
    },
    { id: "agents", title: "Agents", width: 70, numeric: true, value: (row) => agentsOf(row, house).length },
    {
      id: "ring",
      title: "Ring",
      width: 70,
      numeric: true,
      value: (row) => row.ringSeconds,
      cell: (row) => durationText(row.ringSeconds),
    },
    {
      id: "wrapUp",
      title: "Wrap-up",
      width: 80,
      numeric: true,
      value: (row) => row.wrapUpSeconds,
      cell: (row) => durationText(row.wrapUpSeconds),
    },
    {
      id: "wait",
      title: "Longest wait",
      width: 100,
      numeric: true,
      value: (row) => row.maxWaitSeconds,
      cell: (row) => durationText(row.maxWaitSeconds),
    },
    {
      id: "mandatory",
      title: "Disposition",
      width: 100,
      value: (row) => (row.mandatoryDisposition ? "mandatory" : "free"),
    },
    {
      id: "recorded",
      title: "Recorded",
      width: 80,
      numeric: true,
      value: (row) => row.recordPercent,
      cell: (row) => (row.recordPercent === 0 ? "none" : `${row.recordPercent} %`),
    },
    { id: "heard", title: "Callers hear", width: 180, value: (row) => heardIn(row, house) },
    {
      id: "numbers",
      title: "Called on",
      width: 200,
      value: (row) =>
        house.inboundRoutes
          .filter((route) => route.actions.some((action) => "queue" in action && action.queue === row.id))
          .map((route) => route.number)
          .join(", "),
    },
  ],
  nameOf: (row) => row.name,
  fresh: {
    strategy: "leastrecent",
    ringSeconds: 20,
    wrapUpSeconds: 30,
    mandatoryDisposition: false,
    phoneDisposition: "off",
    maxWaitSeconds: 600,
    recordPercent: 0,
    recordingDays: null,
    callbacks: "by-hand",
    callbackAttempts: 3,
    callbackMinutes: 30,
    callbackCalendarId: null,
    announcePosition: "no",
    announceLimit: 5,
    announceWait: false,
    announceThanks: false,
    announceSeconds: 60,
    announceLeastSeconds: 15,
    periodicPromptId: null,
    periodicFirstSeconds: 30,
    periodicSeconds: 60,
    musicPromptId: null,
    announceToAgent: false,
    agents: [],
  },
  valuesOf: (row, house) => {
    const { id: _, createdAt: __, ...values } = row;
    return { ...values, agents: agentsOf(row, house) };
  },
  moreFields: [agentsField],
  options: (house) => ({
    strategy: STRATEGIES.map(([value, label]) => ({ value, label })),
    phoneDisposition: PHONE_DISPOSITIONS.map(([value, label]) => ({ value, label })),
    announcePosition: POSITIONS,
    periodicPromptId: optionsOf(house.prompts),
    musicPromptId: optionsOf(house.prompts),
    callbacks: CALLBACKS.map(([value, label]) => ({ value, label })),
    callbackCalendarId: optionsOf(house.calendars),
    agents: optionsOf(house.agents),
  }),
  shows: (field, values) => SHOWN[field]?.(values) ?? true,
  hints: {
    strategy: (values) => hintOf(STRATEGIES, values.strategy),
    callbacks: (values) => hintOf(CALLBACKS, values.callbacks),
    phoneDisposition: (values) => hintOf(PHONE_DISPOSITIONS, values.phoneDisposition),
  },
  afterSave: (row, before, now, house) => seat(row, ids(before.agents), ids(now.agents), house),
  removal: (row, house) => {
    const agents = agentsOf(row, house);
    const routes = house.inboundRoutes.filter((route) =>
      route.actions.some((action) => "queue" in action && action.queue === row.id),
    );
    return routes.length > 0 ? (
      <p>
        Callers of {routes.map((route) => route.number).join(", ")} are sent to it: change{" "}
        {routes.length === 1 ? "that route" : "those routes"} first.
      </p>
    ) : (
      <p>
        {agents.length === 0 ? null : `${namesOf(house.agents, agents)} will get no calls from it any more. `}
        Past calls stay in the reports under its name.
      </p>
    );
  },
};

const hintOf = (choices: readonly [string, string, string][], chosen: Values[string]): string =>
  choices.find(([value]) => value === chosen)?.[2] ?? "";

const ids = (value: Values[string]): number[] => (Array.isArray(value) ? value.map(Number) : []);

/** Puts agents in and takes agents out, each by a change of the agent, read anew so that no other change is lost. */
async function seat(queue: Queue, before: number[], now: number[], house: House): Promise<void> {
  const touched = house.agents.filter((agent) => before.includes(agent.id) !== now.includes(agent.id));
  for (const agent of touched) {
    const { queues } = await api.one("agents", agent.id);
    const others = queues.filter((id) => id !== queue.id);
    await api.change("agents", agent.id, { queues: now.includes(agent.id) ? [...others, queue.id] : others });
  }
}
