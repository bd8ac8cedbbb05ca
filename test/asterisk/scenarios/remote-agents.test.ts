import { afterAll, beforeAll, expect, it } from "vitest";
import type { Page } from "../../../contract/page.ts";
import type { Agent, Flow, FlowBlock, Leg, Project, ProjectDraft, Queue, Session } from "../../../contract/views.ts";
import type { Api } from "../../../demo/api.ts";
import { booksBalance } from "../../rig/books-balance.ts";
import { ASK, pressKeys, SEND } from "../../rig/key-hands.ts";
import {
  aMoment,
  asked,
  CUSTOMER,
  hears,
  noted,
  over,
  type ScenarioHouse,
  startScenarioHouse,
  talking,
} from "../../rig/scenario-house.ts";
import { type Between, type ExpectedRow, playScenario } from "../../rig/scenario-rows.ts";
import type { SipCall } from "../../rig/sip/sip-call.ts";
import { until } from "../../until.ts";

const OUTDOORS_NUMBER = "+390550003001";
const EVERYWHERE_NUMBER = "+390550003002";
const ACCESS_NUMBER = "+390550003003";
/** As the house dials them, and as the trunk gets them. */
const RITA_NUMBER = "00347111";
const REMO_NUMBER = "00347222";
const RITA = { telephone: `Mobile ${RITA_NUMBER}`, agent: "Rita Serra" };
const REMO = { telephone: `Mobile ${REMO_NUMBER}`, agent: "Remo Fois" };

let scene: ScenarioHouse;
let rita: Api;
let remo: Api;
let ritaId: number;

beforeAll(async () => {
  scene = await startScenarioHouse();
  const { house } = scene;
  // Who has picked up is asked as long as the queue rings him.
  const outdoors = await house.queue("Outdoors", OUTDOORS_NUMBER, { ringSeconds: 10 });
  const everywhere = await house.queue("Everywhere", EVERYWHERE_NUMBER, { ringSeconds: 60 });
  const remote = (username: string, fullName: string, queues: Queue[], remoteNumber: string, internal: string) =>
    house.agent(username, fullName, queues, { typology: "remote", hotdesk: false, remoteNumber, internal });
  ritaId = (await remote("rita", "Rita Serra", [outdoors, everywhere], RITA_NUMBER, "211")).id;
  await remote("remo", "Remo Fois", [everywhere], REMO_NUMBER, "212");
  rita = await house.signIn("rita");
  remo = await house.signIn("remo");
  await rita.post<Session>("/session", {});
  await remo.post<Session>("/session", {});
}, 120_000);
afterAll(() => scene.stop());

const fromQueue = { type: "inbound", source: CUSTOMER, disposition: "ANSWERED" } as const;
const outdoors = { ...fromQueue, destination: OUTDOORS_NUMBER, queue: "Outdoors" } as const;
const everywhere = { ...fromQueue, destination: EVERYWHERE_NUMBER, queue: "Everywhere" } as const;

/** The mobile of that number rings, for the first time since then. */
const rung = (number: string, after: readonly SipCall[] = []): Promise<SipCall> =>
  until(
    `${number} rings`,
    () =>
      scene.outside.calls.find(
        (call) => call.state === "ringing" && call.dialled === number.slice(1) && !after.includes(call),
      ),
    { timeoutMs: 30_000 },
  );

/** Presses until that is taken: before the voice has begun to speak nothing is heard. */
async function accepts(mobile: SipCall, caller: SipCall): Promise<Between> {
  await aMoment(600);
  const pressed = Date.now();
  void mobile.press("1");
  await until("the two talk", async () => (await legs(rita, remo)).some(({ state }) => state === "talking"), {
    timeoutMs: 20_000,
  });
  const heard = await hears(caller, scene.outside);
  return [pressed, heard] as const;
}

const legs = async (...of: Api[]): Promise<Leg[]> =>
  (await Promise.all(of.map((api) => api.get<{ rows: Leg[] }>("/calls/current")))).flatMap(({ rows }) => rows);

