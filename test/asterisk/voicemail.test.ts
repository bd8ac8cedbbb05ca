import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Page } from "../../contract/page.ts";
import type {
  Agent,
  Flow,
  FlowBlock,
  Item,
  ItemDetails,
  Project,
  ProjectDraft,
  ProjectRun,
  ProjectRunDetails,
  Queue,
} from "../../contract/views.ts";
import { booksBalance } from "../rig/books-balance.ts";
import { perchProcess } from "../rig/perch-process.ts";
import { CUSTOMER, over, type ScenarioHouse, startScenarioHouse, talking } from "../rig/scenario-house.ts";
import { until } from "../until.ts";

const perch = perchProcess();
let scene: ScenarioHouse;
let support: Queue;
let anna: Agent;
let numbers = 0;

beforeAll(async () => {
  scene = await startScenarioHouse(perch.launch);
  const { admin } = scene.house;
  const queue = (await admin.get<Page<Queue>>("/queues")).rows.find(({ name }) => name === "Support");
  const agent = (await admin.get<Page<Agent>>("/agents")).rows.find(({ username }) => username === "anna");
  if (queue === undefined || agent === undefined) throw new Error("the house is not furnished");
  [support, anna] = [queue, agent];
}, 120_000);
afterAll(() => scene?.stop());

const at = { x: 0, y: 0 };
const block = (id: string, type: string, options: FlowBlock["options"], exits: FlowBlock["exits"]): FlowBlock => ({
  ...{ id, type, options, exits, at },
});
const exits = { done: "bye", "too-short": "bye" };
const options = { say: [], longest: 60, least: 2, silence: 0, ends: "hash", review: false };
const forSupport = (more: object = {}) =>
  block("message", "voicemail", { ...options, queue: support.id, ...more }, exits);

/** Publishes a project with one block behind a number of its own. */
async function projectBehind(message: FlowBlock): Promise<{ id: number; number: string }> {
  numbers += 1;
  const { admin } = scene.house;
  const { id } = await admin.post<Project>("/projects", { name: `Project ${numbers}` });
  const start = block("start", "start", {}, { next: "message" });
  const flow: Flow = { blocks: [start, message, block("bye", "hang-up", { say: [] }, {})], notes: [] };
  const draft = await admin.put<ProjectDraft>(`/projects/${id}/draft`, { revision: 1, flow });
  expect(draft.issues).toEqual([]);
  await admin.post(`/projects/${id}/publish`, {});
  const number = `+3905500040${String(numbers).padStart(2, "0")}`;
  await admin.post("/inbound-routes", { number, actions: [{ project: id }] });
  return { id, number };
}

async function way(id: number): Promise<ProjectRunDetails> {
  const run = await until("the run is written down", async () => {
    const { rows } = await scene.house.admin.get<{ rows: ProjectRun[] }>(`/projects/${id}/runs`);
    return rows.find(({ endedAt }) => endedAt !== null);
  });
  return scene.house.admin.get<ProjectRunDetails>(`/project-runs/${run.id}`);
}

const folder = () => join(scene.house.home, "asterisk", "var", "voices", "taken");
const files = () => readdirSync(folder());
const sizeOf = (file: string) => statSync(join(folder(), file), { throwIfNoEntry: false })?.size ?? 0;
/** How many bytes of voice lie there. */
const taken = () => files().reduce((sum, file) => sum + (file.endsWith(".wav") ? sizeOf(file) : 0), 0);
const spokenFor = (seconds: number) =>
  until(`${seconds} seconds are taken`, () => taken() > seconds * 16_000, { timeoutMs: 60_000 });
const items = async () => (await scene.house.admin.get<Page<Item>>("/items")).rows;
/** The item that comes on top of so many, with all that is known of it. */
async function itemAfter(before: number): Promise<ItemDetails> {
  const { id } = await until(
    "the message is an item",
    async () => {
      const rows = await items();
      return rows.length > before ? rows[0] : null;
    },
    { timeoutMs: 60_000 },
  );
  return scene.house.admin.get<ItemDetails>(`/items/${id}`);
}

const hear = ({ id }: { id: number }, { token }: { token: string }) =>
  fetch(`${scene.house.address}/api/v1/items/${id}/audio`, { headers: { authorization: `Bearer ${token}` } });

