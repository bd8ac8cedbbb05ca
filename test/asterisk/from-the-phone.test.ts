import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Page } from "../../contract/page.ts";
import type { Agent, Leg, Queue, ReportCallRow, Session, Telephone, Trunk } from "../../contract/views.ts";
import type { Api } from "../../demo/api.ts";
import { booksBalance } from "../rig/books-balance.ts";
import { type HouseRig, OUTSIDE, startHouse } from "../rig/house-rig.ts";
import { startCallee } from "../rig/sipp-caller.ts";
import { until } from "../until.ts";

const NUMBER = "+390550001001";
/** A dialogue is as long as what is said in it. */
const SPOKEN = { timeoutMs: 60_000 };

let house: HouseRig;
let support: Queue;
let anna: Agent;
let bruno: Agent;
let desks: Telephone[];

beforeAll(async () => {
  house = await startHouse({ logLevel: "debug" });
  await house.admin.patch("/settings", { promptLanguage: "en" });
  support = await house.queue("Support", NUMBER);
  anna = await house.agent("anna", "Anna Rossi", [support], { internal: "201", pin: "4711", callerId: "+39055201" });
  bruno = await house.agent("bruno", "Bruno Conti", [support], { internal: "202", pin: "4712" });
  desks = [];
  for (const n of [1, 2, 3]) {
    desks.push(await house.telephone(`desk-${n}`, { fullName: `Desk ${n}`, internal: `30${n}` }));
  }
  await house.admin.post("/pauses", { name: "Lunch", digit: 2 });
});
afterAll(() => house.stop());
beforeEach(async () => {
  for (const { id } of [anna, bruno]) await house.admin.post(`/supervision/agents/${id}/log-out`, undefined);
});

const sessionOf = async (username: string): Promise<Session | null> => {
  const api = await house.signIn(username);
  return await api.get<Session>("/session").catch(() => null);
};
const idle = (desk: string) => until(`${desk} is idle`, () => house.phone(desk).state === "idle", SPOKEN);
/** How often a caller has been asked for keys, as the log tells it. */
const questions = () =>
  readFileSync(join(house.home, "log", "perch.log"), "utf8").split('"command":"GET DATA"').length - 1;
/** Dials a code and presses keys, each when it has been asked for; answers when the dialogue is over. */
async function dial(desk: string, code: string, ...keys: string[]): Promise<void> {
  const phone = house.phone(desk);
  const before = phone.events.length;
  let asked = questions();
  await phone.dial(code);
  for (const each of keys) {
    await until(`a question after ${code}`, () => questions() > asked, SPOKEN);
    asked += 1;
    await phone.keys(each);
  }
  const over = () => phone.events.slice(before).some(({ type }) => type === "CALL_CLOSED");
  await until(`the dialogue of ${desk} is over`, over, SPOKEN);
}

async function rings(desk: string) {
  const caller = await house.caller(NUMBER);
  await until(`${desk} rings`, () => house.phone(desk).state === "ringing", { timeoutMs: 30_000 });
  caller.hangUp();
  await caller.done;
  await idle(desk);
}