/** The access number of remote agents: a project that logs in whoever says who he is. */
async function projectBehind(number: string): Promise<void> {
  const { admin } = scene.house;
  const block = (id: string, type: string, options: FlowBlock["options"], exits: FlowBlock["exits"]): FlowBlock => ({
    ...{ id, type, options, exits, at: { x: 0, y: 0 } },
  });
  const exits = ["done", "unknown-agent", "wrong-pin", "locked", "no-input"];
  const refused = ["already-logged-in", "telephone-in-use", "not-permitted", "unavailable"];
  const ways = Object.fromEntries([...exits, ...refused].map((exit) => [exit, "bye"]));
  const flow: Flow = {
    blocks: [
      block("start", "start", {}, { next: "answer" }),
      block("answer", "answer", { pause: 0 }, { next: "login" }),
      block("login", "agent-login", { ask: "ask", variable: "agent", prefill: false, announce: true }, ways),
      block("bye", "hang-up", { say: [] }, {}),
    ],
    notes: [],
  };
  const { id } = await admin.post<Project>("/projects", { name: "Access" });
  const draft = await admin.put<ProjectDraft>(`/projects/${id}/draft`, { revision: 1, flow });
  expect(draft.issues.filter(({ severity }) => severity === "error")).toEqual([]);
  await admin.post(`/projects/${id}/publish`, {});
  await admin.post("/inbound-routes", { number, actions: [{ project: id }] });
}

const scenario = (name: string, play: () => Promise<ExpectedRow[]>) =>
  it(name, async () => {
    // After a call a queue leaves its members alone for two seconds.
    await until("the lines are free", async () => !(await scene.house.console("queue show")).includes("in call"));
    await playScenario(scene, name, play);
  });

const started = (caller: SipCall): Between => [caller.at("dials"), caller.at("hears the answer")];

scenario("a remote agent accepts with 1, and the caller hangs up", async () => {
  const caller = scene.customer(OUTDOORS_NUMBER);
  const mobile = await rung(RITA_NUMBER);
  await until("her desktop shows the ring", async () => (await legs(rita)).some(({ state }) => state === "ringing"));
  await aMoment();
  mobile.answer();
  const answered = await accepts(mobile, caller);
  expect(caller.heardAt(scene.outside)).toBeGreaterThanOrEqual(answered[0]);
  const [leg] = await legs(rita);
  expect(leg).toMatchObject({ state: "talking", number: CUSTOMER, type: "inbound", queue: { name: "Outdoors" } });
  await aMoment();
  await caller.hangUp();
  await over(mobile);
  const ended = [caller.at("hangs up"), mobile.at("sees the end")] as const;
  return [
    {
      ...{ ...outdoors, ...RITA, endedBy: "caller" },
      ...{ started: started(caller), answered, ended, talked: [[answered, ended]] },
    },
  ];
});

scenario("a remote agent accepts with 1 and hangs up", async () => {
  const caller = scene.customer(OUTDOORS_NUMBER);
  const mobile = await rung(RITA_NUMBER);
  mobile.answer();
  const answered = await accepts(mobile, caller);
  await aMoment();
  await mobile.hangUp();
  await over(caller);
  const ended = [mobile.at("hangs up"), caller.at("sees the end")] as const;
  return [
    {
      ...{ ...outdoors, ...RITA, endedBy: "called" },
      ...{ started: started(caller), answered, ended, talked: [[answered, ended]] },
    },
  ];
});

scenario("a mailbox picks up first and talks, and the agent accepts the next ring", async () => {
  const caller = scene.customer(OUTDOORS_NUMBER);
  const mailbox = await rung(RITA_NUMBER);
  mailbox.answer();
  // It talks all the time, and presses nothing.
  await over(mailbox);
  expect(caller.heardAt(scene.outside)).toBeNaN();
  const mobile = await rung(RITA_NUMBER, [mailbox]);
  mobile.answer();
  await aMoment();
  expect(caller.heardAt(scene.outside)).toBeNaN();
  const answered = await accepts(mobile, caller);
  await aMoment();
  await caller.hangUp();
  await over(mobile);
  const ended = [caller.at("hangs up"), mobile.at("sees the end")] as const;
  return [
    {
      ...{ ...outdoors, ...RITA, endedBy: "caller" },
      ...{ started: started(caller), answered, ended, talked: [[answered, ended]] },
    },
  ];
});

