import { afterAll, beforeAll, expect, it } from "vitest";
import type { Page } from "../../../contract/page.ts";
import type { Leg, Queue, Session, ToDispose } from "../../../contract/views.ts";
import type { Api } from "../../../demo/api.ts";
import { booksBalance } from "../../rig/books-balance.ts";
import {
  aMoment,
  asked,
  CUSTOMER,
  hears,
  over,
  type ScenarioHouse,
  startScenarioHouse,
  talking,
} from "../../rig/scenario-house.ts";
import { type Between, type ExpectedRow, playScenario } from "../../rig/scenario-rows.ts";
import type { SipCall } from "../../rig/sip/sip-call.ts";
import { until } from "../../until.ts";

const ASK_NUMBER = "+390550005001";
const OFFER_NUMBER = "+390550005002";
/** As the house dials it. */
const MOBILE = "00347444";
const RITA = { telephone: `Mobile ${MOBILE}`, agent: "Rita Serra" };
const [DESK_AGENT, PIN] = ["215", "4711"];

let scene: ScenarioHouse;
let rita: Api;
let dora: Api;
let ritaId: number;

beforeAll(async () => {
  scene = await startScenarioHouse();
  const { house } = scene;
  const ask = await house.queue("Asking", ASK_NUMBER, { ringSeconds: 20 });
  const offer = await house.queue("Offering", OFFER_NUMBER, { ringSeconds: 20 });
  await house.admin.patch<Queue>(`/queues/${ask.id}`, { phoneDisposition: "ask" });
  await house.admin.patch<Queue>(`/queues/${offer.id}`, { phoneDisposition: "offer" });
  // By name: Again, Sale.
  for (const name of ["Sale", "Again"]) await house.admin.post("/dispositions", { name });
  const remote = { typology: "remote", hotdesk: false, remoteNumber: MOBILE, internal: "214", language: "en" };
  ritaId = (await house.agent("rita", "Rita Serra", [ask, offer], { ...remote, acceptByKey: false })).id;
  await house.agent("dora", "Dora Pinna", [ask], { internal: DESK_AGENT, pin: PIN });
  rita = await house.signIn("rita");
  dora = await house.signIn("dora");
  await rita.post<Session>("/session", {});
}, 120_000);
afterAll(() => scene.stop());

const from = (number: string, queue: string) =>
  ({ type: "inbound", source: CUSTOMER, destination: number, queue, disposition: "ANSWERED" }) as const;
const asking = from(ASK_NUMBER, "Asking");
const offering = from(OFFER_NUMBER, "Offering");
const started = (caller: SipCall): Between => [caller.at("dials"), caller.at("hears the answer")];

const rung = (after: readonly SipCall[] = []): Promise<SipCall> =>
  until(
    "the mobile rings",
    () => scene.outside.calls.find((call) => call.incoming && call.state === "ringing" && !after.includes(call)),
    { timeoutMs: 30_000 },
  );
async function takes(number: string): Promise<{ caller: SipCall; mobile: SipCall; answered: Between }> {
  const caller = scene.customer(number);
  const mobile = await rung();
  mobile.answer();
  const heard = await hears(caller, scene.outside);
  await aMoment();
  return { caller, mobile, answered: [mobile.at("answers"), heard] };
}
const session = (api: Api) => api.get<Session>("/session");
const causes = async (api: Api) => (await session(api)).causes.map(({ cause }) => cause);
const ready = (api: Api) => until("she is ready", async () => (await causes(api)).length === 0);
const device = async () =>
  /State: '(\w+)'/.exec((await scene.house.console("devstate list")).split(`perch-remote-${ritaId}'`)[1] ?? "")?.[1];
const outcomes = async (api: Api) =>
  (await api.get<Page<{ userDisposition: string | null }>>("/voice-calls")).rows.map((row) => row.userDisposition);
const undisposed = async (api: Api) => (await api.get<Page<ToDispose>>("/calls/to-dispose")).rows.length;
const onceMore = async (before: number) =>
  until("it is to be disposed", async () => (await undisposed(rita)) === before + 1);
const talked = (answered: Between, ended: Between) => ({ answered, ended, talked: [[answered, ended]] as const });

const scenario = (name: string, play: () => Promise<ExpectedRow[]>) =>
  it(name, async () => {
    // After a call a queue leaves its members alone for two seconds.
    await until("the lines are free", async () => !(await scene.house.console("queue show")).includes("in call"));
    await playScenario(scene, name, play);
  });

