import { afterAll, beforeAll, expect, it } from "vitest";
import type { Page } from "../../contract/page.ts";
import type { Agent, Leg, Queue, ReportCallRow, Session, Telephone } from "../../contract/views.ts";
import type { Api } from "../../demo/api.ts";
import { type HouseRig, startHouse } from "../rig/house-rig.ts";
import { until } from "../until.ts";

const NUMBER = "+390550001001";

let house: HouseRig;
let support: Queue;
let anna: Agent;
let desk: Telephone;
let api: Api;

beforeAll(async () => {
  house = await startHouse();
  support = await house.queue("Support", NUMBER);
  anna = await house.agent("anna", "Anna Rossi", [support]);
  await house.agent("bruno", "Bruno Gatti", [support]);
  await house.admin.post("/pauses", { name: "Coffee" });
  desk = await house.telephone("desk-1");
  api = await house.logIn("anna", desk);
});
afterAll(() => house.stop());

it("counts a call once that began with Perch running and ended while it was stopped", async () => {
  const phone = house.phone("desk-1");
  const first = await house.caller(NUMBER);
  await until("the desk rings", () => phone.state === "ringing", { timeoutMs: 10_000 });
  await phone.accept();
  await until("they talk", () => phone.state === "talking" && first.has("answered"));
  await house.stopPerch();
  expect(phone.state).toBe("talking");
  first.hangUp();
  await first.done;

  // Nobody watches: a second call is rung, answered and ended by Asterisk and the telephone alone.
  const second = await house.caller(NUMBER);
  await until("the desk rings without Perch", () => phone.state === "ringing", { timeoutMs: 15_000 });
  await phone.accept();
  await until("they talk", () => phone.state === "talking" && second.has("answered"));
  second.hangUp();
  await second.done;

  await house.startPerch();
  api = await house.signIn("anna");
  expect(await api.get<Session>("/session")).toMatchObject({ agentId: anna.id, telephone: { id: desk.id } });
  const rows = await house.rows(2);
  expect(rows).toHaveLength(2);
  for (const row of rows) {
    expect(row).toMatchObject({ disposition: "ANSWERED", userId: desk.id, seatedAgentId: anna.id, endedBy: "caller" });
  }
  expect(new Set(rows.map((row) => row.id)).size).toBe(2);
});

it("shows a call that went on while Perch was away as going on when it is back", async () => {
  const phone = house.phone("desk-1");
  const caller = await house.caller(NUMBER);
  await until("the desk rings", () => phone.state === "ringing", { timeoutMs: 15_000 });
  await phone.accept();
  await until("they talk", () => phone.state === "talking" && caller.has("answered"));
  await house.stopPerch();
  await house.startPerch();
  api = await house.signIn("anna");
  const leg = await until("the leg is found again", async () => (await api.get<Page<Leg>>("/calls/current")).rows[0]);
  expect(leg).toMatchObject({ state: "talking", telephoneId: desk.id });
  caller.hangUp();
  await caller.done;
  await until("it is over", async () =>
    (await api.get<Page<Leg>>("/calls/current")).rows.every((one) => one.state === "ended"),
  );
  expect(await house.rows(3)).toHaveLength(3);
});

it("has members, pauses and registrations true again after Asterisk was killed in the middle of a call", async () => {
  let phone = house.phone("desk-1");
  const other = await house.telephone("desk-2");
  const bruno = await house.logIn("bruno", other);
  await bruno.post("/session/pause", { reason: "Coffee" });
  const caller = await house.caller(NUMBER);
  await until("the desk rings", () => phone.state === "ringing", { timeoutMs: 15_000 });
  await phone.accept();
  await until("they talk", () => phone.state === "talking");
  await house.killAsterisk();
  await caller.stop();
  phone = await house.replug("desk-1");
  await house.replug("desk-2");
  await until(
    "both telephones are registered",
    async () => (await house.admin.get<Page<Telephone>>("/telephones")).rows.every((one) => one.registered),
    { timeoutMs: 20_000 },
  );
  const shown = await until(
    "Asterisk has both members",
    async () => {
      const text = await house.console("queue show");
      return text.includes("PJSIP/desk-1") && text.includes("PJSIP/desk-2") ? text : null;
    },
    { timeoutMs: 15_000 },
  );
  const line = (name: string) => shown.split("\n").find((one) => one.includes(name)) ?? "";
  expect(line("PJSIP/desk-1")).not.toMatch(/\(paused/);
  expect(line("PJSIP/desk-2")).toMatch(/\(paused/);
  expect(await bruno.get<Session>("/session")).toMatchObject({
    state: "paused",
    causes: [{ cause: "break", reason: "Coffee" }],
  });
  const rows = await house.rows(4);
  expect(rows[0]).toMatchObject({ disposition: "ANSWERED", userId: desk.id, endedBy: "system" });

  const again = await house.caller(NUMBER);
  await until("the ready desk rings again", () => phone.state === "ringing", { timeoutMs: 20_000 });
  expect(house.phone("desk-2").state).toBe("idle");
  await phone.accept();
  await until("they talk", () => phone.state === "talking");
  again.hangUp();
  await again.done;
  expect((await house.rows(5))[0]).toMatchObject({ disposition: "ANSWERED" } satisfies Partial<ReportCallRow>);
});
