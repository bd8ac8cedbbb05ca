import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import type { Page } from "../../../contract/page.ts";
import type {
  Calendar,
  Flow,
  FlowBlock,
  Item,
  Project,
  ProjectDraft,
  Queue,
  ReportCallRow,
} from "../../../contract/views.ts";
import { booksBalance } from "../../rig/books-balance.ts";
import {
  aMoment,
  asked,
  CUSTOMER,
  hears,
  over,
  type ScenarioHouse,
  SUPPORT_NUMBER,
  startScenarioHouse,
  talking,
} from "../../rig/scenario-house.ts";
import { type ExpectedRow, playScenario } from "../../rig/scenario-rows.ts";
import type { SipCall } from "../../rig/sip/sip-call.ts";
import { until } from "../../until.ts";

/** Leads into Support by a project: 5 leaves it, and asks which number is to be called back. */
const ASKING_NUMBER = "+390550003101";
/** As the trunk gets the customer's number, which the house dials behind a 0. */
const CUSTOMER_OUTSIDE = CUSTOMER.replace("+", "00");
const SECOND_CUSTOMER = "+390555550202";

let scene: ScenarioHouse;
let support: Queue;

beforeAll(async () => {
  scene = await startScenarioHouse();
  const { admin } = scene.house;
  const always = await admin.post<Calendar>("/calendars", {
    name: "Always",
    week: [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from: "00:00", to: "24:00" })),
    exceptions: [],
  });
  support = (await admin.get<Page<Queue>>("/queues")).rows.find(({ name }) => name === "Support") as Queue;
  support = await admin.patch<Queue>(`/queues/${support.id}`, {
    ...{
      callbacks: "by-itself",
      callbackAttempts: 2,
      callbackMinutes: 1440,
      callbackCalendarId: always.id,
      recordPercent: 100,
    },
  });
  await admin.post("/pauses", { name: "Lunch" });
  await admin.post("/dispositions", { name: "Done" });
  const { id } = await admin.post<Project>("/projects", { name: "Asking" });
  const at = { x: 0, y: 0 };
  const block = (name: string, type: string, options: FlowBlock["options"], exits: FlowBlock["exits"]): FlowBlock => ({
    ...{ id: name, type, options, exits, at },
  });
  const wait = { say: [], priority: 0, timeout: 0, keys: "5", hears: "music", comesBack: false };
  const flow: Flow = {
    blocks: [
      block("start", "start", {}, { next: "answer" }),
      block("answer", "answer", { pause: 0 }, { next: "queue" }),
      block(
        "queue",
        "queue",
        { queue: support.id, ...wait },
        leads(["timeout", "key", "unavailable", "talked"], "back"),
      ),
      block(
        "back",
        "callback",
        { queue: support.id, number: "either", say: [], wait: 6, rounds: 3, tell: true },
        leads(["done", "no-number", "not-allowed", "already-asked", "no-input"], "bye"),
      ),
      block("bye", "hang-up", { say: [] }, {}),
    ],
    notes: [],
  };
  const draft = await admin.put<ProjectDraft>(`/projects/${id}/draft`, { revision: 1, flow });
  expect(draft.issues.filter(({ severity }) => severity === "error")).toEqual([]);
  await admin.post(`/projects/${id}/publish`, {});
  await admin.post("/inbound-routes", { number: ASKING_NUMBER, actions: [{ project: id }] });
}, 120_000);
afterAll(() => scene.stop());
afterEach(async () => {
  await scene.apis.anna.remove("/session/pause").catch(() => {});
  for (const { id } of (await scene.house.admin.get<Page<Item>>("/items?state=waiting")).rows) {
    await scene.house.admin.post(`/items/${id}/disposition`, { disposition: ["Done"] });
  }
});

const leads = (exits: readonly string[], to: string): Record<string, string> =>
  Object.fromEntries(exits.map((exit) => [exit, to]));

