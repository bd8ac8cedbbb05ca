import Type from "typebox";
import type { AgentOutcome } from "../agent-desk.ts";
import { IDENTITY_EXITS, identify, identityOptions } from "../agent-identity.ts";
import { defineBlock } from "../block.ts";
import { own } from "../caller.ts";
import { yesNo } from "../option.ts";

const announce = { announce: yesNo("Say how it went", true) };

const REFUSED = {
  "already-logged-in": own("agent-already-logged-in", {}),
  "not-logged-in": own("agent-not-logged-in", {}),
  "telephone-in-use": own("agent-not-permitted", {}),
  "not-permitted": own("agent-not-permitted", {}),
  "no-such-reason": own("invalid-choice", {}),
  unavailable: own("cannot-now", {}),
} as const satisfies Record<Exclude<AgentOutcome, "done">, unknown>;

/** The words for what an agent's act came to. */
export const wordsOf = (outcome: AgentOutcome, done: ReturnType<typeof own>) =>
  outcome === "done" ? done : REFUSED[outcome];

/** Logs an agent in: on the telephone he calls from, or at his number outside. */
export const agentLogin = defineBlock({
  type: "agent-login",
  title: "Agent login",
  summary: "Logs an agent in by number and PIN: on the telephone he calls from, else at his number outside.",
  group: "agent",
  options: Type.Object({ ...identityOptions, ...announce }, { additionalProperties: false }),
  exits: [
    { name: "done", title: "Logged in, or rung back for it" },
    ...IDENTITY_EXITS,
    { name: "already-logged-in", title: "Already logged in" },
    { name: "telephone-in-use", title: "Telephone in use" },
    { name: "not-permitted", title: "Not permitted" },
    { name: "unavailable", title: "Not possible now" },
  ],
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
    return outcome === "not-logged-in" || outcome === "no-such-reason" ? "unavailable" : outcome;
  },
});

/** Logs an agent out, wherever he is logged in. */
export const agentLogout = defineBlock({
  type: "agent-logout",
  title: "Agent logout",
  summary: "Logs an agent out, wherever he is logged in.",
  group: "agent",
  options: Type.Object({ ...identityOptions, ...announce }, { additionalProperties: false }),
  exits: [
    { name: "done", title: "Logged out" },
    ...IDENTITY_EXITS,
    { name: "not-logged-in", title: "Not logged in" },
    { name: "not-permitted", title: "Not permitted" },
    { name: "unavailable", title: "Not possible now" },
  ],
  async run(context) {
    const { caller, house, options } = context;
    const who = await identify(context);
    if (typeof who === "string") return who;
    const outcome = await house.agents.logOut(who.agentId);
    if (options.announce) await caller.say([wordsOf(outcome, own("agent-logged-out", {}))]);
    return EXIT_OF[outcome];
  },
});

/** Makes an agent ready again. */
export const agentUnpause = defineBlock({
  type: "agent-unpause",
  title: "Agent unpause",
  summary: "Makes an agent ready again.",
  group: "agent",
  options: Type.Object({ ...identityOptions, ...announce }, { additionalProperties: false }),
  exits: [
    { name: "done", title: "Ready" },
    ...IDENTITY_EXITS,
    { name: "not-logged-in", title: "Not logged in" },
    { name: "not-permitted", title: "Not permitted" },
    { name: "unavailable", title: "Not possible now" },
  ],
  async run(context) {
    const { caller, house, options } = context;
    const who = await identify(context);
    if (typeof who === "string") return who;
    const outcome = await house.agents.resume(who.agentId);
    if (options.announce) await caller.say([wordsOf(outcome, own("agent-ready", {}))]);
    return EXIT_OF[outcome];
  },
});

/** Outcomes that an act cannot have are no exits of its block. */
const EXIT_OF = {
  done: "done",
  "not-logged-in": "not-logged-in",
  "not-permitted": "not-permitted",
  "already-logged-in": "unavailable",
  "telephone-in-use": "unavailable",
  "no-such-reason": "unavailable",
  unavailable: "unavailable",
} as const satisfies Record<AgentOutcome, string>;