describe("*11", () => {
  it("logs an agent in on the telephone he dials from, and the queue rings him there", async () => {
    await dial("desk-1", "*11", "201#", "4711#");
    expect((await sessionOf("anna"))?.telephone.id).toBe(desks[0]?.id);
    await rings("desk-1");
  });

  it("takes the number behind the code", async () => {
    await dial("desk-2", "*11202", "4712#");
    expect((await sessionOf("bruno"))?.telephone.id).toBe(desks[1]?.id);
  });

  it("refuses a telephone that somebody holds, and one who is logged in elsewhere", async () => {
    await house.logIn("anna", desks[0] as Telephone);
    await dial("desk-1", "*11202", "4712#");
    expect(await sessionOf("bruno")).toBeNull();
    await dial("desk-2", "*11201", "4711#");
    expect((await sessionOf("anna"))?.telephone.id).toBe(desks[0]?.id);
  });

  it("locks the number after three wrong PINs, for the right one too, until an administrator ends it", async () => {
    await dial("desk-1", "*11202", "1111#", "202#", "2222#", "202#", "3333#");
    const locked = await house.admin.get<Agent>(`/agents/${bruno.id}`);
    expect(Date.parse(locked.pinLockedUntil ?? "")).toBeGreaterThan(Date.now());
    await dial("desk-1", "*11202", "4712#");
    expect(await sessionOf("bruno")).toBeNull();
    const open = await house.admin.post<Agent>(`/agents/${bruno.id}/unlock-pin`, undefined);
    expect(open.pinLockedUntil).toBeNull();
    await dial("desk-1", "*11202", "4712#");
    expect((await sessionOf("bruno"))?.telephone.id).toBe(desks[0]?.id);
  });
});

describe("of the agent who sits there", () => {
  it("*10 and a key pause him, *13 makes him ready, *12 logs him out", async () => {
    await house.logIn("anna", desks[0] as Telephone);
    await dial("desk-1", "*102");
    expect(await sessionOf("anna")).toMatchObject({ state: "paused", causes: [{ cause: "break", reason: "Lunch" }] });
    const caller = await house.caller(NUMBER);
    await until("the caller waits", () => caller.has("answered"));
    await house.logIn("bruno", desks[1] as Telephone);
    await until("the other one rings", () => house.phone("desk-2").state === "ringing", { timeoutMs: 30_000 });
    expect(house.phone("desk-1").state).toBe("idle");
    caller.hangUp();
    await caller.done;
    await dial("desk-1", "*13");
    expect((await sessionOf("anna"))?.state).toBe("ready");
    await dial("desk-1", "*12");
    expect(await sessionOf("anna")).toBeNull();
  });

  it("*10 without a key waits for one, and asks again for another", async () => {
    await house.logIn("anna", desks[0] as Telephone);
    await dial("desk-1", "*10", "7", "2");
    expect((await sessionOf("anna"))?.state).toBe("paused");
  });

  it("nothing of it counts as a call", async () => {
    const api = await house.logIn("anna", desks[0] as Telephone);
    await dial("desk-1", "*12");
    await dial("desk-1", "*13");
    expect((await api.get<Page<Leg>>("/calls/current")).rows).toEqual([]);
    const { rows } = await house.admin.get<Page<ReportCallRow>>("/reports/report-call");
    expect(rows.filter(({ destination }) => destination.startsWith("*"))).toEqual([]);
  });
});

describe("a shared telephone that nobody holds", () => {
  const outcome = async (desk: string, number: string): Promise<string> => {
    const phone = house.phone(desk);
    const before = phone.events.length;
    await phone.dial(number);
    const closed = await until(
      `${number} is over`,
      () => phone.events.slice(before).find(({ type }) => type === "CALL_CLOSED"),
      SPOKEN,
    );
    return closed.detail;
  };

  it("calls inside and emergency numbers, and outside only when somebody sits there", async () => {
    const [trunk] = (await house.admin.get<Page<Trunk>>("/trunks")).rows;
    await house.admin.post("/outbound-routes", { name: "City", pattern: "0X.", trunkId: trunk?.id, stripDigits: 1 });
    const outside = await startCallee({ address: OUTSIDE, port: trunk?.port ?? 0, refuseWith: 486 });
    const calls = () => outside.saw.filter(({ what }) => what === "called").length;
    try {
      await outcome("desk-1", "0171555");
      expect(calls()).toBe(0);
      expect(await outcome("desk-1", "112")).toContain("486");
      expect(calls()).toBe(1);
      expect(await outcome("desk-1", "0113")).toContain("486");
      expect(calls()).toBe(2);
      await house.logIn("anna", desks[0] as Telephone);
      await until("she sits there", async () => (await house.console("database show perch-seat")).includes("/desk-1 "));
      expect(await outcome("desk-1", "0171555")).toContain("486");
      expect(calls()).toBe(3);
    } finally {
      await outside.stop();
    }
    const ringing = await startCallee({ address: OUTSIDE, port: trunk?.port ?? 0, answerAfterMs: null });
    try {
      await house.phone("desk-1").dial("0171555");
      await until("it rings outside", () => ringing.has("called"), SPOKEN);
      // Under her own number, and without her name.
      const channels = await house.console("core show channels concise");
      const trunkChannel = /^(PJSIP\/trunk~[^!]*)!/m.exec(channels)?.[1] ?? "";
      const shown = await house.console(`core show channel ${trunkChannel}`);
      expect(shown).toMatch(/Connected Line ID: \+39055201\n/);
      expect(shown).toMatch(/Connected Line ID Name: \(N\/A\)\n/);
      await house.phone("desk-1").hangUp();
      await idle("desk-1");
    } finally {
      await ringing.stop();
    }
  });
});

