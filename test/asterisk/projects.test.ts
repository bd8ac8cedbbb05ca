import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Page } from "../../contract/page.ts";
import type {
  Flow,
  FlowBlock,
  Project,
  ProjectDraft,
  ProjectRun,
  ProjectRunDetails,
  Queue,
} from "../../contract/views.ts";
import { aMoment, over, type ScenarioHouse, startScenarioHouse, talking } from "../rig/scenario-house.ts";
import type { SipCall } from "../rig/sip/sip-call.ts";
import { until } from "../until.ts";

let scene: ScenarioHouse;
let support: number;
let night: number;
let numbers = 0;

beforeAll(async () => {
  scene = await startScenarioHouse();
  const { rows } = await scene.house.admin.get<Page<Queue>>("/queues");
  const idOf = (name: string) => rows.find((queue) => queue.name === name)?.id ?? 0;
  [support, night] = [idOf("Support"), idOf("Night")];
}, 120_000);
afterAll(() => scene.stop());

const at = { x: 0, y: 0 };
const block = (id: string, type: string, options: FlowBlock["options"], exits: FlowBlock["exits"]): FlowBlock => ({
  ...{ id, type, options, exits, at },
});
const queueOptions = (queue: number, more: object = {}) => ({
  ...{ queue, say: [], priority: 0, timeout: 0, keys: "", hears: "music", comesBack: false },
  ...more,
});
const ways = (to: string, more: Record<string, string> = {}) => ({
  ...{ timeout: to, key: to, unavailable: to, talked: to },
  ...more,
});
const bye = block("bye", "hang-up", { say: [] }, {});
const end = block("end", "end", {}, {});

/** Publishes a project behind a number of its own; the route's next action is the queue Support where `fallback`. */
async function projectBehind(
  blocks: FlowBlock[],
  first: string,
  fallback = false,
): Promise<{ id: number; number: string }> {
  numbers += 1;
  const { admin } = scene.house;
  const { id } = await admin.post<Project>("/projects", { name: `Project ${numbers}` });
  const start = block("start", "start", {}, { next: "answer" });
  const answer = block("answer", "answer", { pause: 0 }, { next: first });
  const flow: Flow = { blocks: [start, answer, ...blocks], notes: [] };
  const draft = await admin.put<ProjectDraft>(`/projects/${id}/draft`, { revision: 1, flow });
  expect(draft.issues.filter(({ severity }) => severity === "error")).toEqual([]);
  await admin.post(`/projects/${id}/publish`, {});
  const number = `+3905500020${String(numbers).padStart(2, "0")}`;
  const actions = [{ project: id }, ...(fallback ? [{ queue: support }] : [])];
  await admin.post("/inbound-routes", { number, actions });
  return { id, number };
}

/** The way of its one caller, once it is over and written down. */
async function way(id: number): Promise<ProjectRunDetails> {
  const run = await until("the run is written down", async () => {
    const { rows } = await scene.house.admin.get<{ rows: ProjectRun[] }>(`/projects/${id}/runs`);
    return rows.find(({ endedAt }) => endedAt !== null);
  });
  return scene.house.admin.get<ProjectRunDetails>(`/project-runs/${run.id}`);
}
const stepsOf = ({ path }: ProjectRunDetails) => path.map((step) => [step.block, step.input, step.exit]);

async function answered(caller: SipCall): Promise<SipCall> {
  await talking(caller);
  return caller;
}

