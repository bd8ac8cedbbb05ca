import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Agent, Alarm, Session, Telephone } from "../../contract/views.ts";
import { buildServer, type TestServer } from "../build.ts";
import type { Client } from "../client.ts";
import { fakeVoiceCall } from "../fakes/fake-voice-call.ts";
import { until } from "../until.ts";

let server: TestServer;
let anna: Agent;
let bruno: Agent;
let desks: Telephone[];
let as: { anna: Client; bruno: Client };

const desk = (n: number): Telephone => desks[n] ?? expect.unreachable();
const call = (telephone: Telephone, dialled: string, ...keys: string[]) =>
  fakeVoiceCall(server.home, telephone.username, dialled, keys);
const session = (api: Client) =>
  api.ask<Session>("GET", "/session").then(({ status, body }) => (status === 200 ? body : null));
const seats = () =>
  Object.fromEntries(
    [...server.fake.database]
      .filter(([key]) => key.startsWith("/perch-seat/"))
      .map(([key, value]) => [key.slice(12), value]),
  );

beforeAll(async () => {
  server = await buildServer();
  anna = await server.make.agent({ fullName: "Anna Rossi", internal: "201", pin: "4711", callerId: "+39055201" });
  bruno = await server.make.agent({ fullName: "Bruno Conti", internal: "202", pin: "4712" });
  desks = [];
  for (let n = 0; n < 3; n += 1) desks.push(await server.make.telephone({ fullName: `Desk ${n}` }));
  for (const { username } of desks) server.fake.setContact(username, true);
  await until("the desks are registered", () =>
    desks.every(({ username }) => server.house.services.registration.registered(username)),
  );
  await server.admin.post("/pauses", { name: "Lunch", digit: 2 });
  as = { anna: await server.signIn(anna.username), bruno: await server.signIn(bruno.username) };
});
afterAll(() => server.stop());
beforeEach(async () => {
  for (const { id } of [anna, bruno]) await server.admin.post(`/supervision/agents/${id}/log-out`, undefined);
  await until("nobody sits anywhere", () => Object.keys(seats()).length === 0);
});

describe("*11", () => {
  it("logs in by number and PIN", async () => {
    expect(await call(desk(0), "*11", "201", "4711")).toEqual({
      heard: ["agent-user", "agent-pass", "agent-loginok"],
      done: true,
    });
    expect(await session(as.anna)).toMatchObject({ telephone: { id: desk(0).id }, state: "ready" });
  });

  it("says the same to an unknown number as to a wrong PIN", async () => {
    const heard = ["agent-user", "agent-pass", "agent-incorrect", "vm-goodbye"];
    expect((await call(desk(0), "*11", "201", "1111")).heard).toEqual(heard);
    expect((await call(desk(0), "*11", "29999", "1111")).heard).toEqual(heard);
  });

  it("locks a number that has an agent, and one that has none, after three wrong PINs", async () => {
    const wrong = ["1111", "0000", "2222", "0000", "3333"];
    for (const number of ["202", "28888"]) {
      const keys = wrong.map((each) => (each === "0000" ? number : each));
      expect((await call(desk(0), `*11${number}`, ...keys)).heard.slice(-2)).toEqual([
        "vm-incorrect",
        "please-try-call-later",
      ]);
    }
    expect((await call(desk(0), "*11202", "4712")).heard).toEqual([
      "agent-pass",
      "vm-incorrect",
      "please-try-call-later",
    ]);
    expect((await server.admin.get<Agent>(`/agents/${bruno.id}`)).pinLockedUntil).not.toBeNull();
    const audit = await server.db.selectFrom("audit").selectAll().where("action", "=", "pin.lock").execute();
    expect(audit.map(({ subject }) => subject)).toEqual([`agent ${bruno.id}`, "number 28888"]);
    const { rows: alarms } = await server.admin.get<{ rows: Alarm[] }>("/supervision/alarms");
    expect(alarms.map(({ words }) => words)).toEqual([
      `Too many wrong PINs for Bruno Conti on the telephone ${desk(0).username}: the number 202 is locked for 15 minutes.`,
    ]);
    // As a word: the time of a line has thirteen digits of its own.
    expect(server.logged()).not.toMatch(/\b3333\b/);
    expect((await as.anna.refused("POST", `/agents/${bruno.id}/unlock-pin`)).code).toBe("not-permitted");
    // A new PIN is known to nobody who guessed.
    const changed = await server.admin.patch<Agent>(`/agents/${bruno.id}`, { pin: "4712" });
    expect(changed.pinLockedUntil).toBeNull();
    expect((await call(desk(0), "*11202", "4712")).heard.at(-1)).toBe("agent-loginok");
  });

  it("is refused by the rules of every login, by voice", async () => {
    await as.anna.post("/session", { telephoneId: desk(0).id });
    expect((await call(desk(0), "*11202", "4712")).heard).toEqual([
      "agent-pass",
      "vm-theperson",
      "digits/2",
      "digits/0",
      "digits/1",
      "vm-isonphone",
    ]);
    expect((await call(desk(1), "*11201", "4711")).heard).toEqual(["agent-pass", "agent-alreadyon", "vm-goodbye"]);
    const own = await server.make.telephone({ ownerAgentId: anna.id });
    expect((await call(own, "*11202", "4712")).heard).toEqual(["agent-pass", "feature-not-avail-line"]);
    expect(await session(as.bruno)).toBeNull();
  });
});

