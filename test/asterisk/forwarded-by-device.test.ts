import { afterAll, beforeAll, expect, it } from "vitest";
import type { Page } from "../../contract/page.ts";
import type { Agent, Session, Telephone, Trunk } from "../../contract/views.ts";
import { booksBalance } from "../rig/books-balance.ts";
import { startForwardingPhone } from "../rig/forwarding-phone.ts";
import { freePort } from "../rig/free-port.ts";
import { type HouseRig, OUTSIDE, startHouse } from "../rig/house-rig.ts";
import { type SippParty, startCallee } from "../rig/sipp-caller.ts";
import { until } from "../until.ts";

/** What is said to who may not is as long as it is. */
const SPOKEN = { timeoutMs: 60_000 };
const NUMBER = "+390550001001";
const NUMBER_OUTSIDE = "0171555";

let house: HouseRig;
let outside: SippParty;
let desk: Telephone;
let anna: Agent;
let sipPort: number;

beforeAll(async () => {
  sipPort = await freePort();
  house = await startHouse({ sipPort });
  const support = await house.queue("Support", NUMBER);
  anna = await house.agent("anna", "Anna Rossi", [support], { internal: "201" });
  await house.telephone("desk-1", { internal: "301" });
  desk = await house.telephone("desk-2", { internal: "302", plugged: false });
  await house.telephone("desk-3", { internal: "303" });
  const [trunk] = (await house.admin.get<Page<Trunk>>("/trunks")).rows;
  await house.admin.post("/outbound-routes", { name: "City", pattern: "0X.", trunkId: trunk?.id, stripDigits: 1 });
  outside = await startCallee({ address: OUTSIDE, port: trunk?.port ?? 0, refuseWith: 486 });
}, 120_000);
afterAll(async () => {
  await outside?.stop();
  await house.stop();
});

const callsOutside = () => outside.saw.filter(({ what }) => what === "called").length;
/** Settles when the call is over. */
async function dialled(number: string): Promise<void> {
  const phone = house.phone("desk-1");
  const before = phone.events.length;
  await phone.dial(number);
  const over = () => phone.events.slice(before).some(({ type }) => type === "CALL_CLOSED");
  await until(`the call to ${number} is over`, over, SPOKEN);
}

it("a shared telephone that forwards by itself sends callers outside only while somebody sits there", async () => {
  const phone = await startForwardingPhone({
    username: "desk-2",
    password: "secret-of-desk-2",
    server: { host: "127.0.0.1", port: sipPort },
    to: NUMBER_OUTSIDE,
  });
  try {
    const registered = async () => (await house.admin.get<Telephone>(`/telephones/${desk.id}`)).registered;
    await until("the telephone that forwards is registered", registered, SPOKEN);
    const before = callsOutside();
    await dialled("302");
    expect(phone.forwarded).toBe(1);
    expect(callsOutside()).toBe(before);
    await house.logIn("anna", desk);
    await until("she sits there", async () => (await house.console("database show perch-seat")).includes("/desk-2 "));
    await dialled("302");
    expect(callsOutside()).toBe(before + 1);
  } finally {
    await house.admin.post(`/supervision/agents/${anna.id}/log-out`, undefined);
    await phone.stop();
  }
});

it("an agent's number that is passed on takes nobody further outside than to the number of his account", async () => {
  await house.admin.patch(`/agents/${anna.id}`, { whenAway: "number", awayNumber: "303" });
  const left = async () => !(await house.console("database show perch-seat")).includes("/desk-2 ");
  await until("she has left", left, SPOKEN);
  const before = callsOutside();
  const phone = house.phone("desk-1");
  const from = phone.events.length;
  const third = house.phone("desk-3");
  await until(
    "her number is passed on",
    async () => (await house.console("dialplan show 201@perch-telephones")).includes("303"),
    SPOKEN,
  );
  await phone.dial("201");
  await until("the third telephone rings", () => third.state === "ringing", SPOKEN);
  await third.accept();
  await until("they talk", () => phone.state === "talking", SPOKEN);
  await third.transfer(NUMBER_OUTSIDE);
  const over = () => phone.events.slice(from).some(({ type }) => type === "CALL_CLOSED");
  await until("the call is over", over, SPOKEN);
  expect(callsOutside()).toBe(before);
  await house.admin.patch(`/agents/${anna.id}`, { whenAway: "number", awayNumber: NUMBER_OUTSIDE });
  await until(
    "her number is passed on outside",
    async () => (await house.console("dialplan show 201@perch-telephones")).includes(NUMBER_OUTSIDE),
    SPOKEN,
  );
  await dialled("201");
  expect(callsOutside()).toBe(before + 1);
});

it("an agent whose telephone forwards its calls is suspended, and takes no caller of a queue elsewhere", async () => {
  const fourth = await house.telephone("desk-4", { plugged: false });
  const phone = await startForwardingPhone({
    username: "desk-4",
    password: "secret-of-desk-4",
    server: { host: "127.0.0.1", port: sipPort },
    to: NUMBER,
  });
  try {
    const registered = async () => (await house.admin.get<Telephone>(`/telephones/${fourth.id}`)).registered;
    await until("the telephone that forwards is registered", registered, SPOKEN);
    const api = await house.logIn("anna", fourth);
    const caller = await house.caller(NUMBER);
    const why = async () => (await api.get<Session>("/session")).causes.map(({ reason }) => reason);
    await until("she is suspended", async () => (await why()).includes("failed-calls"), SPOKEN);
    expect(await house.console("core show channels concise")).not.toContain("Local/");
    caller.hangUp();
    await caller.done;
  } finally {
    await phone.stop();
  }
});

it("leaves books that balance", () => booksBalance(house.admin));