describe("a caller in a project", () => {
  it("presses a key of a menu, gives digits, and is told goodbye", async () => {
    const menu = block(
      "menu",
      "menu",
      { say: [{ digits: "12" }], keys: [{ key: "1", label: "Sales" }], wait: 10, rounds: 2, sayInvalid: [] },
      { "1": "digits", "no-input": "bye", invalid: "bye" },
    );
    const digits = block(
      "digits",
      "get-digits",
      {
        say: [{ digits: "3" }],
        variable: "number",
        least: 2,
        most: 4,
        wait: 10,
        rounds: 1,
        sayInvalid: [],
        secret: false,
      },
      { done: "say", "no-input": "bye", invalid: "bye" },
    );
    const say = block(
      "say",
      "play",
      { say: [{ number: "{number}" }, { date: "2026-11-22T10:00:00Z" }], canSkip: true },
      { next: "bye" },
    );
    const { id, number } = await projectBehind([menu, digits, say, bye], "menu");
    const caller = await answered(scene.customer(number));
    await caller.press("7");
    await caller.press("1");
    await caller.press("42#");
    await over(caller);
    const run = await way(id);
    expect(stepsOf(run)).toEqual([
      ["start", null, "next"],
      ["answer", null, "next"],
      ["menu", "1", "1"],
      ["digits", "42", "done"],
      ["say", null, "next"],
      ["bye", null, null],
    ]);
    expect(run).toMatchObject({ ending: "hung-up", variables: { number: "42" }, caller: "+390555550101" });
  });

  it("hangs up, and what stands behind Finally is done", async () => {
    const wait = block(
      "wait",
      "get-digits",
      { say: [{ digits: "3" }], variable: "x", least: 1, most: 1, wait: 30, rounds: 1, sayInvalid: [], secret: false },
      { done: "bye", "no-input": "bye", invalid: "bye" },
    );
    const after = block("after", "finally", {}, { next: "set" });
    const set = block("set", "set-variable", { set: [{ variable: "was", value: "{caller} here" }] }, { next: "end" });
    const { id, number } = await projectBehind([wait, bye, after, set, end], "wait");
    const caller = await answered(scene.customer(number));
    await aMoment();
    await caller.hangUp();
    const run = await way(id);
    expect(run).toMatchObject({ ending: "caller-left", variables: { was: "+390555550101 here" } });
    expect(stepsOf(run).slice(-3)).toEqual([
      ["after", null, "next"],
      ["set", null, "next"],
      ["end", null, null],
    ]);
  });

  it("waits in a queue and talks to an agent, and the call is over with their talk", async () => {
    const wait = block("wait", "queue", queueOptions(support), ways("bye"));
    const { id, number } = await projectBehind([wait, bye], "wait");
    const caller = scene.customer(number);
    const anna = await scene.desk(1).rung();
    anna.answer();
    await talking(caller);
    await aMoment();
    await anna.hangUp();
    await over(caller);
    expect(await way(id)).toMatchObject({ ending: "caller-left" });
  });

  it("comes back after the talk where the block says so", async () => {
    const wait = block("wait", "queue", queueOptions(support, { comesBack: true }), ways("bye", { talked: "again" }));
    const again = block(
      "again",
      "get-digits",
      {
        say: [{ digits: "5" }],
        variable: "rating",
        least: 1,
        most: 1,
        wait: 10,
        rounds: 1,
        sayInvalid: [],
        secret: false,
      },
      { done: "bye", "no-input": "bye", invalid: "bye" },
    );
    const { id, number } = await projectBehind([wait, again, bye], "wait");
    const caller = scene.customer(number);
    const anna = await scene.desk(1).rung();
    anna.answer();
    await talking(caller);
    await aMoment();
    await anna.hangUp();
    await caller.press("4");
    await over(caller);
    const run = await way(id);
    expect(stepsOf(run).slice(2)).toEqual([
      ["wait", null, "talked"],
      ["again", "4", "done"],
      ["bye", null, null],
    ]);
  });

  it("leaves a queue by a key, or when he has waited too long", async () => {
    const first = block("first", "queue", queueOptions(night, { keys: "5" }), ways("bye", { key: "second" }));
    const second = block("second", "queue", queueOptions(night, { timeout: 1 }), ways("bye", { timeout: "late" }));
    const late = block("late", "set-variable", { set: [{ variable: "late", value: "yes" }] }, { next: "bye" });
    const { id, number } = await projectBehind([first, second, late, bye], "first");
    const caller = await answered(scene.customer(number));
    await aMoment();
    await caller.press("4");
    await caller.press("5");
    await over(caller);
    const run = await way(id);
    expect(stepsOf(run).slice(2, 4)).toEqual([
      ["first", "5", "key"],
      ["second", null, "timeout"],
    ]);
    expect(run.variables).toMatchObject({ late: "yes", key: "5" });
  });

  it("is put through to a telephone, and learns that it is busy or does not answer", async () => {
    const { rows } = await scene.house.admin.get<Page<{ id: number; username: string }>>("/telephones");
    const desk = rows.find(({ username }) => username === "desk-4")?.id ?? 0;
    const options = (ring: number) => ({ telephone: desk, ring, comesBack: false });
    const to = (next: string) => ({ busy: next, unanswered: next, unreachable: "bye", talked: "bye" });
    const blocks = [
      block("one", "dial-telephone", options(20), to("two")),
      block("two", "dial-telephone", options(5), to("three")),
      block("three", "dial-telephone", options(20), to("bye")),
      bye,
    ];
    const { id, number } = await projectBehind(blocks, "one");
    const caller = await answered(scene.customer(number));
    (await scene.desk(4).rung()).refuse("486 Busy Here");
    const second = await scene.desk(4).rung();
    await over(second);
    const third = await scene.desk(4).rung();
    third.answer();
    await talking(third);
    await aMoment();
    await caller.hangUp();
    await over(third);
    const run = await way(id);
    expect(stepsOf(run).slice(2)).toEqual([
      ["one", null, "busy"],
      ["two", null, "unanswered"],
      ["three", null, null],
    ]);
    expect(run.ending).toBe("caller-left");
  });

  it("goes on where he was when we come back while he waits, and falls back where we do not", async () => {
    const wait = block("wait", "queue", queueOptions(night, { keys: "5" }), ways("bye", { key: "again" }));
    const again = block("again", "queue", queueOptions(night, { keys: "5" }), ways("bye"));
    const { id, number } = await projectBehind([wait, again, bye], "wait", true);
    const caller = await answered(scene.customer(number));
    await until("he waits in the queue", async () => {
      const { rows } = await scene.house.admin.get<{ rows: ProjectRun[] }>(`/projects/${id}/runs`);
      return rows.length === 1;
    });
    await scene.house.stopPerch();
    await scene.house.startPerch();
    await caller.press("5");
    await until("he waits in the second queue", async () => {
      const [run] = (await scene.house.admin.get<{ rows: ProjectRun[] }>(`/projects/${id}/runs`)).rows;
      return run?.steps === 4;
    });
    await scene.house.stopPerch();
    await caller.press("5");
    const anna = await scene.desk(1).rung();
    anna.answer();
    await talking(caller);
    await caller.hangUp();
    await over(anna);
    await scene.house.startPerch();
  });

  it("goes on with the route where the project ends, and where nothing is published", async () => {
    const { id, number } = await projectBehind([end], "end", true);
    const caller = scene.customer(number);
    const anna = await scene.desk(1).rung();
    anna.answer();
    await talking(caller);
    await caller.hangUp();
    await over(anna);
    expect(await way(id)).toMatchObject({ ending: "ended" });
  });
});