describe("of the agent who sits there", () => {
  it("*10 pauses, *13 makes ready, *12 logs out", async () => {
    await as.anna.post("/session", { telephoneId: desk(0).id });
    expect((await call(desk(0), "*10", "7", "2")).heard).toEqual([
      "beep",
      "pm-invalid-option",
      "do-not-disturb",
      "activated",
    ]);
    expect(await session(as.anna)).toMatchObject({ state: "paused", causes: [{ cause: "break", reason: "Lunch" }] });
    expect((await call(desk(0), "*13")).heard).toEqual(["do-not-disturb", "de-activated"]);
    expect((await session(as.anna))?.state).toBe("ready");
    expect((await call(desk(0), "*12")).heard).toEqual(["agent-loggedoff"]);
    expect(await session(as.anna)).toBeNull();
    expect((await call(desk(0), "*13")).heard).toEqual(["agent-loggedoff"]);
  });

  it("the telephone that dials a code is on no call", async () => {
    await as.anna.post("/session", { telephoneId: desk(0).id });
    const channelId = server.fake.dial({ from: desk(0).username, exten: "*102" });
    expect((await call(desk(0), "*102")).done).toBe(true);
    expect(await session(as.anna)).toMatchObject({ state: "paused", pendingBreak: null });
    await as.anna.remove("/session");
    server.fake.hangUp(channelId);
  });

  it("is not put out of a call that goes on beside", async () => {
    await as.anna.post("/session", { telephoneId: desk(0).id });
    const channelId = server.fake.dial({ from: desk(0).username, exten: "4002" });
    await until("she is on a call", () => server.house.services.registration.onCall(desk(0).username));
    expect((await call(desk(0), "*12")).heard).toEqual(["feature-not-avail-line"]);
    server.fake.hangUp(channelId);
    await until("it is over", () => !server.house.services.registration.onCall(desk(0).username));
  });
});

describe("who sits where", () => {
  it("is told to the telephone system at login, move, change of the agent, and logout", async () => {
    await as.anna.post("/session", { telephoneId: desk(0).id });
    const value = `${anna.id}|201|+39055201||Anna Rossi`;
    await until("she sits at the first", () => seats()[desk(0).username] === value);
    await as.anna.put("/session/telephone", { telephoneId: desk(1).id });
    await until(
      "she sits at the second alone",
      () => JSON.stringify(seats()) === JSON.stringify({ [desk(1).username]: value }),
    );
    expect(server.fake.database.get("/perch-number/201")).toBe(desk(1).username);
    await server.admin.patch(`/agents/${anna.id}`, { language: "fr" });
    await until("her language is known", () => seats()[desk(1).username] === `${anna.id}|201|+39055201|fr|Anna Rossi`);
    await server.admin.patch(`/agents/${anna.id}`, { language: null });
    await as.anna.remove("/session");
    await until("nobody sits anywhere", () => Object.keys(seats()).length === 0);
  });

  it("is put right after the telephone system was away", async () => {
    await as.anna.post("/session", { telephoneId: desk(0).id });
    await until("she sits there", () => seats()[desk(0).username] !== undefined);
    server.fake.dropLink(true);
    await until("the link is down", () => !server.fake.linked);
    (server.fake.database as Map<string, string>).clear();
    (server.fake.database as Map<string, string>).set(`/perch-seat/${desk(2).username}`, "999|209|||Nobody");
    server.fake.accept();
    await until(
      "only she sits there",
      () => Object.keys(seats()).join() === desk(0).username && (seats()[desk(0).username] ?? "").includes("Anna"),
      { timeoutMs: 20_000 },
    );
  });
});

describe("emergency numbers", () => {
  it("are nobody's internal number, whichever comes first", async () => {
    expect(await server.admin.refused("PATCH", `/agents/${anna.id}`, { internal: "112" })).toMatchObject({
      code: "staff.internal-taken",
      field: "internal",
    });
    expect(await server.admin.refused("PATCH", "/settings", { emergencyNumbers: ["112", "202"] })).toMatchObject({
      code: "staff.internal-taken",
      field: "emergencyNumbers",
      title: "202 is the internal number of the agent Bruno Conti.",
    });
  });
});

describe("where calls to an agent go", () => {
  it("needs a number that is not his own", async () => {
    const refused = (body: object) => server.admin.refused("PATCH", `/agents/${anna.id}`, body);
    expect(await refused({ whenAway: "number" })).toMatchObject({ code: "request.invalid", field: "awayNumber" });
    expect(await refused({ whenAway: "number", awayNumber: "201" })).toMatchObject({ field: "awayNumber" });
  });
});