scenario("a wrong key accepts nothing, and 2 sends the call away", async () => {
  const caller = scene.customer(OUTDOORS_NUMBER);
  const mobile = await rung(RITA_NUMBER);
  mobile.answer();
  await aMoment(600);
  await mobile.press("7");
  await aMoment(600);
  expect(mobile.state).toBe("talking");
  expect(caller.heardAt(scene.outside)).toBeNaN();
  await mobile.press("2");
  await over(mobile);
  const again = await rung(RITA_NUMBER, [mobile]);
  await caller.hangUp();
  await over(again);
  const ended = [caller.at("hangs up"), again.at("sees the end")] as const;
  return [
    {
      ...outdoors,
      ...{ disposition: "NO ANSWER", telephone: null, endedBy: "caller" },
      ...{ started: started(caller), answered: null, ended },
    },
  ];
});

scenario("a remote agent's mobile is busy", async () => {
  const caller = scene.customer(OUTDOORS_NUMBER);
  const mobile = await rung(RITA_NUMBER);
  mobile.refuse("486 Busy Here");
  const again = await rung(RITA_NUMBER, [mobile]);
  again.answer();
  const answered = await accepts(again, caller);
  await aMoment();
  await again.hangUp();
  await over(caller);
  const ended = [again.at("hangs up"), caller.at("sees the end")] as const;
  return [
    {
      ...{ ...outdoors, ...RITA, endedBy: "called" },
      ...{ started: started(caller), answered, ended, talked: [[answered, ended]] },
    },
  ];
});

scenario("two remote agents are rung at once: one accepts, the other hears that it is taken", async () => {
  const caller = scene.customer(EVERYWHERE_NUMBER);
  const [hers, his] = [await rung(RITA_NUMBER), await rung(REMO_NUMBER)];
  hers.answer();
  his.answer();
  await aMoment();
  expect(caller.heardAt(scene.outside)).toBeNaN();
  const answered = await accepts(his, caller);
  // A voice says good-bye first.
  await over(hers);
  expect(his.state).toBe("talking");
  await aMoment();
  await caller.hangUp();
  await over(his);
  const ended = [caller.at("hangs up"), his.at("sees the end")] as const;
  return [
    {
      ...{ ...everywhere, ...REMO, endedBy: "caller" },
      ...{ started: started(caller), answered, ended, talked: [[answered, ended]] },
    },
  ];
});

scenario("the caller gives up while a remote agent is asked", async () => {
  const caller = scene.customer(OUTDOORS_NUMBER);
  const mobile = await rung(RITA_NUMBER);
  mobile.answer();
  await aMoment(600);
  await caller.hangUp();
  await over(mobile);
  const ended = [caller.at("hangs up"), mobile.at("sees the end")] as const;
  return [
    {
      ...outdoors,
      ...{ disposition: "NO ANSWER", telephone: null, endedBy: "caller" },
      ...{ started: started(caller), answered: null, ended },
    },
  ];
});

scenario("a break asked for while the mobile rings begins after the call, and nothing rings meanwhile", async () => {
  await scene.house.admin.post("/pauses", { name: "Coffee" });
  const caller = scene.customer(OUTDOORS_NUMBER);
  const mobile = await rung(RITA_NUMBER);
  await rita.post("/session/pause", { reason: "Coffee" });
  mobile.answer();
  const answered = await accepts(mobile, caller);
  await aMoment();
  await mobile.hangUp();
  await over(caller);
  await until("she is on her break", async () => (await rita.get<Session>("/session")).state === "paused");
  const waiting = scene.customer(OUTDOORS_NUMBER);
  await talking(waiting);
  await aMoment(1500);
  expect(scene.outside.calls.filter(({ incoming, state }) => incoming && state === "ringing")).toEqual([]);
  await waiting.hangUp();
  await rita.remove("/session/pause");
  const ended = [mobile.at("hangs up"), caller.at("sees the end")] as const;
  const left = [waiting.at("hangs up"), waiting.at("hangs up") + 1000] as const;
  return [
    {
      ...{ ...outdoors, ...RITA, endedBy: "called" },
      ...{ started: started(caller), answered, ended, talked: [[answered, ended]] },
    },
    {
      ...outdoors,
      ...{ disposition: "NO ANSWER", telephone: null, endedBy: "caller" },
      ...{ started: started(waiting), answered: null, ended: left },
    },
  ];
});

scenario("a mobile transfers nobody by its carrier", async () => {
  const caller = scene.customer(OUTDOORS_NUMBER);
  const mobile = await rung(RITA_NUMBER);
  mobile.answer();
  const answered = await accepts(mobile, caller);
  expect(await mobile.transfer(scene.outside.addressOf("101"))).toBeGreaterThanOrEqual(400);
  await aMoment();
  await caller.hangUp();
  await over(mobile);
  const ended = [caller.at("hangs up"), mobile.at("sees the end")] as const;
  return [
    {
      ...{ ...outdoors, ...RITA, endedBy: "caller" },
      ...{ started: started(caller), answered, ended, talked: [[answered, ended]] },
    },
  ];
});

