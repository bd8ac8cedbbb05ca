import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Page } from "../../contract/page.ts";
import type {
  Agent,
  Contact,
  ContactList,
  Flow,
  FlowBlock,
  Project,
  ProjectDraft,
  Prompt,
  Queue,
  Session,
} from "../../contract/views.ts";
import {
  aMoment,
  CUSTOMER,
  hears,
  over,
  type ScenarioHouse,
  startScenarioHouse,
  talking,
} from "../rig/scenario-house.ts";
import { playScenario } from "../rig/scenario-rows.ts";
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
    const sound = /<([^>]+)> Playing '([^']+)' (?:\([a-z_]+[= ][^)]*\) )*\(language '(\w+)'\)/.exec(line);
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
/** Calls do not wait for it; this test does. */
const named = ({ id }: Queue): Promise<true> =>
  until("the queue's name is spoken", () =>
    readdirSync(path.join(scene.house.home, "asterisk/var/voices/waiting")).some(
      (file) => file.startsWith(`queue-${id}-`) && file.endsWith(".wav16"),
    ),
  );
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

  it("leaves by a key that is pressed while a prompt is played, and hears the block's music, in his language", async () => {
    const { queue: one } = await queue({ periodicPromptId: greeting, periodicFirstSeconds: 1, periodicSeconds: 10 });
    const waltz = await prompt("Waltz", { it: "Un valzer." });
    const project = await projectWith(one.id, waltz);
    const since = now();
    const caller = await waiting(project);
    await heardInOrder(since, `music prompt-${waltz}`, `en prompt-${greeting}`);
    await caller.press("5");
    await heardInOrder(since, `en prompt-${greeting}`, "en 5");
    await over(caller);
  });

  it("cuts short by a key what he is told of his place, and leaves by the next", async () => {
    const { queue: one } = await queue({ announcePosition: "yes", announceSeconds: 60, announceLeastSeconds: 60 });
    const project = await projectWith(one.id, tune);
    const first = await waiting(project);
    const since = now();
    const second = await waiting(project);
    await heardInOrder(since, "en queue-thereare");
    // Asterisk takes it for another key (its issue 543).
    await second.press("5");
    await heardInOrder(since, "en queue-thereare", `music prompt-${tune}`);
    await second.press("5");
    await heardInOrder(since, "en 5");
    await over(second);
    await gone(first);
  });
});

/** A project that speaks English, lets its callers wait with that music, and says the key by which one left. */
async function projectWith(queueId: number, music: number): Promise<string> {
  const { admin } = scene.house;
  const block = (id: string, type: string, options: FlowBlock["options"], exits: FlowBlock["exits"]): FlowBlock => ({
    ...{ id, type, options, exits, at: { x: 0, y: 0 } },
  });
  const options = { queue: queueId, say: [], priority: 0, timeout: 0, keys: "5", hears: "music", comesBack: false };
  const flow: Flow = {
    blocks: [
      block("start", "start", {}, { next: "answer" }),
      block("answer", "answer", { pause: 0 }, { next: "english" }),
      block("english", "language", { language: "en" }, { next: "wait" }),
      block("wait", "queue", { ...options, music }, { timeout: "bye", key: "say", unavailable: "bye", talked: "bye" }),
      block("say", "play", { say: [{ digits: "{key}" }], canSkip: false }, { next: "bye" }),
      block("bye", "hang-up", { say: [] }, {}),
    ],
    notes: [],
  };
  const { id } = await admin.post<Project>("/projects", { name: `Waiting ${numbers}` });
  const draft = await admin.put<ProjectDraft>(`/projects/${id}/draft`, { revision: 1, flow });
  expect(draft.issues.filter(({ severity }) => severity === "error")).toEqual([]);
  await admin.post(`/projects/${id}/publish`, {});
  const number = numberOf();
  await admin.post("/inbound-routes", { number, actions: [{ project: id }] });
  return number;
}

describe("an agent", () => {
  it("who is rung outside hears the queue's name and the caller's before pressing 1", async () => {
    const { house, outside } = scene;
    const { number, queue: sales } = await queue({ ringSeconds: 40 });
    const list = await house.admin.post<ContactList>("/contact-lists", { name: "Customers" });
    await house.agent("rita", "Rita Serra", [sales], {
      ...{ typology: "remote", hotdesk: false, remoteNumber: "00347111", internal: "211" },
    });
    const rita = await house.signIn("rita");
    await rita.post<Contact>("/contacts", { listId: list.id, fullName: "Paola Verdi", numbers: [CUSTOMER] });
    await rita.post<Session>("/session", {});
    await named(sales);
    const since = now();
    const caller = await waiting(number);
    const mobile = await until(
      "the mobile rings",
      () => outside.calls.find(({ state, dialled }) => state === "ringing" && dialled === "0347111"),
      { timeoutMs: 30_000 },
    );
    mobile.answer();
    // The name is a file of its text's digest; until it is there, digits stand in its place.
    const nameIn = (said: string[]) => said.findIndex((one) => /^it [0-9a-f]{64}$/.test(one));
    await until("he has heard it", () => nameIn(played().slice(since)) > 0, { timeoutMs: 30_000 });
    const said = played().slice(since);
    expect(said.slice(nameIn(said) - 2, nameIn(said))).toEqual([`it queue-${sales.id}`, "it call-from"]);
    void mobile.press("1");
    await hears(caller, outside);
    await gone(caller);
    await over(mobile);
  });

  it("at a telephone hears the queue's name first where the queue says so, and the call is told as any other", async () => {
    const { number, queue: sales } = await queue({ announceToAgent: true });
    const { admin } = scene.house;
    await named(sales);
    const { rows } = await admin.get<Page<Agent>>("/agents");
    const anna = rows.find(({ username }) => username === "anna");
    await admin.patch(`/agents/${anna?.id}`, { queues: [...(anna?.queues ?? []), sales.id] });
    await playScenario(scene, "a queue that tells its agents its name", async () => {
      const since = now();
      const caller = await waiting(number);
      const ring = await until("Anna is rung", () => scene.desk(1).calls.find(({ state }) => state === "ringing"), {
        timeoutMs: 20_000,
      });
      ring.answer();
      await heardInOrder(since, `it queue-${sales.id}`);
      const answered = [ring.at("answers"), await hears(caller, scene.desk(1))] as const;
      await aMoment();
      await gone(caller);
      await over(ring);
      const ended = [caller.at("hangs up"), ring.at("sees the end")] as const;
      return [
        {
          ...{ type: "inbound", source: CUSTOMER, destination: number, telephone: "desk-1", queue: sales.name },
          ...{
            disposition: "ANSWERED",
            endedBy: "caller",
            started: [caller.at("dials"), caller.at("hears the answer")],
          },
          ...{ answered, ended, talked: [[answered, ended]] },
        },
      ];
    });
  });
});
