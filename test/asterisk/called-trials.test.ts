import { afterAll, beforeAll, expect, it } from "vitest";
import type { Page } from "../../contract/page.ts";
import type {
  CalledTrial,
  Flow,
  FlowBlock,
  Project,
  ProjectRun,
  ProjectTraffic,
  Queue,
  ReportCallRow,
  Telephone,
} from "../../contract/views.ts";
import { booksBalance } from "../rig/books-balance.ts";
import { hears, over, type ScenarioHouse, startScenarioHouse, talking } from "../rig/scenario-house.ts";
import { until } from "../until.ts";

let scene: ScenarioHouse;
let support: number;
let project: Project;
let desk4: Telephone;

beforeAll(async () => {
  scene = await startScenarioHouse();
  const { admin } = scene.house;
  const { rows } = await admin.get<Page<Queue>>("/queues");
  support = rows.find(({ name }) => name === "Support")?.id ?? 0;
  const telephones = await admin.get<Page<Telephone>>("/telephones");
  desk4 = telephones.rows.find(({ username }) => username === "desk-4") as Telephone;
  project = await admin.post<Project>("/projects", { name: "Draft" });
}, 120_000);
afterAll(() => scene.stop());

const at = { x: 0, y: 0 };
const block = (id: string, type: string, options: FlowBlock["options"], exits: FlowBlock["exits"]): FlowBlock => ({
  ...{ id, type, options, exits, at },
});
const bye = block("bye", "hang-up", { say: [] }, {});
const ask = block(
  "ask",
  "get-digits",
  { say: [{ digits: "12" }], variable: "x", least: 1, most: 2, wait: 30, rounds: 1, sayInvalid: [], secret: false },
  { done: "queue", "no-input": "bye", invalid: "bye" },
);
const wait = (): FlowBlock =>
  block(
    "queue",
    "queue",
    { queue: support, say: [], priority: 0, timeout: 0, keys: "", hears: "music", comesBack: true },
    { timeout: "bye", key: "bye", unavailable: "bye", talked: "bye" },
  );
const flowOf = (...blocks: FlowBlock[]): Flow => ({
  blocks: [
    block("start", "start", {}, { next: "answer" }),
    block("answer", "answer", { pause: 0 }, { next: blocks[0]?.id ?? "" }),
    ...blocks,
    bye,
  ],
  notes: [],
});
const begin = (flow: Flow, more: object = {}) =>
  scene.house.admin.post<CalledTrial>("/called-trials", { projectId: project.id, flow, ...more });
const now = ({ id }: CalledTrial) => scene.house.admin.get<CalledTrial>(`/called-trials/${id}`);
const inBlock = (trial: CalledTrial, name: string) =>
  until(`it stands in ${name}`, async () => (await now(trial)).block === name, { timeoutMs: 20_000 });
const ended = (trial: CalledTrial) =>
  until("the trial is over", async () => {
    const found = await now(trial);
    return found.state === "over" ? found : undefined;
  });

it("a telephone that is rung goes through the draft; its way is seen while it goes on, and counted nowhere", async () => {
  const trial = await begin(flowOf(ask, wait()), { telephoneId: desk4.id, caller: "+390612345" });
  expect(trial).toMatchObject({ state: "ringing", telephone: desk4.fullName, path: [] });
  const call = await scene.desk(4).rung();
  call.answer();
  await inBlock(trial, "ask");
  expect((await now(trial)).variables.caller).toBe("+390612345");
  await call.press("42");
  await inBlock(trial, "queue");
  expect((await now(trial)).path.map(({ block: of, input, exit }) => [of, input, exit]).at(-1)).toEqual([
    ...["ask", "42", "done"],
  ]);
  const anna = await scene.desk(1).rung();
  anna.answer();
  await hears(call, scene.desk(1));
  await anna.hangUp();
  await over(call);
  const done = await ended(trial);
  expect(done).toMatchObject({ ending: "hung-up", block: null, why: null });
  expect(done.path.at(-2)).toMatchObject({ block: "queue", exit: "talked" });
  const run = await until("it is written down", async () => {
    const { rows } = await scene.house.admin.get<Page<ProjectRun>>(`/projects/${project.id}/runs`);
    return rows.find(({ endedAt }) => endedAt !== null);
  });
  expect(run).toMatchObject({ trial: true, version: null, ending: "hung-up" });
  const period = new URLSearchParams({
    from: new Date(Date.now() - 3_600_000).toISOString(),
    to: new Date(Date.now() + 3_600_000).toISOString(),
  });
  expect(await scene.house.admin.get<ProjectTraffic>(`/projects/${project.id}/traffic?${period}`)).toEqual({
    ...{ runs: 0, exits: [], now: [] },
  });
  const { rows } = await scene.house.admin.get<Page<ReportCallRow>>("/reports/report-call");
  expect(rows).toEqual([]);
  await booksBalance(scene.house.admin);
});

it("a code is dialled once, on any telephone, and no other leads anywhere", async () => {
  const trial = await begin(flowOf(ask));
  expect(trial).toMatchObject({ state: "waiting", telephone: null });
  expect(trial.code).toMatch(/^\*16[0-9]{6}$/);
  const other = `*16${String((Number(trial.code.slice(3)) + 1) % 1_000_000).padStart(6, "0")}`;
  await over(scene.desk(5).dial(other));
  expect((await now(trial)).state).toBe("waiting");
  const call = scene.desk(5).dial(trial.code);
  await talking(call);
  await inBlock(trial, "ask");
  await over(scene.desk(4).dial(trial.code));
  expect((await now(trial)).state).toBe("talking");
  await scene.house.admin.remove(`/called-trials/${trial.id}`);
  await over(call);
  expect(await ended(trial)).toMatchObject({ ending: "caller-left" });
});

it("a code that was taken back leads nowhere, and a telephone that cannot ring is said", async () => {
  const trial = await begin(flowOf(ask));
  await scene.house.admin.remove(`/called-trials/${trial.id}`);
  expect(await now(trial)).toMatchObject({ state: "over", why: "It was taken back." });
  await over(scene.desk(5).dial(trial.code));
  expect((await now(trial)).path).toEqual([]);
  const gone = { projectId: project.id, flow: flowOf(ask), telephoneId: 999_999 };
  await expect(scene.house.admin.post("/called-trials", gone)).rejects.toThrow(/no such telephone/);
});