describe("an agent's number", () => {
  const called = async (from: string, number: string, at: string) => {
    await house.phone(from).dial(number);
    await until(`${at} rings`, () => house.phone(at).state === "ringing", { timeoutMs: 30_000 });
    const peer = house.phone(at).peer;
    await house.phone(from).hangUp();
    await idle(at);
    return peer;
  };
  const seat = (endpoint: string, agent: Agent) =>
    until(
      `${agent.fullName} sits at ${endpoint}`,
      async () =>
        (await house.console("database show perch-seat")).includes(`/${endpoint} `) &&
        (await house.console(`database get perch-seat ${endpoint}`)).includes(`${agent.id}|`),
    );

  const move = (api: Api, { id }: Telephone) =>
    fetch(`${house.address}/api/v1/session/telephone`, {
      method: "PUT",
      headers: { authorization: `Bearer ${api.token}`, "content-type": "application/json" },
      body: JSON.stringify({ telephoneId: id }),
    }).then(({ status }) => expect(status).toBe(200));

  it("rings where he sits, also after he has moved, and shows who calls", async () => {
    const api = await house.logIn("anna", desks[0] as Telephone);
    await house.logIn("bruno", desks[1] as Telephone);
    await seat("desk-1", anna);
    await seat("desk-2", bruno);
    expect(await called("desk-2", "201", "desk-1")).toEqual({ number: "202", name: "Bruno Conti" });
    await move(api, desks[2] as Telephone);
    await seat("desk-3", anna);
    expect(await called("desk-2", "201", "desk-3")).toEqual({ number: "202", name: "Bruno Conti" });
  });

  it("goes where his account says while he sits nowhere", async () => {
    await house.logIn("bruno", desks[1] as Telephone);
    await seat("desk-2", bruno);
    const before = house.phone("desk-1").events.length;
    await house.phone("desk-1").dial("201");
    const closed = await until(
      "it is over",
      () =>
        house
          .phone("desk-1")
          .events.slice(before)
          .find(({ type }) => type === "CALL_CLOSED"),
      SPOKEN,
    );
    expect(closed.detail).toContain("486");
    await house.admin.patch(`/agents/${anna.id}`, { whenAway: "number", awayNumber: "202" });
    await called("desk-1", "201", "desk-2");
    await house.admin.patch(`/agents/${anna.id}`, { whenAway: "busy", awayNumber: null });
  });

  it("rings him with Perch stopped, and a star code apologises then", async () => {
    await house.logIn("anna", desks[0] as Telephone);
    await seat("desk-1", anna);
    await house.stopPerch();
    await called("desk-3", "201", "desk-1");
    await dial("desk-3", "*12");
    await house.startPerch();
    expect(await sessionOf("anna")).not.toBeNull();
  });
});

it("leaves books that balance", () => booksBalance(house.admin));