scenario("a remote agent holds her caller from the desktop, and sends him on", async () => {
  const caller = scene.customer(OUTDOORS_NUMBER);
  const mobile = await rung(RITA_NUMBER);
  mobile.answer();
  const answered = await accepts(mobile, caller);
  await aMoment();
  const [leg] = await legs(rita);
  if (leg === undefined) throw new Error("there is no call");
  const holding = Date.now();
  await rita.post(`/calls/${leg.legId}/hold`);
  await until("her desktop shows it", async () => (await legs(rita))[0]?.state === "held");
  const held = Date.now();
  await aMoment();
  caller.forgetVoices();
  const resuming = Date.now();
  await rita.post(`/calls/${leg.legId}/resume`);
  const resumed = await hears(caller, scene.outside);
  await aMoment();
  const sending = Date.now();
  await rita.post(`/calls/${leg.legId}/transfer`, { to: "102", kind: "blind" });
  const desk = await scene.desk(2).rung();
  await over(mobile);
  await aMoment();
  desk.answer();
  const taken = await hears(caller, scene.desk(2));
  await aMoment();
  await caller.hangUp();
  await over(desk);
  const sent = [sending, mobile.at("sees the end")] as const;
  const second = [desk.at("answers"), taken] as const;
  const ended = [caller.at("hangs up"), desk.at("sees the end")] as const;
  return [
    {
      ...{ ...outdoors, ...RITA, endedBy: "transfer" },
      ...{ started: started(caller), answered, ended: sent, talked: [[answered, sent]] },
      held: [
        [
          [holding, held],
          [resuming, resumed],
        ],
      ],
    },
    {
      ...{ type: "inbound", source: CUSTOMER, destination: OUTDOORS_NUMBER, disposition: "ANSWERED" },
      ...{ telephone: "desk-2", endedBy: "caller" },
      ...{ started: [sending, desk.at("rung")], answered: second, ended, talked: [[second, ended]] },
    },
  ];
});

scenario("a remote agent sends her caller on by keys", async () => {
  const caller = scene.customer(OUTDOORS_NUMBER);
  const mobile = await rung(RITA_NUMBER);
  mobile.answer();
  const answered = await accepts(mobile, caller);
  await aMoment();
  const keys = await pressKeys(mobile, SEND, "102");
  const desk = await scene.desk(2).rung();
  await over(mobile);
  await aMoment();
  desk.answer();
  const taken = [desk.at("answers"), await hears(caller, scene.desk(2))] as const;
  await aMoment();
  await caller.hangUp();
  await over(desk);
  const gone = [keys.last, desk.at("rung")] as const;
  const ended = [caller.at("hangs up"), desk.at("sees the end")] as const;
  return [
    {
      ...{ ...outdoors, ...RITA, endedBy: "transfer" },
      ...{ started: started(caller), answered, ended: gone, talked: [[answered, gone]] },
      held: [[[keys.code, gone[1]], gone]],
    },
    {
      ...{ type: "inbound", source: CUSTOMER, destination: OUTDOORS_NUMBER, disposition: "ANSWERED" },
      ...{ telephone: "desk-2", endedBy: "caller", started: gone, answered: taken, ended, talked: [[taken, ended]] },
    },
  ];
});

scenario("a remote agent asks a colleague by keys before she hands her caller over", async () => {
  const caller = scene.customer(OUTDOORS_NUMBER);
  const mobile = await rung(RITA_NUMBER);
  mobile.answer();
  const answered = await accepts(mobile, caller);
  await aMoment();
  const keys = await pressKeys(mobile, ASK, "102");
  const desk = await scene.desk(2).rung();
  desk.answer();
  const asks = [desk.at("answers"), await hears(desk, scene.outside)] as const;
  await aMoment();
  caller.forgetVoices();
  await mobile.hangUp();
  const taken = await hears(caller, scene.desk(2));
  const given = [mobile.at("hangs up"), taken] as const;
  await aMoment();
  await caller.hangUp();
  await over(desk);
  const ended = [caller.at("hangs up"), desk.at("sees the end")] as const;
  return [
    {
      ...{ ...outdoors, ...RITA, endedBy: "transfer" },
      ...{ started: started(caller), answered, ended: given, talked: [[answered, given]] },
      held: [[[keys.code, desk.at("rung")], given]],
    },
    {
      ...{ type: "internal", source: "211", destination: "102", disposition: "ANSWERED", ...RITA },
      ...{ endedBy: "transfer", started: [keys.last, desk.at("rung")], answered: asks, ended: given },
      talked: [[asks, given]],
    },
    {
      ...{ type: "inbound", source: CUSTOMER, destination: OUTDOORS_NUMBER, disposition: "ANSWERED" },
      ...{ telephone: "desk-2", endedBy: "caller", started: given, answered: given, ended, talked: [[given, ended]] },
    },
  ];
});

