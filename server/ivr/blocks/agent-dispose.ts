import Type from "typebox";
import { wordsOf } from "../agent-act.ts";
import { IDENTITY_EXITS, identify, identityOptions, KEY_MS, ROUNDS } from "../agent-identity.ts";
import { defineBlock } from "../block.ts";
import { own } from "../caller.ts";

/** Keys 1 to 9 each stand for one; a longer list is cut. */
const MOST_CHOICES = 9;
const MOST_LEVELS = 3;

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
    const path: string[] = [];
    while (path.length < MOST_LEVELS) {
      const outcomes = (await house.agents.outcomes(path)).slice(0, MOST_CHOICES);
      if (outcomes.length === 0) break;
      const chosen = await choose(context, outcomes, path.length === 0);
      if (chosen === "no-input" || chosen === "invalid") return chosen;
      path.push(chosen.outcome);
    }
    if (path.length === 0) return "unavailable";
    note(path.join(" › "));
    const outcome = await house.agents.dispose(who.agentId, call.legId, path);
    await caller.say([wordsOf(outcome, own("dispose-done", {}))]);
    return outcome === "done" || outcome === "not-permitted" ? outcome : "unavailable";
  },
});

async function choose(
  { caller }: Parameters<typeof identify>[0],
  outcomes: readonly string[],
  first: boolean,
): Promise<{ outcome: string } | "no-input" | "invalid"> {
  const say = [
    ...(first ? [own("dispose-ask", {})] : []),
    ...outcomes.map((name, index) => own("dispose-choice", { name, key: String(index + 1) })),
  ];
  for (let round = 1; round <= ROUNDS; round += 1) {
    const key = await caller.ask({ say, most: 1, timeoutMs: KEY_MS });
    if (key === null) return "no-input";
    const outcome = outcomes[Number(key) - 1];
    if (/^[1-9]$/.test(key) && outcome !== undefined) return { outcome };
    await caller.say([own("invalid-choice", {})]);
  }
  return "invalid";
}
