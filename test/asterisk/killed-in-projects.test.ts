import { afterAll, beforeAll, expect, it } from "vitest";
import type { Page } from "../../contract/page.ts";
import type {
  Flow,
  FlowBlock,
  Project,
  ProjectDraft,
  ProjectRun,
  ProjectRunDetails,
  ProjectTraffic,
  Queue,
} from "../../contract/views.ts";
import { booksBalance } from "../rig/books-balance.ts";
import { type PerchProcess, perchProcess } from "../rig/perch-process.ts";
import { type ScenarioHouse, startScenarioHouse, talking } from "../rig/scenario-house.ts";
import type { SipCall } from "../rig/sip/sip-call.ts";
import { until } from "../until.ts";

let perch: PerchProcess;
let scene: ScenarioHouse;
let rest: number;

const at = { x: 0, y: 0 };
const block = (id: string, type: string, options: FlowBlock["options"], exits: FlowBlock["exits"]): FlowBlock => ({
  ...{ id, type, options, exits, at },
});
const all = (names: string) => Object.fromEntries(names.split(" ").map((name) => [name, "bye"]));
const LONG = [{ digits: "12345678901234567890123456789012345678901234567890" }];

/** In each of these a caller waits. */
let waits: Record<string, FlowBlock>;

beforeAll(async () => {
  perch = perchProcess();
  scene = await startScenarioHouse(perch.launch);
  const { admin } = scene.house;
  const { rows } = await admin.get<Page<Queue>>("/queues");
  const night = rows.find(({ name }) => name === "Night")?.id ?? 0;
  const desks = (await admin.get<Page<{ id: number; username: string }>>("/telephones")).rows;
  const desk = desks.find(({ username }) => username === "desk-4")?.id ?? 0;
  rest = (
    await admin.post<Queue>("/queues", {
      ...{ name: "Rest", strategy: "ringall", ringSeconds: 5, wrapUpSeconds: 0, maxWaitSeconds: 600 },
    })
  ).id;
  const key = { key: "1", label: "one" };
  const who = { ask: "ask", variable: "agent", prefill: false };
  waits = {
    play: block("it", "play", { say: LONG, canSkip: false }, all("next")),
    menu: block(
      "it",
      "menu",
      { say: [{ digits: "1" }], keys: [key], wait: 60, rounds: 9, sayInvalid: [] },
      all("1 no-input invalid"),
    ),
    "get-digits": block(
      "it",
      "get-digits",
      { say: [{ digits: "1" }], variable: "x", least: 1, most: 9, wait: 60, rounds: 9, sayInvalid: [], secret: false },
      all("done no-input invalid"),
    ),
    record: block(
      "it",
      "record",
      { say: [], variable: "voice", longest: 300, silence: 0, least: 1 },
      all("done too-short"),
    ),
    "dial-telephone": block(
      "it",
      "dial-telephone",
      { telephone: desk, ring: 120, comesBack: false },
      all("busy unanswered unreachable talked"),
    ),
    queue: block(
      "it",
      "queue",
      { queue: night, say: [], priority: 0, timeout: 0, keys: "", hears: "music", comesBack: false },
      all("timeout key unavailable talked"),
    ),
    "agent-login": block(
      "it",
      "agent-login",
      { ...who, announce: true },
      all("done unknown-agent wrong-pin locked no-input already-logged-in telephone-in-use not-permitted unavailable"),
    ),
  };
}, 120_000);
afterAll(() => scene.stop());

let numbers = 0;
async function projectOf(wait: FlowBlock): Promise<{ id: number; number: string }> {
  numbers += 1;
  const { admin } = scene.house;
  const { id } = await admin.post<Project>("/projects", { name: `${wait.type} ${numbers}` });
  const start = block("start", "start", {}, { next: "answer" });
  const answer = block("answer", "answer", { pause: 0 }, { next: "it" });
  const after = [
    block("after", "finally", {}, { next: "set" }),
    block("set", "set-variable", { set: [{ variable: "was", value: "here" }] }, { next: "end" }),
    block("end", "end", {}, {}),
  ];
  const flow: Flow = { blocks: [start, answer, wait, block("bye", "hang-up", { say: [] }, {}), ...after], notes: [] };
  const draft = await admin.put<ProjectDraft>(`/projects/${id}/draft`, { revision: 1, flow });
  expect(draft.issues.filter(({ severity }) => severity === "error")).toEqual([]);
  await admin.post(`/projects/${id}/publish`, {});
  const number = `+3905500060${String(numbers).padStart(2, "0")}`;
  await admin.post("/inbound-routes", { number, actions: [{ project: id }, { queue: rest }] });
  return { id, number };
}

async function begun(): Promise<Map<string, { id: number; call: SipCall }>> {
  const found = new Map<string, { id: number; call: SipCall }>();
  for (const [name, wait] of Object.entries(waits)) {
    const { id, number } = await projectOf(wait);
    const call = scene.customer(number, `+39055555${String(numbers).padStart(4, "0")}`);
    await talking(call);
    await until(`somebody is in ${name}`, async () => {
      const { now } = await scene.house.admin.get<ProjectTraffic>(
        `/projects/${id}/traffic?from=2026-01-01T00:00:00Z&to=2100-01-01T00:00:00Z`,
      );
      return now.some(({ block: where }) => where === "it");
    });
    found.set(name, { id, call });
  }
  return found;
}

const waitingInRest = async (): Promise<number> =>
  Number(/has ([0-9]+) calls/.exec(await scene.house.console(`queue show q${rest}`))?.[1]);

it("nobody is dropped when Perch is killed: each goes on with the route's next action", async () => {
  const callers = await begun();
  const ringing = await scene.desk(4).rung();
  await perch.kill();
  // Asterisk takes a voice to its end before it looks whether anybody wants it; who is being rung goes on being rung.
  await until("five have gone on", async () => (await waitingInRest()) === 5, { timeoutMs: 20_000 });
  ringing.refuse("486 Busy Here");
  await until("six have gone on", async () => (await waitingInRest()) === 6);
  expect([...callers.values()].map(({ call }) => call.state)).toEqual(Object.keys(waits).map(() => "talking"));
  await scene.house.startPerch();
  for (const { call } of callers.values()) await call.hangUp();
  const rows = await scene.house.rows(callers.size);
  expect(rows).toHaveLength(callers.size);
  await booksBalance(scene.house.admin);
}, 120_000);

it("every way comes to its end when Asterisk is killed, and what stands behind Finally is done", async () => {
  const before = (await scene.house.rows(0)).length;
  const callers = await begun();
  await scene.house.killAsterisk();
  for (const { id } of callers.values()) {
    const run = await until("the run is written down", async () => {
      const { rows } = await scene.house.admin.get<{ rows: ProjectRun[] }>(`/projects/${id}/runs`);
      return rows.find(({ endedAt }) => endedAt !== null);
    });
    expect(await scene.house.admin.get<ProjectRunDetails>(`/project-runs/${run.id}`)).toMatchObject({
      variables: { was: "here" },
    });
  }
  await scene.house.rows(before + callers.size);
  await booksBalance(scene.house.admin);
}, 120_000);
