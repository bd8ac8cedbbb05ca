import Type from "typebox";
import { IDENTITY_EXITS, identify, identityOptions } from "../agent-identity.ts";
import { defineBlock } from "../block.ts";
import { own } from "../caller.ts";
import { yesNo } from "../option.ts";

/** Reads out how an agent is, and who waits in his queues. */
export const agentStatus = defineBlock({
  type: "agent-status",
  title: "Agent status",
  summary: "Reads out whether an agent is ready, and how many callers wait in his queues.",
  group: "agent",
  options: Type.Object(
    { ...identityOptions, queues: yesNo("Read out his queues", true) },
    { additionalProperties: false },
  ),
  exits: [
    { name: "ready", title: "Ready" },
    { name: "paused", title: "Paused" },
    { name: "not-logged-in", title: "Not logged in" },
    ...IDENTITY_EXITS,
  ],
  async run(context) {
    const { caller, house, options, variables } = context;
    const who = await identify(context);
    if (typeof who === "string") return who;
    const { loggedIn, paused, queues } = await house.agents.status(who.agentId);
    const how = !loggedIn
      ? own("agent-not-logged-in", {})
      : paused === null
        ? own("agent-ready", {})
        : paused === ""
          ? own("agent-paused", {})
          : own("agent-paused-because", { name: paused });
    await caller.say([how], "0123456789*#");
    if (options.queues) {
      const each = queues.map(({ name, waiting }) => own("agent-queue-waiting", { name, count: waiting }));
      await caller.say(each, "0123456789*#");
    }
    variables.set("waiting", String(queues.reduce((sum, { waiting }) => sum + waiting, 0)));
    return loggedIn ? (paused === null ? "ready" : "paused") : "not-logged-in";
  },
});
