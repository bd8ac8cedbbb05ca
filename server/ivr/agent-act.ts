import Type from "typebox";
import type { AgentOutcome, ProvenAgent } from "./agent-desk.ts";
import { IDENTITY_EXITS, identify, identityOptions } from "./agent-identity.ts";
import { type BlockDefinition, defineBlock } from "./block.ts";
import type { BlockHouse } from "./block-house.ts";
import { type OwnWords, own } from "./caller.ts";
import { yesNo } from "./option.ts";

/** Whether what came of it is said; every act of an agent has it. */
export const announceOption = { announce: yesNo("Say how it went", true) };

const REFUSED: Readonly<Record<Exclude<AgentOutcome, "done">, OwnWords>> = {
  "already-logged-in": own("agent-already-logged-in", {}),
  "not-logged-in": own("agent-not-logged-in", {}),
  "telephone-in-use": own("agent-not-permitted", {}),
  "not-permitted": own("agent-not-permitted", {}),
  "no-such-reason": own("invalid-choice", {}),
  unavailable: own("cannot-now", {}),
};

/** The words for what an agent's act came to. */
export const wordsOf = (outcome: AgentOutcome, done: OwnWords): OwnWords =>
  outcome === "done" ? done : REFUSED[outcome];

/** The exit of that name; what an act cannot come to is no exit of its block, and is not possible now. */
export const exitFor = (outcome: AgentOutcome, exits: readonly { name: string }[]): string =>
  exits.some(({ name }) => name === outcome) ? outcome : "unavailable";

/** A block in which an agent who is logged in says one thing about himself. */
export function agentAct(act: {
  type: string;
  title: string;
  summary: string;
  /** The title of its exit where it was done, and what is said then. */
  done: string;
  words: OwnWords;
  perform(agents: BlockHouse["agents"], who: ProvenAgent): Promise<AgentOutcome>;
}): BlockDefinition {
  const exits = [
    { name: "done", title: act.done },
    ...IDENTITY_EXITS,
    { name: "not-logged-in", title: "Not logged in" },
    { name: "not-permitted", title: "Not permitted" },
    { name: "unavailable", title: "Not possible now" },
  ];
  return defineBlock({
    ...{ type: act.type, title: act.title, summary: act.summary, group: "agent", exits },
    options: Type.Object({ ...identityOptions, ...announceOption }, { additionalProperties: false }),
    async run(context) {
      const { caller, house, options } = context;
      const who = await identify(context);
      if (typeof who === "string") return who;
      const outcome = await act.perform(house.agents, who);
      if (options.announce) await caller.say([wordsOf(outcome, act.words)]);
      return exitFor(outcome, exits);
    },
  });
}