it("a caller leaves a message, ends it by a key, and the agents of the queue hear it", async () => {
  const { id, number } = await projectBehind(forSupport());
  const before = await items();
  const caller = scene.customer(number);
  await talking(caller);
  await spokenFor(3);
  await caller.press("#");
  await over(caller);
  const run = await way(id);
  expect(run.path.map(({ block: of, exit }) => [of, exit])).toEqual([
    ["start", "next"],
    ["message", "done"],
    ["bye", null],
  ]);
  expect(Number(run.variables["voicemail.seconds"])).toBeGreaterThanOrEqual(3);
  const item = await itemAfter(before.length);
  expect(item).toMatchObject({
    ...{ kind: "voicemail", state: "open", owner: null, caller: CUSTOMER, number: CUSTOMER, linkedId: run.linkedId },
    ...{ queue: { id: support.id, name: "Support" }, sound: { state: "kept", heard: null } },
    acts: [{ act: "made", by: null }],
  });
  expect(item.sound?.lengthMs).toBeGreaterThanOrEqual(3000);
  expect(Math.max(...(item.audio?.peaks ?? []))).toBeGreaterThan(100);
  expect(files()).toEqual([]);

  const heard = await hear(item, scene.apis.anna);
  expect([heard.status, heard.headers.get("content-type")]).toEqual([200, "audio/mpeg"]);
  expect((await heard.arrayBuffer()).byteLength).toBe(item.audio?.bytes);
  // Bruno is not in this queue: for him there is none.
  expect((await hear(item, scene.apis.bruno)).status).toBe(404);
  const after = await scene.apis.anna.get<ItemDetails>(`/items/${item.id}`);
  expect(after.sound?.heard?.by.name).toBe("Anna Rossi");
});

it("what he says before he hangs up is a message for the agent it was left for", async () => {
  const message = block("message", "voicemail-agent", { ...options, agent: anna.id }, exits);
  const { id, number } = await projectBehind(message);
  const before = await items();
  const caller = scene.customer(number);
  await talking(caller);
  await spokenFor(3);
  await caller.hangUp();
  expect((await way(id)).ending).toBe("caller-left");
  const item = await itemAfter(before.length);
  expect(item).toMatchObject({ queue: null, owner: { id: anna.id, name: "Anna Rossi" } });
  expect(files()).toEqual([]);
});

it("nothing is kept of what is too short, whether he presses a key or hangs up", async () => {
  const { id, number } = await projectBehind(forSupport({ least: 30 }));
  const before = await items();
  const first = scene.customer(number);
  await talking(first);
  await spokenFor(1);
  await first.press("#");
  await over(first);
  expect((await way(id)).path.at(1)).toMatchObject({ block: "message", exit: "too-short" });
  const second = scene.customer(number);
  await talking(second);
  await spokenFor(1);
  await second.hangUp();
  await until("nothing of it lies there", () => files().length === 0, { timeoutMs: 30_000 });
  expect(await items()).toHaveLength(before.length);
});

it("he hears it, records it again and keeps it", async () => {
  const { id, number } = await projectBehind(forSupport({ review: true }));
  const before = await items();
  const caller = scene.customer(number);
  await talking(caller);
  await spokenFor(5);
  await caller.press("#");
  caller.forgetVoices();
  // A key that comes before it is asked for is not heard: he presses it until it is.
  const pressing = (key: string, what: string, seen: () => boolean) =>
    until(
      what,
      async () => {
        await caller.press(key);
        return until(what, seen, { timeoutMs: 5000 }).catch(() => false);
      },
      { timeoutMs: 60_000 },
    );
  await pressing("2", "he hears himself", () => caller.heardAt(scene.outside) > 0);
  await pressing("3", "it begins anew", () => taken() < 4 * 16_000);
  // Asterisk cuts the last 200 ms off, in which the key may be heard.
  await spokenFor(3);
  await caller.press("#");
  await pressing("1", "it is kept", () => caller.state === "over");
  expect((await way(id)).path.at(1)).toMatchObject({ block: "message", exit: "done" });
  expect((await itemAfter(before.length)).sound?.lengthMs).toBeGreaterThanOrEqual(2000);
});

it.each([
  ["was killed", () => perch.kill()],
  ["was stopped", () => scene.house.stopPerch()],
])("a message is found when Perch %s while he spoke, with what he said after that", async (_how, end) => {
  const { number } = await projectBehind(forSupport());
  const before = await items();
  const caller = scene.customer(number);
  await talking(caller);
  await spokenFor(1);
  await end();
  await spokenFor(5);
  await caller.hangUp();
  await scene.house.startPerch();
  const item = await itemAfter(before.length);
  expect(item).toMatchObject({ caller: CUSTOMER, queue: { id: support.id } });
  expect(item.sound?.lengthMs).toBeGreaterThanOrEqual(5000);
  await until("nothing of it lies there", () => files().length === 0, { timeoutMs: 30_000 });
  await booksBalance(scene.house.admin);
});
