import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import type { Page } from "../../contract/page.ts";
import type { Agent, Leg, Queue, Session, Telephone } from "../../contract/views.ts";
import type { Api } from "../../demo/api.ts";
import { booksBalance } from "../rig/books-balance.ts";
import { type HouseRig, startHouse } from "../rig/house-rig.ts";
import type { SippParty } from "../rig/sipp-caller.ts";
import { until } from "../until.ts";

const NUMBER = "+390550001002";

let house: HouseRig;
let support: Queue;
let agents: Agent[];
let desks: Telephone[];
let api: Api;
const callers: SippParty[] = [];

beforeAll(async () => {
  house = await startHouse();
  support = await house.queue("Support", NUMBER);
  agents = [await house.agent("anna", "Anna Rossi", [support]), await house.agent("bruno", "Bruno Gatti", [support])];
  await house.admin.post("/pauses", { name: "Coffee", maxMinutes: 10 });
  desks = [await house.telephone("desk-1"), await house.telephone("desk-2")];
});
afterAll(() => house.stop());
beforeEach(async () => {
  const [desk] = desks;
  if (desk === undefined) throw new Error("there is no desk");
  api = await house.logIn("anna", desk);
});
afterEach(async () => {
  for (const caller of callers.splice(0)) {
    caller.hangUp();
    await caller.stop();
  }
  for (const { id } of agents) await house.admin.post(`/supervision/agents/${id}/log-out`, undefined);
});

const session = () => api.get<Session>("/session");
const call = async () => {
  const caller = await house.caller(NUMBER);
  callers.push(caller);
  return caller;
};
const talk = async () => {
  const phone = house.phone("desk-1");
  const caller = await call();
  await until("the desk rings", () => phone.state === "ringing");
  await phone.accept();
  await until("they talk", () => phone.state === "talking" && caller.has("answered"));
  await until("the desktop shows it", async () => {
    const { rows } = await api.get<Page<Leg>>("/calls/current");
    return rows.some(({ state }) => state === "talking");
  });
  return { phone, caller };
};
const rings = (username: string) => house.phone(username).events.filter(({ type }) => type === "CALL_INCOMING").length;
const waitingCallers = async () => (await house.console("queue show")).match(/^\s+\d+\. .*\(wait:/gm)?.length ?? 0;
const memberLine = async () =>
  (await house.console("queue show")).split("\n").find((one) => one.includes("PJSIP/desk-1")) ?? "";
/** Another agent sits down and gets the caller who waits: the queue was ready to ring somebody all the time. */
const brunoGetsIt = async () => {
  const [, desk] = desks;
  if (desk === undefined) throw new Error("there is no second desk");
  await house.logIn("bruno", desk);
  await until("the other desk rings", () => house.phone("desk-2").state === "ringing");
};

it("asked for during a queue call with another caller waiting lets that one never ring this telephone", async () => {
  const { caller } = await talk();
  expect(await api.post<Session>("/session/pause", { reason: "Coffee" })).toMatchObject({
    causes: [],
    pendingBreak: { reason: "Coffee" },
  });
  expect(await memberLine()).toContain("paused:Coffee");
  await call();
  await until("the second caller waits", async () => (await waitingCallers()) === 1);
  const before = rings("desk-1");
  caller.hangUp();
  const begun = await until("the break begins", async () => {
    const now = await session();
    return now.pendingBreak === null ? now : null;
  });
  expect(begun.causes).toMatchObject([{ cause: "break", reason: "Coffee", dueAt: expect.any(String) }]);
  await brunoGetsIt();
  expect(rings("desk-1")).toBe(before);
  expect(await memberLine()).toContain("paused:Coffee");
});

it("asked for in the instant of the hang-up begins at once or waits, and rings nothing", async () => {
  const { phone, caller } = await talk();
  await call();
  await until("the second caller waits", async () => (await waitingCallers()) === 1);
  const before = rings("desk-1");
  caller.hangUp();
  await api.post<Session>("/session/pause", { reason: "Coffee" });
  await until("the break goes on", async () => (await session()).causes[0]?.cause === "break");
  await until("the telephone is free", () => phone.state === "idle");
  await brunoGetsIt();
  expect(rings("desk-1")).toBe(before);
});

it("begins where Asterisk is killed in the call, and is restored there with its reason", async () => {
  await talk();
  await api.post<Session>("/session/pause", { reason: "Coffee" });
  await house.killAsterisk();
  await house.replug("desk-1");
  await house.replug("desk-2");
  await until("the break begins", async () => {
    const { pendingBreak, causes } = await session();
    return pendingBreak === null && causes.some(({ cause }) => cause === "break");
  });
  await until("the member is paused with its reason", async () => (await memberLine()).includes("paused:"), {
    timeoutMs: 30_000,
  });
  await until(
    "by the break alone, when the telephone is back",
    async () => (await memberLine()).includes("paused:Coffee"),
    { timeoutMs: 60_000 },
  );
  const before = rings("desk-1");
  await call();
  await until("the caller waits", async () => (await waitingCallers()) === 1);
  await brunoGetsIt();
  expect(rings("desk-1")).toBe(before);
});

it("leaves books that balance", () => booksBalance(house.admin));