scenario("a remote agent stays on the line when her caller has gone, and disposes the call by a key", async () => {
  const { caller, mobile, answered } = await takes(ASK_NUMBER);
  await caller.hangUp();
  await asked(mobile, caller.at("hangs up") + 500);
  expect(mobile.state).toBe("talking");
  const ended = [caller.at("hangs up"), caller.at("hangs up") + 50] as const;
  expect(await causes(rita)).toEqual(["wrap-up"]);
  expect((await rita.get<{ rows: Leg[] }>("/calls/current")).rows).toEqual([]);
  expect(await device()).toBe("INUSE");
  // Asked again after a key that is none.
  await mobile.press("7");
  await asked(mobile, Date.now());
  await mobile.press("2");
  await over(mobile);
  await ready(rita);
  await until("the line is free", async () => (await device()) === "NOT_INUSE");
  expect((await outcomes(rita))[0]).toBe("Sale");
  return [{ ...asking, ...RITA, endedBy: "caller", started: started(caller), ...talked(answered, ended) }];
});

scenario("one who hangs up herself is rung back, and disposes the call there", async () => {
  const { caller, mobile, answered } = await takes(ASK_NUMBER);
  await mobile.hangUp();
  await over(caller);
  const ended = [mobile.at("hangs up"), caller.at("sees the end")] as const;
  const back = await rung([mobile]);
  expect(await causes(rita)).toEqual(["wrap-up"]);
  back.answer();
  await asked(back, back.at("answers"));
  await back.press("1");
  await over(back);
  await ready(rita);
  expect((await outcomes(rita))[0]).toBe("Again");
  return [{ ...asking, ...RITA, endedBy: "called", started: started(caller), ...talked(answered, ended) }];
});

scenario("one who hangs up when she is asked finds the call among those to dispose", async () => {
  const before = await undisposed(rita);
  const { caller, mobile, answered } = await takes(ASK_NUMBER);
  await caller.hangUp();
  const ended = [caller.at("hangs up"), caller.at("hangs up") + 50] as const;
  await asked(mobile, caller.at("hangs up") + 500);
  await mobile.hangUp();
  await ready(rita);
  await onceMore(before);
  return [{ ...asking, ...RITA, endedBy: "caller", started: started(caller), ...talked(answered, ended) }];
});

scenario("what is only offered is left for later by the hash key", async () => {
  const before = await undisposed(rita);
  const { caller, mobile, answered } = await takes(OFFER_NUMBER);
  await caller.hangUp();
  const ended = [caller.at("hangs up"), caller.at("hangs up") + 50] as const;
  await asked(mobile, caller.at("hangs up") + 500);
  await mobile.press("#");
  await over(mobile);
  await ready(rita);
  await onceMore(before);
  return [{ ...offering, ...RITA, endedBy: "caller", started: started(caller), ...talked(answered, ended) }];
});

scenario("one who hangs up herself is not rung back for what is only offered", async () => {
  const { caller, mobile, answered } = await takes(OFFER_NUMBER);
  await mobile.hangUp();
  await over(caller);
  const ended = [mobile.at("hangs up"), caller.at("sees the end")] as const;
  await ready(rita);
  expect(scene.outside.calls.filter(({ incoming, state }) => incoming && state === "ringing")).toEqual([]);
  return [{ ...offering, ...RITA, endedBy: "called", started: started(caller), ...talked(answered, ended) }];
});

scenario("an agent who works at a telephone by telephone alone is rung there when the call is over", async () => {
  await rita.remove("/session");
  const logIn = scene.desk(5).dial(`*11${DESK_AGENT}`);
  await talking(logIn);
  await asked(logIn, logIn.at("hears the answer"));
  await logIn.press(`${PIN}#`);
  await over(logIn);
  const caller = scene.customer(ASK_NUMBER);
  const first = await scene.desk(5).rung();
  first.answer();
  const heard = await hears(caller, scene.desk(5));
  const answered = [first.at("answers"), heard] as const;
  await aMoment();
  await caller.hangUp();
  await over(first);
  const ended = [caller.at("hangs up"), first.at("sees the end")] as const;
  const back = await scene.desk(5).rung();
  expect(await causes(dora)).toEqual(["wrap-up"]);
  back.answer();
  await asked(back, back.at("answers"));
  await back.press("1");
  await over(back);
  await ready(dora);
  expect(await outcomes(dora)).toEqual(["Again"]);
  return [
    {
      ...{ ...asking, telephone: "desk-5", agent: "Dora Pinna", endedBy: "caller" },
      ...{ started: started(caller), ...talked(answered, ended) },
    },
  ];
});

it("lets an agent dispose her newest call by a code", async () => {
  const nothing = scene.desk(5).dial("*14");
  await over(nothing);
  expect(await outcomes(dora)).toEqual(["Again"]);
});

it("leaves books that balance", () => booksBalance(scene.house.admin));