const items = async (): Promise<Item[]> => (await scene.house.admin.get<Page<Item>>("/items?kind=callback")).rows;
const item = async (): Promise<Item> => {
  const [newest] = await items();
  if (newest === undefined) throw new Error("nobody asked to be called back");
  return newest;
};
const rests = () => scene.apis.anna.post("/session/pause", { reason: "Lunch" });
const works = () => scene.apis.anna.remove("/session/pause");
const inQueue = async (): Promise<string[]> => {
  const told = await scene.house.console(`queue show q${support.id}`);
  return told.slice(told.indexOf("Callers:")).match(/(?:PJSIP|Local)\/\S+/g) ?? [];
};
const kept = () => until("his place is kept", async () => (await inQueue()).some((each) => each.startsWith("Local/")));

/** Calls, waits a moment, and asks to be called back at the number shown. Answers the call, and when it was over. */
async function asks(from = CUSTOMER): Promise<SipCall> {
  const others = await inQueue();
  const caller = scene.customer(ASKING_NUMBER, from);
  await talking(caller);
  const his = (each: string) => each.startsWith("PJSIP/") && !others.includes(each);
  await until("the caller waits", async () => (await inQueue()).some(his));
  await caller.press("5");
  // What he hears until then is the queue's music, and no question.
  await until("he has left the queue", async () => !(await inQueue()).some(his));
  await asked(caller, Date.now());
  await caller.press("1");
  await over(caller);
  return caller;
}

const first = (caller: SipCall): ExpectedRow => ({
  ...{ type: "inbound", source: CUSTOMER, destination: ASKING_NUMBER, telephone: null, queue: "Support" },
  ...{ disposition: "NO ANSWER", endedBy: "system", answered: null },
  started: [caller.at("dials"), caller.at("hears the answer")],
  ended: [caller.last("presses"), caller.at("sees the end")],
});
const back: Omit<ExpectedRow, "disposition" | "endedBy" | "started" | "answered" | "ended"> = {
  ...{ type: "outbound", source: "201", destination: CUSTOMER, telephone: "desk-1", queue: "Support", prefix: "City" },
};

it("who asked is called back when an agent is free, and is not lost", async () => {
  const rows = await playScenario(scene, "who asked is called back when an agent is free", async () => {
    await rests();
    const caller = await asks();
    await kept();
    const working = Date.now();
    await works();
    const desk = await scene.desk(1).rung();
    expect(desk.peer).toBe(CUSTOMER);
    await aMoment();
    desk.answer();
    const customer = await scene.outside.rung();
    expect(customer.dialled).toBe(CUSTOMER_OUTSIDE);
    customer.ring();
    await aMoment(600);
    customer.answer();
    const heard = await hears(desk, scene.outside);
    await aMoment();
    await customer.hangUp();
    await over(desk);
    const answered = [customer.at("answers"), heard] as const;
    const ended = [customer.at("hangs up"), desk.at("sees the end")] as const;
    return [
      first(caller),
      {
        ...{ ...back, disposition: "ANSWERED", endedBy: "called", started: [working, desk.at("rung")] },
        ...{ answered, ended, talked: [[answered, ended]] },
      },
    ];
  });
  const done = await until("the item is done", async () => {
    const one = await item();
    return one.state === "done" ? one : null;
  });
  expect(done).toMatchObject({ attempts: 1, caller: CUSTOMER, number: CUSTOMER });
  expect(done.done?.by?.name).toBe("Anna Rossi");
  const talk = rows.find(({ type }) => type === "outbound");
  await until("the talk is recorded, as the queue says", async () => {
    const page = await scene.house.admin.get<Page<ReportCallRow>>("/reports/report-call");
    return page.rows.find(({ id }) => id === talk?.id)?.recordingIds?.length === 1;
  });
}, 60_000);

