import { afterAll, beforeAll, expect, it } from "vitest";
import type { Page } from "../../contract/page.ts";
import type {
  Flow,
  FlowBlock,
  Leg,
  Project,
  ProjectDraft,
  ProjectRun,
  ProjectRunDetails,
  Session,
} from "../../contract/views.ts";
import type { Api } from "../../demo/api.ts";
import { booksBalance } from "../rig/books-balance.ts";
import { aMoment, asked, over, type ScenarioHouse, startScenarioHouse, talking } from "../rig/scenario-house.ts";
import type { SipCall } from "../rig/sip/sip-call.ts";
import { until } from "../until.ts";

const ACCESS_NUMBER = "+390550004001";
const QUEUE_NUMBER = "+390550004002";
/** As the house dials it; the trunk gets it without the first digit. */
const MOBILE = "00347333";
const [NUMBER, PIN] = ["231", "4711"];

let scene: ScenarioHouse;
let project: number;
let agent: Api;

const at = { x: 0, y: 0 };
const block = (id: string, type: string, options: FlowBlock["options"], exits: FlowBlock["exits"]): FlowBlock => ({
  ...{ id, type, options, exits, at },
});
const who = { ask: "ask", variable: "agent", prefill: false };
const to = (next: string, names: string) => Object.fromEntries(names.split(" ").map((name) => [name, next]));
const REFUSALS = "unknown-agent wrong-pin locked no-input";
const keys = ["1", "2", "3", "4", "9"].map((key) => ({ key, label: key }));

/** Who he is, then a menu: 1 pause, 2 ready, 3 status, 4 dispose, 9 log out. */
const flow: Flow = {
  blocks: [
    block("start", "start", {}, { next: "answer" }),
    block("answer", "answer", { pause: 0 }, { next: "login" }),
    block(
      "login",
      "agent-login",
      { ...who, announce: true },
      {
        ...to("menu", "done already-logged-in"),
        ...to("bye", `${REFUSALS} telephone-in-use not-permitted unavailable`),
      },
    ),
    block(
      "menu",
      "menu",
      { say: [{ digits: "1" }], keys, wait: 20, rounds: 1, sayInvalid: [] },
      {
        ...{ "1": "pause", "2": "ready", "3": "status", "4": "dispose", "9": "logout" },
        ...to("bye", "no-input invalid"),
      },
    ),
    block(
      "pause",
      "agent-pause",
      { ...who, reason: "ask", name: "", announce: true },
      {
        ...to("menu", "done no-such-reason not-logged-in not-permitted unavailable"),
        ...to("bye", REFUSALS),
      },
    ),
    block(
      "ready",
      "agent-unpause",
      { ...who, announce: true },
      {
        ...to("menu", "done not-logged-in not-permitted unavailable"),
        ...to("bye", REFUSALS),
      },
    ),
    block(
      "status",
      "agent-status",
      { ...who, queues: true },
      { ...to("menu", "ready paused not-logged-in"), ...to("bye", REFUSALS) },
    ),
    block("dispose", "agent-dispose", who, {
      ...to("menu", "done nothing invalid not-permitted unavailable"),
      ...to("bye", REFUSALS),
    }),
    block(
      "logout",
      "agent-logout",
      { ...who, announce: true },
      {
        ...to("bye", `done not-logged-in not-permitted unavailable ${REFUSALS}`),
      },
    ),
    block("bye", "hang-up", { say: [] }, {}),
  ],
  notes: [],
};

beforeAll(async () => {
  scene = await startScenarioHouse();
  const { house } = scene;
  const queue = await house.queue("Field", QUEUE_NUMBER, { ringSeconds: 20 });
  await house.agent("fabia", "Fabia Melis", [queue], {
    ...{ typology: "remote", hotdesk: false, remoteNumber: MOBILE, internal: NUMBER, pin: PIN },
  });
  await house.admin.post("/pauses", { name: "Coffee", digit: 7 });
  await house.admin.post("/dispositions", { name: "Sale" });
  await house.admin.post("/dispositions", { name: "Again" });
  const { id } = await house.admin.post<Project>("/projects", { name: "Agents" });
  const draft = await house.admin.put<ProjectDraft>(`/projects/${id}/draft`, { revision: 1, flow });
  expect(draft.issues).toEqual([]);
  await house.admin.post(`/projects/${id}/publish`, {});
  await house.admin.post("/inbound-routes", { number: ACCESS_NUMBER, actions: [{ project: id }] });
  project = id;
  agent = await house.signIn("fabia");
}, 120_000);
afterAll(() => scene.stop());

