import Type from "typebox";
import { Text } from "../../../contract/common-views.ts";
import { announceOption, exitFor, wordsOf } from "../agent-act.ts";
import { IDENTITY_EXITS, identify, identityOptions, KEY_MS, ROUNDS } from "../agent-identity.ts";
import { defineBlock } from "../block.ts";
import { own } from "../caller.ts";
import { choice } from "../option.ts";

const EXITS = [
  { name: "done", title: "Paused" },
  ...IDENTITY_EXITS,
  { name: "no-such-reason", title: "No such reason" },
  { name: "not-logged-in", title: "Not logged in" },
  { name: "not-permitted", title: "Not permitted" },
  { name: "unavailable", title: "Not possible now" },
];

/** A break, for a reason that a key stands for or that the block names. */
export const agentPause = defineBlock({
  type: "agent-pause",
  title: "Agent pause",
  summary: "Pauses an agent for the break reason that he presses, or for one that is set here.",
  group: "agent",
  options: Type.Object(
    {
      ...identityOptions,
      reason: choice("Break reason", { ask: "by its key", set: "the one below" }),
      name: { ...Text("Name of the reason", 60), default: "" },
      ...announceOption,
    },
    { additionalProperties: false },
  ),
  exits: EXITS,
  async run(context) {
    const { caller, house, options, note } = context;
    const who = await identify(context);
    if (typeof who === "string") return who;
    for (let round = 1; ; round += 1) {
      let key: string | null = null;
      if (options.reason === "ask") {
        key = await caller.ask({ say: [own("agent-ask-reason", {})], most: 1, timeoutMs: KEY_MS });
        if (key === null || key === "") return "no-input";
        note(key);
      }
      const reason = key === null ? { name: options.name } : { key: Number(key) };
      // Reasons have digits: a star is none of them.
      const outcome = key === "*" ? "no-such-reason" : await house.agents.pause(who.agentId, reason);
      const again = outcome === "no-such-reason" && key !== null && round < ROUNDS;
      if (options.announce || again) await caller.say([wordsOf(outcome, own("agent-paused", {}))]);
      if (again) continue;
      return exitFor(outcome, EXITS);
    }
  },
});
