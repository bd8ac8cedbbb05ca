import type { ProvenAgent } from "./agent-desk.ts";
import type { BlockContext } from "./block.ts";
import { own, type Speech } from "./caller.ts";
import { choice, variableName, yesNo } from "./option.ts";

/** Whom an agent block is about, and how he says so. Every agent block has these. */
export const identityOptions = {
  ask: choice("Agent's number", { ask: "is asked for", variable: "is in a variable" }),
  variable: variableName("Variable with the number", "agent"),
  prefill: yesNo("The number he calls from may stand for it", false),
};

/** Who did not prove who he is leaves by one of these. */
export const IDENTITY_EXITS = [
  { name: "unknown-agent", title: "Unknown agent" },
  { name: "wrong-pin", title: "Wrong PIN" },
  { name: "locked", title: "Locked" },
  { name: "no-input", title: "No input" },
] as const;
type IdentityExit = (typeof IDENTITY_EXITS)[number]["name"];

interface Options {
  ask: "ask" | "variable";
  variable: string;
  prefill: boolean;
}

/** Everything an agent is asked is asked so often, and each key waited for so long. */
export const ROUNDS = 3;
export const KEY_MS = 8_000;
/** Longer are neither agent numbers nor PINs. */
const MOST_NUMBER = 8;
const MOST_PIN = 12;

/**
 * Who is on the line, by number and PIN, in three rounds; asked once a call. Whether there is such an agent is not to
 * be heard before a PIN, nor by how long it takes. The exit that is answered is that of the last round.
 */
export async function identify(context: BlockContext<Options>): Promise<ProvenAgent | IdentityExit> {
  const { memory, caller, house, note } = context;
  if (memory.agent !== null) return memory.agent;
  let exit: IdentityExit = "no-input";
  // Said with the next question, so that whoever knows it by heart may press at once.
  let before: Speech[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    const number = await numberOf(context, round, before);
    if (number === null || number === "") return "no-input";
    const pin = await caller.ask({ say: [own("agent-ask-pin", {})], most: MOST_PIN, timeoutMs: KEY_MS });
    if (pin === null || pin === "") return "no-input";
    note(number);
    const who = await house.agents.identify(number, pin, caller.call.callerNumber || caller.call.channelId);
    if (typeof who === "object") {
      memory.agent = who;
      if (who.language !== null) await caller.speak(who.language);
      return who;
    }
    if (who === "locked") {
      await caller.say([own("agent-locked", {})]);
      return "locked";
    }
    exit = who === "unknown" ? "unknown-agent" : "wrong-pin";
    before = [own("agent-wrong-login", {})];
  }
  await caller.say(before);
  return exit;
}

/** A number that is known already is taken in the first round alone: who mistyped his PIN may be somebody else. */
async function numberOf(
  context: BlockContext<Options>,
  round: number,
  before: readonly Speech[],
): Promise<string | null> {
  const { options, caller, house, variables } = context;
  if (round === 1 && options.ask === "variable") {
    const known = variables.get(options.variable).replace(/[^0-9]/g, "");
    if (known !== "") return known;
  }
  if (round === 1 && options.prefill) {
    const known = await house.agents.numberOfCaller(caller.call.callerNumber);
    if (known !== null) return known;
  }
  return caller.ask({ say: [...before, own("agent-ask-number", {})], most: MOST_NUMBER, timeoutMs: KEY_MS });
}
