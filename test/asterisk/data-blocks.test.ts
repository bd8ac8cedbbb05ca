import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Page } from "../../contract/page.ts";
import type {
  Flow,
  FlowBlock,
  Project,
  ProjectDraft,
  ProjectRun,
  ProjectRunDetails,
  Queue,
  ReportAnswer,
} from "../../contract/views.ts";
import { aMoment, over, type ScenarioHouse, startScenarioHouse, talking } from "../rig/scenario-house.ts";
import { until } from "../until.ts";

let scene: ScenarioHouse;
let support: number;
let numbers = 0;

beforeAll(async () => {
  scene = await startScenarioHouse();
  const { rows } = await scene.house.admin.get<Page<Queue>>("/queues");
  support = rows.find(({ name }) => name === "Support")?.id ?? 0;
}, 120_000);
afterAll(() => scene.stop());

const at = { x: 0, y: 0 };
const block = (id: string, type: string, options: FlowBlock["options"], exits: FlowBlock["exits"]): FlowBlock => ({
  ...{ id, type, options, exits, at },
});
const bye = block("bye", "hang-up", { say: [] }, {});
const record = (next: string) =>
  block(
    "record",
    "record",
    { say: [], variable: "recording.file", longest: 60, silence: 0, least: 2 },
    { done: next, "too-short": "bye" },
  );

/** Publishes a project behind a number of its own. */
async function projectBehind(...blocks: FlowBlock[]): Promise<{ id: number; number: string }> {
  numbers += 1;
  const { admin } = scene.house;
  const { id } = await admin.post<Project>("/projects", { name: `Project ${numbers}` });
  const start = block("start", "start", {}, { next: "answer" });
  const answer = block("answer", "answer", { pause: 0 }, { next: blocks[0]?.id ?? "" });
  const flow: Flow = { blocks: [start, answer, ...blocks, bye], notes: [] };
  const draft = await admin.put<ProjectDraft>(`/projects/${id}/draft`, { revision: 1, flow });
  expect(draft.issues).toEqual([]);
  await admin.post(`/projects/${id}/publish`, {});
  const number = `+3905500030${String(numbers).padStart(2, "0")}`;
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
/** How many bytes of voice lie there. */
const taken = () => readdirSync(folder()).reduce((sum, file) => sum + statSync(join(folder(), file)).size, 0);
const spokenFor = (seconds: number) =>
  until(`${seconds} seconds are taken`, () => taken() > seconds * 16_000, { timeoutMs: 60_000 });

it("a caller hears what he has said, and it is gone when the call is over", async () => {
  const play = block("play", "play", { say: [{ recording: "{recording.file}" }], canSkip: false }, { next: "bye" });
  const { id, number } = await projectBehind(record("play"), play);
  const caller = scene.customer(number);
  await talking(caller);
  await spokenFor(3);
  expect(caller.heardAt(scene.outside)).toBeNaN();
  await caller.press("#");
  await until("he hears himself", () => caller.heardAt(scene.outside) > 0, { timeoutMs: 30_000 });
  await over(caller);
  const run = await way(id);
  expect(run.path.slice(2).map(({ block: of, exit }) => [of, exit])).toEqual([
    ["record", "done"],
    ["play", "next"],
    ["bye", null],
  ]);
  expect(Number(run.variables["recording.seconds"])).toBeGreaterThanOrEqual(3);
  expect(readdirSync(folder())).toEqual([]);
});

it("what he said before he hung up is there for what stands behind Finally", async () => {
  const after = block("after", "finally", {}, { next: "set" });
  const set = block(
    "set",
    "set-variable",
    { set: [{ variable: "said", value: "{recording.seconds} of {recording.file}" }] },
    { next: "end" },
  );
  const { id, number } = await projectBehind(record("bye"), after, set, block("end", "end", {}, {}));
  const caller = scene.customer(number);
  await talking(caller);
  await spokenFor(2);
  await caller.hangUp();
  const run = await way(id);
  expect(run.ending).toBe("caller-left");
  expect(run.variables.said).toMatch(/^[2-9] of \/.+\/perch-voice-[a-f0-9-]+$/);
  expect(readdirSync(folder())).toEqual([]);
});

it("what a caller thinks of a talk is the agent's who had talked to him", async () => {
  const options = { queue: support, say: [], priority: 0, timeout: 0, keys: "", hears: "music", comesBack: true };
  const exits = { timeout: "bye", key: "bye", unavailable: "bye", talked: "ask" };
  const ask = block(
    "ask",
    "survey-question",
    {
      ...{ question: "How was it?", say: [{ digits: "1" }], answers: "five", keys: [], wait: 20, rounds: 2 },
      ...{ sayInvalid: [], thanks: false },
    },
    { done: "bye", "no-input": "bye" },
  );
  const { id, number } = await projectBehind(block("wait", "queue", options, exits), ask);
  const caller = scene.customer(number);
  const anna = await scene.desk(1).rung();
  anna.answer();
  await talking(caller);
  await aMoment();
  await anna.hangUp();
  await caller.press("4");
  await over(caller);
  expect((await way(id)).variables["survey.answer"]).toBe("4");
  const quarter = 900_000;
  const now = Math.floor(Date.now() / quarter) * quarter;
  const day = { from: new Date(now - 4 * quarter).toISOString(), to: new Date(now + 4 * quarter).toISOString() };
  const cells = await until(
    "the report has it",
    async () => {
      const asked = new URLSearchParams({ ...day, groupBy: "agent" });
      const { rows } = await scene.house.admin.get<ReportAnswer>(`/reports/survey-answers?${asked}`);
      return rows.find((row) => row.cells.agent === "Anna Rossi")?.cells;
    },
    { timeoutMs: 30_000 },
  );
  expect(cells).toMatchObject({ answers: 1, mean: 4 });
});
