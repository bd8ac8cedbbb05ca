import Type from "typebox";
import { defineBlock } from "../block.ts";
import { choice, promptOption, queueOption, sayings, seconds, whole, yesNo } from "../option.ts";
import { forgetWait, rememberWait } from "../queue-wait.ts";

/** Lets the caller wait for an agent. */
export const queue = defineBlock({
  type: "queue",
  title: "Queue",
  summary: "Lets the caller wait for an agent.",
  group: "queue",
  options: Type.Object(
    {
      queue: queueOption("Queue"),
      say: sayings("Say before it"),
      priority: whole("Priority", 0, [0, 100]),
      timeout: seconds("Wait at most, seconds (0: as the queue says)", 0, [0, 86_400]),
      keys: Type.String({
        title: "Keys by which he may leave it",
        pattern: "^[0-9*]{0,11}$",
        default: "",
      }),
      hears: choice("He hears", { music: "music", ringing: "it ring" }),
      music: Type.Optional(promptOption("Music (none chosen: that of the queue)")),
      comesBack: yesNo("The project goes on when the agent has hung up", false),
    },
    { additionalProperties: false },
  ),
  exits: [
    { name: "timeout", title: "Waited too long" },
    { name: "key", title: "Left by a key" },
    { name: "unavailable", title: "Cannot wait there" },
    { name: "talked", title: "Talked to an agent" },
  ],
  sets: ["key", "queue.id", "queue.since"],
  async run({ caller, house, options, filled, note, variables }) {
    if (options.say.length > 0) await caller.say(filled(options.say));
    const enteredAt = house.now();
    const outcome = await caller.queue({
      queueId: options.queue,
      priority: options.priority,
      timeoutSeconds: options.timeout === 0 ? null : options.timeout,
      keys: options.keys,
      ringing: options.hears === "ringing",
      musicPromptId: options.music ?? null,
      comesBack: options.comesBack,
    });
    if (outcome.how === "talked") forgetWait(variables);
    else rememberWait(variables, options.queue, enteredAt);
    if (outcome.how === "key") {
      note(outcome.key);
      variables.set("key", outcome.key);
    }
    return outcome.how;
  },
});
