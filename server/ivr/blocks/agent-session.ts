import Type from "typebox";
import { agentAct, announceOption, exitFor, wordsOf } from "../agent-act.ts";
import { IDENTITY_EXITS, identify, identityOptions } from "../agent-identity.ts";
import { defineBlock } from "../block.ts";
import { own } from "../caller.ts";

const LOGIN_EXITS = [
  { name: "done", title: "Logged in, or rung back for it" },
  ...IDENTITY_EXITS,
  { name: "already-logged-in", title: "Already logged in" },
  { name: "telephone-in-use", title: "Telephone in use" },
  { name: "not-permitted", title: "Not permitted" },
  { name: "unavailable", title: "Not possible now" },
];

/** Logs an agent in: on the telephone he calls from, or at his number outside. */
export const agentLogin = defineBlock({
  type: "agent-login",
  title: "Agent login",
  summary: "Logs an agent in by number and PIN: on the telephone he calls from, else at his number outside.",
  group: "agent",
  options: Type.Object({ ...identityOptions, ...announceOption }, { additionalProperties: false }),
  exits: LOGIN_EXITS,
  async run(context) {
    const { caller, house, options } = context;
    const who = await identify(context);
    if (typeof who === "string") return who;
    const outcome = await house.agents.logIn(who.agentId, caller.call.endpoint, caller.call.callerNumber);
    if (outcome === "rung-back") {
      if (options.announce) await caller.say([own("agent-rung-back", {})]);
      return "done";
    }
    if (options.announce) await caller.say([wordsOf(outcome, own("agent-logged-in", {}))]);
    return exitFor(outcome, LOGIN_EXITS);
  },
});

/** Logs an agent out, wherever he is logged in. */
export const agentLogout = agentAct({
  type: "agent-logout",
  title: "Agent logout",
  summary: "Logs an agent out, wherever he is logged in.",
  done: "Logged out",
  words: own("agent-logged-out", {}),
  perform: (agents, { agentId }) => agents.logOut(agentId),
});

/** Makes an agent ready again. */
export const agentUnpause = agentAct({
  type: "agent-unpause",
  title: "Agent unpause",
  summary: "Makes an agent ready again.",
  done: "Ready",
  words: own("agent-ready", {}),
  perform: (agents, { agentId }) => agents.resume(agentId),
});
