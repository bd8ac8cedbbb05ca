import Type, { type Static, type TProperties } from "typebox";
import { type BlockContext, type BlockDefinition, defineBlock } from "../block.ts";
import { own, type Speech } from "../caller.ts";
import { agentOption, choice, queueOption, sayings, seconds, yesNo } from "../option.ts";

/** By which keys he ends it; what the house says by itself names the hash key. */
const ENDS: Readonly<Record<"hash" | "any", string>> = { hash: "#", any: "0123456789*#" };
const REVIEW_WAIT_MS = 8000;
/** How often one message can be heard or recorded again. */
const MOST_REVIEWS = 20;

const shared = {
  say: sayings("Say before it (nothing: please leave a message)"),
  longest: seconds("At most so long, seconds", 120, [5, 600]),
  // Of a silence that ended it one second is kept (Asterisk 22.10.1): two tell somebody who said nothing.
  least: seconds("At least so long, seconds", 2, [1, 60]),
  silence: seconds("Ended by silence of, seconds (0: by none)", 5, [0, 30]),
  ends: choice("Ended by", { hash: "#", any: "any key" }),
  review: yesNo("He may hear it and record it again", false),
};
const Shared = Type.Object(shared);
type Context = BlockContext<Static<typeof Shared>>;

const kind = <Options extends TProperties>(own_: Options) =>
  Type.Object({ ...own_, ...shared }, { additionalProperties: false });
const exits = [
  { name: "done", title: "Left a message" },
  { name: "too-short", title: "Too short" },
];
const sets = ["voicemail.seconds"];

/** For the agents of a queue. */
export const voicemail: BlockDefinition = defineBlock({
  type: "voicemail",
  title: "Voicemail",
  summary: "Takes a message for the agents of a queue. It waits for them in Items.",
  group: "queue",
  options: kind({ queue: queueOption("Queue") }),
  exits,
  sets,
  run: (context) => leaveMessage(context, { queueId: context.options.queue, ownerId: null }),
});

/** For one agent. */
export const voicemailAgent: BlockDefinition = defineBlock({
  type: "voicemail-agent",
  title: "Voicemail of an agent",
  summary: "Takes a message for one agent. It waits for that agent in Items.",
  group: "queue",
  options: kind({ agent: agentOption("Agent") }),
  exits,
  sets,
  run: (context) => leaveMessage(context, { queueId: null, ownerId: context.options.agent }),
});

async function leaveMessage(context: Context, of: { queueId: number | null; ownerId: number | null }): Promise<string> {
  const { caller, house, note, options, filled, variables } = context;
  const since = house.now().toISOString();
  await caller.answer();
  await caller.say(options.say.length === 0 ? [own("leave-message", {})] : filled(options.say));
  const file = caller.newVoice();
  const leastMs = options.least * 1000;
  const { linkedId, callerNumber } = caller.call;
  await house.messages.begin(file, { ...of, linkedId, caller: callerNumber, since, leastMs });
  let kept = false;
  try {
    await takeMessage(context, file);
  } finally {
    // Most people end by hanging up: who has spoken has left a message.
    const ms = await caller.lengthOf(file);
    kept = ms >= leastMs;
    // Cut off from us he may speak on: with us every connection ends.
    if (caller.gone.reason === "taken") house.messages.leave(file);
    else if (kept) house.messages.keep(file);
    else house.messages.drop(file);
    note(`${Math.round(ms / 1000)} s`);
    variables.set("voicemail.seconds", kept ? String(Math.round(ms / 1000)) : "0");
  }
  await caller.say([kept ? own("message-kept", {}) : own("message-too-short", {})]);
  return kept ? "done" : "too-short";
}

/** Takes his voice until he is content with it. */
async function takeMessage({ caller, options }: Context, file: string): Promise<void> {
  const wish = { longestSeconds: options.longest, silenceSeconds: options.silence, keys: ENDS[options.ends] };
  await caller.record({ file, ...wish });
  let first: Speech[] = [];
  for (let nth = 0; options.review && nth < MOST_REVIEWS; nth += 1) {
    if ((await caller.lengthOf(file)) < options.least * 1000) return;
    // A key that cuts short what he hears of himself is his choice already.
    const say = [...first, own("message-review", {})];
    const key = await caller.ask({ say, most: 1, timeoutMs: REVIEW_WAIT_MS });
    first = key === "2" ? [{ recording: file }] : [];
    if (key === "3") await caller.record({ file, ...wish });
    else if (key === null || key === "1" || key === "") return;
  }
}
