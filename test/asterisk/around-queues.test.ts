import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Prompt, Queue } from "../../contract/views.ts";
import { over, type ScenarioHouse, startScenarioHouse, talking } from "../rig/scenario-house.ts";
import type { SipCall } from "../rig/sip/sip-call.ts";
import { until } from "../until.ts";

let scene: ScenarioHouse;
let numbers = 0;
let greeting: number;
let tune: number;

beforeAll(async () => {
  scene = await startScenarioHouse();
  const { admin, console } = scene.house;
  await admin.patch("/settings", { promptLanguage: "it" });
  // Asterisk says itself what it plays, to whom.
  await console("logger add channel waiting verbose(3)");
  greeting = await prompt("Greeting", { it: "Restate in linea.", en: "Please hold." });
  tune = await prompt("Tune", { it: "Una canzone che dura un poco." });
}, 120_000);
afterAll(() => scene.stop());

async function prompt(name: string, texts: Record<string, string>): Promise<number> {
  const { admin } = scene.house;
  const { id } = await admin.post<Prompt>("/prompts", { name });
  for (const [language, text] of Object.entries(texts)) {
    await admin.put<Prompt>(`/prompts/${id}/voices/${language}/text`, { text });
  }
  return id;
}

/** What is played, in its order: the last part of the file's name, and the language it was looked for in. */
function played(): string[] {
  const lines = readFileSync(path.join(scene.house.home, "asterisk/log/waiting"), "utf8").split("\n");
  return lines.flatMap((line) => {
    const sound = /<([^>]+)> Playing '([^']+)' \(language '(\w+)'\)/.exec(line);
    if (sound !== null)
      return `${sound[3]} ${
        path
          .basename(sound[2] ?? "")
          .replace(/-[0-9a-f]{16}\.|[.]/, " ")
          .split(" ")[0]
      }`;
    const music = /Started music on hold, class '([^']+)'/.exec(line);
    return music === null ? [] : `music ${music[1]}`;
  });
}
/** Answers what has been played since, when all of this has been, in this order, with anything between. */
const heardInOrder = (since: number, ...wanted: string[]): Promise<true> =>
  until(
    `it is heard: ${wanted.join(", ")}`,
    () => {
      let at = since;
      const all = played();
      return wanted.every((one) => {
        at = all.indexOf(one, at) + 1;
        return at > 0;
      });
    },
    { timeoutMs: 40_000 },
  );
const now = () => played().length;

const numberOf = () => {
  numbers += 1;
  return `+3905500040${String(numbers).padStart(2, "0")}`;
};
/** A queue nobody serves, and its number. */
async function queue(sounds: object): Promise<{ queue: Queue; number: string }> {
  const number = numberOf();
  return { number, queue: await scene.house.queue(`Queue ${numbers}`, number, { ringSeconds: 5, ...sounds }) };
}
const waiting = async (number: string): Promise<SipCall> => {
  const caller = scene.customer(number);
  await talking(caller);
  return caller;
};
const gone = async (...callers: SipCall[]) => {
  for (const caller of callers) await caller.hangUp();
  for (const caller of callers) await over(caller);
};

describe("who waits in a queue", () => {
  it("hears his place in the language of the house, is thanked, and is told no wait that nobody knows", async () => {
    const { number } = await queue({
      ...{ announcePosition: "yes", announceWait: true, announceThanks: true },
      ...{ announceSeconds: 15, announceLeastSeconds: 5 },
    });
    const since = now();
    const first = await waiting(number);
    const second = await waiting(number);
    await heardInOrder(since, "it queue-thereare", "it 2", "it queue-callswaiting", "it queue-thankyou");
    await heardInOrder(since, "it queue-youarenext", "it queue-thankyou");
    expect(played().slice(since)).not.toContain("it queue-holdtime");
    await gone(first, second);
  });

  it("hears what an administrator changes meanwhile, in the caller's language where the prompt has it", async () => {
    const { number, queue: quiet } = await queue({});
    const since = now();
    const first = await waiting(number);
    await heardInOrder(since, "music default");
    await scene.house.admin.patch(`/queues/${quiet.id}`, {
      ...{ periodicPromptId: greeting, periodicFirstSeconds: 1, periodicSeconds: 10, musicPromptId: tune },
    });
    await heardInOrder(since, `it prompt-${greeting}`);
    const second = await waiting(number);
    await heardInOrder(since, `music prompt-${tune}`);
    await gone(first, second);
  });
});
