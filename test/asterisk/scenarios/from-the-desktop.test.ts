import { afterAll, beforeAll, it } from "vitest";
import type { Page } from "../../../contract/page.ts";
import type { Leg } from "../../../contract/views.ts";
import { booksBalance } from "../../rig/books-balance.ts";
import {
  aMoment,
  CUSTOMER,
  hears,
  over,
  type ScenarioHouse,
  SUPPORT_NUMBER,
  startScenarioHouse,
} from "../../rig/scenario-house.ts";
import { type Between, type ExpectedRow, playScenario } from "../../rig/scenario-rows.ts";
import type { SipCall } from "../../rig/sip/sip-call.ts";
import { until } from "../../until.ts";

let scene: ScenarioHouse;
beforeAll(async () => {
  scene = await startScenarioHouse();
}, 120_000);
afterAll(() => scene.stop());

const scenario = (name: string, play: () => Promise<ExpectedRow[]>) =>
  it(name, async () => {
    await playScenario(scene, name, play);
  });

const inbound = {
  type: "inbound",
  source: CUSTOMER,
  destination: SUPPORT_NUMBER,
  disposition: "ANSWERED",
} as const;
const annas = { ...inbound, telephone: "desk-1", queue: "Support" } as const;
/** Anna asks 104. */
const asking = { type: "internal", source: "101", destination: "104", telephone: "desk-1" } as const;

/** What stands on Anna's card. */
const card = (what: string, fits: (leg: Leg) => boolean): Promise<Leg> =>
  until(
    what,
    async () => (await scene.apis.anna.get<Page<Leg>>("/calls/current")).rows.find((leg) => fits(leg)) ?? null,
    { timeoutMs: 15_000 },
  );

/** Anna does something with her call. When she did it: from before it was asked to when her card says so. */
async function does(act: string, body: object | undefined, done: (leg: Leg) => boolean): Promise<Between> {
  const { legId } = await card("Anna has a call", () => true);
  const asked = Date.now();
  await scene.apis.anna.post(`/calls/${encodeURIComponent(legId)}/${act}`, body);
  await card(`her card says so after "${act}"`, done);
  return [asked, Date.now()];
}
const holds = () => does("hold", undefined, ({ state }) => state === "held");
/** Anna asks, and the colleague's telephone rings. When she took leave of her caller, too. */
async function asks(): Promise<{ colleague: SipCall; began: Between }> {
  const { legId } = await card("Anna has a call", () => true);
  const askedMs = Date.now();
  await scene.apis.anna.post(`/calls/${encodeURIComponent(legId)}/transfer`, { to: "104", kind: "attended" });
  const colleague = await scene.desk(4).rung();
  return { colleague, began: [askedMs, Date.now()] };
}
/** They talk. */
async function answers(colleague: SipCall): Promise<Between> {
  colleague.answer();
  const heard = await hears(colleague, scene.desk(1));
  await card("her card says so", ({ hand }) => hand?.asks?.talking === true);
  await aMoment();
  return [colleague.at("answers"), heard];
}
const resumes = () => does("resume", undefined, ({ state }) => state === "talking");

/** A customer whom Anna has answered: both hear each other. */
async function answeredByAnna(): Promise<{ caller: SipCall; anna: SipCall; answered: Between }> {
  const caller = scene.customer(SUPPORT_NUMBER);
  const anna = await scene.desk(1).rung();
  anna.answer();
  const heard = await hears(caller, scene.desk(1));
  await aMoment();
  return { caller, anna, answered: [anna.at("answers"), heard] };
}

scenario("a caller is held from the desktop twice, and hangs up", async () => {
  const { caller, anna, answered } = await answeredByAnna();
  const first = await holds();
  await aMoment();
  const back = await resumes();
  await aMoment();
  const second = await holds();
  await aMoment();
  const again = await resumes();
  await aMoment();
  await caller.hangUp();
  await over(anna);
  const ended = [caller.at("hangs up"), anna.at("sees the end")] as const;
  const held = [
    [first, back],
    [second, again],
  ] as const;
  const started = [caller.at("dials"), caller.at("hears the answer")] as const;
  return [{ ...annas, endedBy: "caller", started, answered, ended, talked: [[answered, ended]], held }];
});