/** The agent calls the access number from her mobile. */
async function callsIn(): Promise<SipCall> {
  const call = scene.customer(ACCESS_NUMBER, "+3900347333");
  await talking(call);
  return call;
}
const session = () => agent.get<Session | null>("/session").catch(() => null);
const causes = async () => (await session())?.causes.map(({ cause }) => cause) ?? null;

/** Keys are heard when their block listens: where a call is shows the traffic of its project. */
const inBlock = (id: string) =>
  until(`she is in ${id}`, async () => {
    const { now } = await scene.house.admin.get<{ now: { block: string }[] }>(
      `/projects/${project}/traffic?from=2026-01-01T00:00:00Z&to=2100-01-01T00:00:00Z`,
    );
    return now.some(({ block: where }) => where === id);
  });

/** Answers each question when it has been asked. */
async function answers(call: SipCall, ...keys: string[]): Promise<void> {
  let since = 0;
  for (const each of keys) {
    await asked(call, since);
    await call.press(each);
    since = Date.now();
  }
}

it("an agent works a whole day by telephone alone", async () => {
  const call = await callsIn();
  await answers(call, `${NUMBER}#`, `${PIN}#`);
  await inBlock("menu");
  expect(await session()).toMatchObject({ telephone: { number: MOBILE } });
  expect(await causes()).toEqual([]);

  await call.press("1");
  await inBlock("pause");
  await asked(call, Date.now());
  await call.press("7");
  await inBlock("menu");
  expect((await session())?.causes).toMatchObject([{ cause: "break", reason: "Coffee" }]);
  await call.press("3");
  await inBlock("status");
  await inBlock("menu");
  await call.press("2");
  await until("she is ready", async () => (await causes())?.length === 0);
  await call.hangUp();
  await over(call);

  const caller = scene.customer(QUEUE_NUMBER);
  const mobile = await until("her mobile rings", () =>
    scene.outside.calls.find(({ state, dialled }) => state === "ringing" && dialled === MOBILE.slice(1)),
  );
  mobile.answer();
  const talks = async () =>
    (await agent.get<{ rows: Leg[] }>("/calls/current")).rows.some((leg) => leg.state === "talking");
  await until("she has accepted", async () => {
    await mobile.press("1");
    return talks();
  });
  await aMoment();
  await caller.hangUp();
  await over(mobile);

  const last = await callsIn();
  await answers(last, `${NUMBER}#`, `${PIN}#`);
  await inBlock("menu");
  await last.press("4");
  await inBlock("dispose");
  await asked(last, Date.now());
  // By name: Again, Sale.
  await last.press("2");
  await inBlock("menu");
  const { rows } = await agent.get<Page<{ userDisposition: string | null }>>("/voice-calls");
  expect(rows[0]).toMatchObject({ userDisposition: "Sale" });
  await last.press("9");
  await over(last);
  expect(await session()).toBeNull();
  const newest = await until("both calls are written down", async () => {
    const { rows: runs } = await scene.house.admin.get<{ rows: ProjectRun[] }>(`/projects/${project}/runs`);
    const [first] = runs;
    return runs.length === 2 && first !== undefined
      ? await scene.house.admin.get<ProjectRunDetails>(`/project-runs/${first.id}`)
      : undefined;
  });
  expect(newest.path.map((step) => [step.block, step.exit])).toEqual([
    ["start", "next"],
    ["answer", "next"],
    ["login", "already-logged-in"],
    ["menu", "4"],
    ["dispose", "done"],
    ["menu", "9"],
    ["logout", "done"],
    ["bye", null],
  ]);
  expect(JSON.stringify(newest)).not.toContain(PIN);
});

it("a wrong PIN three times locks her number, for the right one too, and supervisors are told", async () => {
  const call = await callsIn();
  const wrong = [`${NUMBER}#`, "0000#"];
  await answers(call, ...wrong, ...wrong, ...wrong);
  await over(call);
  const again = await callsIn();
  await answers(again, `${NUMBER}#`, `${PIN}#`);
  await over(again);
  expect(await session()).toBeNull();
  const { rows } = await scene.house.admin.get<Page<{ words: string }>>("/supervision/alarms");
  expect(rows.map(({ words }) => words).join()).toContain("Fabia Melis");
  await booksBalance(scene.house.admin);
});
