import type { AgentDesk } from "./agent-desk.ts";
import { type Caller, own, type Speech } from "./caller.ts";

/** Keys 1 to 9 each stand for one; a longer list is cut. */
const MOST_CHOICES = 9;
const MOST_LEVELS = 3;
const KEY_MS = 8_000;

/** What was chosen, level by level; or why nothing was. `none`: there is nothing to choose from. */
export type Outcome = readonly string[] | "no-input" | "invalid" | "later" | "none";

/** How he is asked. */
export interface AskingHow {
  /** So often each level, whatever he pressed. */
  rounds: number;
  /** Silence ends it; else he is asked again. */
  silenceEnds: boolean;
  /** `#` leaves it for later. */
  mayLeave: boolean;
}

/** Asks an agent how a call ended: of each level of the house's list what is there, each by its key. */
export async function askOutcome(
  caller: Pick<Caller, "ask" | "say">,
  agents: Pick<AgentDesk, "outcomes">,
  how: AskingHow,
): Promise<Outcome> {
  const path: string[] = [];
  while (path.length < MOST_LEVELS) {
    const outcomes = (await agents.outcomes(path)).slice(0, MOST_CHOICES);
    if (outcomes.length === 0) break;
    const chosen = await choose(caller, outcomes, path.length === 0, how);
    if (typeof chosen === "string") return chosen;
    path.push(chosen.outcome);
  }
  return path.length === 0 ? "none" : path;
}

async function choose(
  caller: Pick<Caller, "ask" | "say">,
  outcomes: readonly string[],
  first: boolean,
  { rounds, silenceEnds, mayLeave }: AskingHow,
): Promise<{ outcome: string } | "no-input" | "invalid" | "later"> {
  const say: Speech[] = [
    ...(first ? [own("dispose-ask", {})] : []),
    ...outcomes.map((name, index) => own("dispose-choice", { name, key: String(index + 1) })),
    ...(mayLeave ? [own("dispose-later", {})] : []),
  ];
  let silent = true;
  // Said with the next question, so that whoever knows it by heart may press at once.
  let before: Speech[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const key = await caller.ask({ say: [...before, ...say], most: 1, timeoutMs: KEY_MS });
    before = [];
    if (key === null && silenceEnds) return "no-input";
    if (key === null) continue;
    silent = false;
    // Nothing but the `#` that ends an input.
    if (key === "" && mayLeave) return "later";
    const outcome = outcomes[Number(key) - 1];
    if (/^[1-9]$/.test(key) && outcome !== undefined) return { outcome };
    before = [own("invalid-choice", {})];
  }
  await caller.say(before);
  return silent ? "no-input" : "invalid";
}
