import Type from "typebox";
import { Text } from "../../../contract/common-views.ts";
import { IDENTITY_EXITS, identify, identityOptions } from "../agent-identity.ts";
import { defineBlock } from "../block.ts";
import { own } from "../caller.ts";
import { choice, yesNo } from "../option.ts";
import { wordsOf } from "./agent-session.ts";

const ROUNDS = 3;
const KEY_MS = 8_000;

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
      announce: yesNo("Say how it went", true),
    },
    { additionalProperties: false },
  ),
  exits: [
    { name: "done", title: "Paused" },
    ...IDENTITY_EXITS,
    { name: "no-such-reason", title: "No such reason" },
    { name: "not-logged-in", title: "Not logged in" },
    { name: "not-permitted", title: "Not permitted" },
    { name: "unavailable", title: "Not possible now" },
  ],
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
      const outcome = await house.agents.pause(who.agentId, reason);
      const again = outcome === "no-such-reason" && key !== null && round < ROUNDS;
      if (options.announce || again) await caller.say([wordsOf(outcome, own("agent-paused", {}))]);
      if (again) continue;
      return outcome === "already-logged-in" || outcome === "telephone-in-use" ? "unavailable" : outcome;
    }
  },
});