scenario("a caller hangs up while the desktop holds him", async () => {
  const { caller, anna, answered } = await answeredByAnna();
  const held = await holds();
  await aMoment();
  await caller.hangUp();
  await over(anna);
  const ended = [caller.at("hangs up"), anna.at("sees the end")] as const;
  const started = [caller.at("dials"), caller.at("hears the answer")] as const;
  const talked = [[answered, ended]] as const;
  return [{ ...annas, endedBy: "caller", started, answered, ended, talked, held: [[held, ended]] }];
});

scenario("a colleague is asked from the desktop and the caller taken back", async () => {
  const { caller, anna, answered } = await answeredByAnna();
  const { colleague, began } = await asks();
  const answeredToo = await answers(colleague);
  const back = await does("transfer/cancel", undefined, ({ state }) => state === "talking");
  await over(colleague);
  await aMoment();
  await caller.hangUp();
  await over(anna);
  const ended = [caller.at("hangs up"), anna.at("sees the end")] as const;
  const started = [caller.at("dials"), caller.at("hears the answer")] as const;
  const asked = { ...asking, disposition: "ANSWERED", endedBy: "caller" } as const;
  return [
    { ...annas, endedBy: "caller", started, answered, ended, talked: [[answered, ended]], held: [[began, back]] },
    { ...asked, started: began, answered: answeredToo, ended: back, talked: [[answeredToo, back]] },
  ];
});

scenario("a colleague is asked from the desktop, refuses, and the caller comes back by himself", async () => {
  const { caller, anna, answered } = await answeredByAnna();
  const { colleague, began } = await asks();
  await aMoment();
  colleague.refuse("486 Busy Here");
  const refused = Date.now();
  await card("the caller is back", ({ state }) => state === "talking");
  const back = [refused, Date.now()] as const;
  await aMoment();
  await caller.hangUp();
  await over(anna);
  const ended = [caller.at("hangs up"), anna.at("sees the end")] as const;
  const started = [caller.at("dials"), caller.at("hears the answer")] as const;
  return [
    { ...annas, endedBy: "caller", started, answered, ended, talked: [[answered, ended]], held: [[began, back]] },
    { ...asking, disposition: "BUSY", endedBy: "called", started: began, answered: null, ended: back },
  ];
});

scenario("a caller is handed over from the desktop to the colleague who was asked", async () => {
  const { caller, anna, answered } = await answeredByAnna();
  const { colleague, began } = await asks();
  const answeredToo = await answers(colleague);
  caller.forgetVoices();
  const { legId } = await card("Anna has a call", () => true);
  const gave = Date.now();
  await scene.apis.anna.post(`/calls/${encodeURIComponent(legId)}/transfer/complete`);
  const given = [gave, await hears(caller, scene.desk(4))] as const;
  await over(anna);
  await aMoment();
  await caller.hangUp();
  await over(colleague);
  const started = [caller.at("dials"), caller.at("hears the answer")] as const;
  const ended = [caller.at("hangs up"), colleague.at("sees the end")] as const;
  const gone = [gave, Math.max(given[1], anna.at("sees the end"))] as const;
  const asked = { ...asking, disposition: "ANSWERED", endedBy: "transfer" } as const;
  return [
    {
      ...annas,
      endedBy: "transfer",
      started,
      answered,
      ended: gone,
      talked: [[answered, gone]],
      held: [[began, gone]],
    },
    { ...asked, started: began, answered: answeredToo, ended: gone, talked: [[answeredToo, gone]] },
    {
      ...inbound,
      telephone: "desk-4",
      endedBy: "caller",
      started: given,
      answered: given,
      ended,
      talked: [[given, ended]],
    },
  ];
});

it("leaves books that balance", () => booksBalance(scene.house.admin));
