import { expect, it } from "vitest";
import { type AskingHow, askOutcome } from "./outcome-dialogue.ts";

const TREE: Record<string, string[]> = { "": ["Again", "Sale"], Sale: ["Large", "Small"] };
const agents = { outcomes: async (path: readonly string[]) => TREE[path.join("/")] ?? [] };
const PATIENT: AskingHow = { rounds: 3, silenceEnds: false, mayLeave: false };

/** What comes of these answers; null is silence, as is what is missing. */
async function asked(keys: (string | null)[], how: AskingHow = PATIENT) {
  const left = [...keys];
  let questions = 0;
  const caller = {
    ask: async () => {
      questions += 1;
      return left.shift() ?? null;
    },
    say: async () => "",
  };
  return { outcome: await askOutcome(caller, agents, how), questions };
}

it("goes down the list as far as it goes", async () => {
  expect(await asked(["1"])).toEqual({ outcome: ["Again"], questions: 1 });
  expect(await asked(["2", "2"])).toEqual({ outcome: ["Sale", "Small"], questions: 2 });
});

it("asks again after a wrong key and after silence, and not for ever", async () => {
  expect(await asked([null, "7", "1"])).toEqual({ outcome: ["Again"], questions: 3 });
  expect(await asked([null, null, null, "1"])).toEqual({ outcome: "no-input", questions: 3 });
  expect(await asked(["9", "#", "*", "1"])).toEqual({ outcome: "invalid", questions: 3 });
});

it("may be left for later by the hash key where that is offered, and by nothing else", async () => {
  expect(await asked([""], { ...PATIENT, mayLeave: true })).toEqual({ outcome: "later", questions: 1 });
  expect(await asked(["", "1"])).toEqual({ outcome: ["Again"], questions: 2 });
  expect(await asked([null, "1"], { ...PATIENT, silenceEnds: true })).toEqual({ outcome: "no-input", questions: 1 });
});

it("has nothing to ask where the house has no outcomes", async () => {
  const caller = { ask: async () => "1", say: async () => "" };
  expect(await askOutcome(caller, { outcomes: async () => [] }, PATIENT)).toBe("none");
});
