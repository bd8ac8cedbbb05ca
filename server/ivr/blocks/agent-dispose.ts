import Type from "typebox";
import { wordsOf } from "../agent-act.ts";
import { IDENTITY_EXITS, identify, identityOptions, ROUNDS } from "../agent-identity.ts";
import { defineBlock } from "../block.ts";
import { own } from "../caller.ts";
import { askOutcome } from "../outcome-dialogue.ts";

/** The outcome of an agent's newest call that has none, by keys. */
export const agentDispose = defineBlock({
  type: "agent-dispose",
  title: "Agent dispose",
  summary: "Asks an agent for the outcome of his newest call that has none.",
  group: "agent",
  options: Type.Object({ ...identityOptions }, { additionalProperties: false }),
  exits: [
    { name: "done", title: "Disposed" },
    { name: "nothing", title: "Nothing to dispose" },
    ...IDENTITY_EXITS,
    { name: "invalid", title: "Wrong key" },
    { name: "not-permitted", title: "Not permitted" },
    { name: "unavailable", title: "Not possible now" },
  ],
  async run(context) {
    const { caller, house, note } = context;
    const who = await identify(context);
    if (typeof who === "string") return who;
    const call = await house.agents.undisposed(who.agentId);
    if (call === null) return "nothing";
    const path = await askOutcome(caller, house.agents, { rounds: ROUNDS, silenceEnds: true, mayLeave: false });
    if (path === "no-input" || path === "invalid") return path;
    if (typeof path === "string") return "unavailable";
    note(path.join(" › "));
    const outcome = await house.agents.dispose(who.agentId, call.legId, path);
    await caller.say([wordsOf(outcome, own("dispose-done", {}))]);
    return outcome === "done" || outcome === "not-permitted" ? outcome : "unavailable";
  },
});