scenario("a colleague dials a remote agent's internal number", async () => {
  const desk = scene.desk(1).dial("211");
  const mobile = await rung(RITA_NUMBER);
  await noted(desk, "hears ringing");
  mobile.answer();
  await aMoment(600);
  expect(desk.state).toBe("dialling");
  const pressed = Date.now();
  void mobile.press("1");
  const heard = await hears(desk, scene.outside);
  const answered = [pressed, heard] as const;
  await aMoment();
  await desk.hangUp();
  await over(mobile);
  const ended = [desk.at("hangs up"), mobile.at("sees the end")] as const;
  return [
    {
      ...{ type: "internal", source: "101", destination: "211", disposition: "ANSWERED" },
      ...{ telephone: "desk-1", endedBy: "caller" },
      ...{ started: [desk.at("dials"), mobile.at("rung")], answered, ended, talked: [[answered, ended]] },
    },
  ];
});

it("shows a remote agent her number, and her line to nobody who administers telephones", async () => {
  const telephones = await scene.house.admin.get<Page<{ username: string }>>("/telephones?limit=1000");
  expect(telephones.rows.map(({ username }) => username).filter((name) => name.startsWith("remote~"))).toEqual([]);
  const session = await rita.get<Session>("/session");
  expect(session.telephone).toMatchObject({ name: `Mobile ${RITA_NUMBER}`, number: RITA_NUMBER, registered: true });
  expect(await scene.house.console("pjsip show endpoints")).not.toContain("remote~");
});

it("frees a line that Asterisk's end left in use", async () => {
  const device = `Custom:perch-remote-${ritaId}`;
  await scene.house.console(`devstate change ${device} INUSE`);
  expect(await scene.house.console("devstate list")).toContain("INUSE");
  await scene.house.killAsterisk();
  await until(
    "the line is free",
    async () => /State: 'NOT_INUSE'/.test((await scene.house.console("devstate list")).split(device)[1] ?? ""),
    { timeoutMs: 20_000 },
  );
});

it("rings nobody who has logged out", async () => {
  await rita.remove("/session");
  const members = await scene.house.console("queue show");
  expect(members).not.toContain(`Local/${ritaId}@`);
  const { rows } = await scene.house.admin.get<Page<Agent>>("/agents");
  expect(rows.find(({ id }) => id === ritaId)).toMatchObject({ remoteNumber: RITA_NUMBER, acceptByKey: true });
});

it("rings an agent back at the number he calls from, and logs him in with his PIN there", async () => {
  const { house } = scene;
  await house.admin.patch("/settings", { remoteCallingNumber: true });
  const more = { typology: "remote", hotdesk: false, internal: "213", pin: "4711", callingNumberAllowed: true };
  await house.agent("tina", "Tina Melis", [], more);
  await projectBehind(ACCESS_NUMBER);
  const asks = scene.customer(ACCESS_NUMBER, "347333");
  await talking(asks);
  await asked(asks, asks.at("hears the answer"));
  const said = Date.now();
  await asks.press("213#");
  await asked(asks, said);
  await asks.press("4711#");
  await over(asks);
  const mobile = await rung("0347333");
  mobile.answer();
  await asked(mobile, mobile.at("answers"));
  await mobile.press("4711#");
  await over(mobile);
  const session = await (await scene.house.signIn("tina")).get<Session>("/session");
  expect(session.telephone).toMatchObject({ name: "Mobile 0347333", number: "0347333" });
  expect(await scene.house.console("database show perch-seat")).toContain("|0347333");
});

it("leaves books that balance", () => booksBalance(scene.house.admin));