it("who does not answer is called again later, and so often as the queue says", async () => {
  await playScenario(scene, "who is called back does not answer", async () => {
    await rests();
    const caller = await asks();
    await kept();
    const working = Date.now();
    await works();
    const desk = await scene.desk(1).rung();
    desk.answer();
    const customer = await scene.outside.rung();
    customer.refuse("486 Busy Here");
    await over(desk);
    return [
      first(caller),
      {
        ...{ ...back, disposition: "BUSY", endedBy: "called", started: [working, desk.at("rung")], answered: null },
        ended: [customer.at("refuses"), desk.at("sees the end")],
      },
    ];
  });
  const tried = await until("the attempt is written down", async () => {
    const one = await item();
    return one.attempts === 1 && one.state === "open" ? one : null;
  });
  expect(tried.taken).toBeNull();
  expect(await inQueue()).toEqual([]);
}, 60_000);

it("his place is before those who came later", async () => {
  await rests();
  await asks();
  const later = scene.customer(SUPPORT_NUMBER, SECOND_CUSTOMER);
  await talking(later);
  await until("both wait, and he is before", async () => {
    const [one = "", other = ""] = await inQueue();
    return one.startsWith("Local/") && other.startsWith("PJSIP/");
  });
  await works();
  const desk = await scene.desk(1).rung();
  expect(desk.peer).toBe(CUSTOMER);
  await later.hangUp();
  desk.answer();
  const customer = await scene.outside.rung();
  customer.answer();
  await hears(desk, scene.outside);
  await aMoment(600);
  await desk.hangUp();
  await over(customer);
  await until("the item is done", async () => (await item()).state === "done");
}, 60_000);

it("who calls again himself is not called back as well", async () => {
  await rests();
  await asks();
  await kept();
  const himself = scene.customer(SUPPORT_NUMBER);
  await talking(himself);
  await until("only he waits", async () => {
    const [one = "", other] = await inQueue();
    return one.startsWith("PJSIP/") && other === undefined;
  });
  await works();
  const desk = await scene.desk(1).rung();
  desk.answer();
  await hears(desk, scene.outside);
  await aMoment(600);
  const done = await until("the item is done", async () => {
    const one = await item();
    return one.state === "done" ? one : null;
  });
  expect(done).toMatchObject({ attempts: 0, done: { by: null } });
  await himself.hangUp();
  await over(desk);
}, 60_000);

it("whoever takes the item by hand has it alone, and gives the place back with it", async () => {
  await rests();
  await asks();
  await kept();
  const { id } = await item();
  await scene.apis.anna.post(`/items/${id}/take`);
  await until("nobody waits", async () => (await inQueue()).length === 0);
  await scene.apis.anna.post(`/items/${id}/give-back`);
  await kept();
}, 60_000);

it("places are kept once, through a restart of Perch and one of Asterisk", async () => {
  const { house } = scene;
  await rests();
  await asks();
  await kept();
  await house.stopPerch();
  expect(await inQueue()).toHaveLength(1);
  await house.startPerch();
  await until("Perch knows the queue", async () => (await house.admin.get<Page<Queue>>("/queues")).rows.length > 0);
  expect(await inQueue()).toHaveLength(1);
  await house.killAsterisk();
  await until("his place is kept again", async () => (await inQueue()).length === 1, { timeoutMs: 90_000 });
  await house.stopPerch();
  // Anna's telephone is paused as it was; a supervisor's word would need Perch, so Asterisk is told.
  await house.console(`queue unpause member PJSIP/desk-1`);
  const desk = await scene.desk(1).rung();
  desk.answer();
  const customer = await scene.outside.rung();
  customer.answer();
  await hears(desk, scene.outside);
  await aMoment(600);
  await customer.hangUp();
  await over(desk);
  await house.startPerch();
  const done = await until(
    "the item is done",
    async () => {
      const one = await item();
      return one.state === "done" ? one : null;
    },
    { timeoutMs: 30_000 },
  );
  expect(done.attempts).toBe(1);
  expect(await inQueue()).toEqual([]);
}, 180_000);

it("the books balance", () => booksBalance(scene.house.admin));
