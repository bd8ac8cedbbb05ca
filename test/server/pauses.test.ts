import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Agent, Pause, Queue, Session, Team, Telephone } from "../../contract/views.ts";
import { buildServer, PASSWORD, type TestServer } from "../build.ts";
import type { Client } from "../client.ts";
import { type TestDatabase, testDatabase } from "../database.ts";
import { type FakeAsterisk, startFakeAsterisk } from "../fakes/fake-asterisk.ts";
import { openLine, untilTrue } from "../live-line.ts";
import { until } from "../until.ts";

let place: TestDatabase;
let fake: FakeAsterisk;
let home: string;
let server: TestServer;
let support: Queue;
let sales: Queue;
let desks: Telephone[];
let anna: Agent;
let luca: Agent;
let as: { anna: Client; luca: Client; sara: Client };
const calls = new Set<string>();

const start = async () => {
  server = await buildServer({ databaseUrl: place.url, fake, home });
};
const signIn = async () => {
  as = { anna: await server.signIn("anna"), luca: await server.signIn("luca"), sara: await server.signIn("sara") };
};
const session = () => as.anna.get<Session>("/session");
const paused = (endpoint = "desk0") =>
  fake.members().flatMap((one) => (one.endpoint === endpoint ? [one.paused ? one.reason : "ready"] : []));
const desk = (n: number) => desks[n]?.id ?? 0;
const engaged = (endpoint: string) => server.house.services.registration.engaged(endpoint);
const hangUp = (channelId: string) => {
  calls.delete(channelId);
  fake.hangUp(channelId);
};
const dial = async () => {
  const channelId = fake.dial({ from: "desk0", exten: "0555" });
  calls.add(channelId);
  await until("the telephone is on a call", () => engaged("desk0"));
  return channelId;
};

beforeAll(async () => {
  place = await testDatabase();
  fake = await startFakeAsterisk();
  home = mkdtempSync(join(tmpdir(), "perch-pauses-"));
  await start();
  support = await server.make.queue({ name: "Support", wrapUpSeconds: 600 });
  sales = await server.make.queue({ name: "Sales" });
  desks = [];
  for (const username of ["desk0", "desk1"]) desks.push(await server.make.telephone({ username }));
  const team = await server.admin.post<Team>("/teams", { name: "First line", maxOnBreak: 1 });
  const agent = (username: string, fullName: string) =>
    server.make.agent({ username, fullName, queues: [support.id], teamId: team.id });
  anna = await agent("anna", "Anna Rossi");
  luca = await agent("luca", "Luca Neri");
  await server.admin.post("/users", { username: "sara", fullName: "Sara Bo", password: PASSWORD, role: "supervisor" });
  await server.admin.post("/pauses", { name: "Coffee" });
  await signIn();
});
afterAll(async () => {
  await server.stop();
  await fake.stop();
  await place.drop();
  rmSync(home, { recursive: true, force: true });
});
beforeEach(async () => {
  for (const username of ["desk0", "desk1"]) fake.setContact(username, true);
  await until("the desks are registered", () =>
    ["desk0", "desk1"].every((endpoint) => server.house.services.registration.registered(endpoint)),
  );
  await as.anna.post("/session", { telephoneId: desk(0) });
});
afterEach(async () => {
  for (const channelId of calls) hangUp(channelId);
  await until("nobody is on a call", () => !engaged("desk0") && !engaged("desk1"));
  for (const { id } of [anna, luca]) await as.sara.post(`/supervision/agents/${id}/log-out`, undefined);
  await until("nobody is in a queue", () => fake.members().length === 0);
});

describe("the reasons of breaks", () => {
  it("have a length, which can be set, changed and taken away", async () => {
    const made = await server.admin.post<Pause>("/pauses", { name: "Lunch", maxMinutes: 30 });
    expect(made).toMatchObject({ name: "Lunch", maxMinutes: 30 });
    const longer = await server.admin.patch<Pause>(`/pauses/${made.id}`, { maxMinutes: 45 });
    expect(longer).toEqual({ ...made, maxMinutes: 45 });
    await as.anna.post("/session/pause", { reason: "Lunch" });
    const [cause] = (await session()).causes;
    expect(Date.parse(cause?.dueAt ?? "") - Date.parse(cause?.since ?? "")).toBe(45 * 60_000);
    await server.admin.patch(`/pauses/${made.id}`, { maxMinutes: null });
    await as.anna.post("/session/pause", { reason: "Coffee" });
    await as.anna.post("/session/pause", { reason: "Lunch" });
    expect((await session()).causes).toMatchObject([{ reason: "Lunch", dueAt: null }]);
    await server.admin.refused("PATCH", `/pauses/${made.id}`, { maxMinutes: 0 });
  });
});

describe("a break asked for during a call", () => {
  it("is shown as waiting, lets nothing ring, and begins when the call ends", async () => {
    const line = await openLine(server.url, as.anna.token);
    const call = await dial();
    expect(await as.anna.post<Session>("/session/pause", { reason: "coffee" })).toMatchObject({
      state: "ready",
      causes: [],
      pendingBreak: { reason: "Coffee" },
    });
    expect(paused()).toEqual(["Coffee"]);
    await untilTrue(line, server.url, as.anna.token);
    hangUp(call);
    await until("the desktop shows the break", () => line.state.session?.causes[0]?.cause === "break");
    expect(line.state.session).toMatchObject({ state: "paused", pendingBreak: null });
    expect(paused()).toEqual(["Coffee"]);
    line.close();
  });

  it("is taken back by Ready", async () => {
    await dial();
    await as.anna.post("/session/pause", { reason: "Coffee" });
    await as.anna.remove("/session/pause");
    expect((await session()).pendingBreak).toBeNull();
    expect(paused()).toEqual(["ready"]);
  });

  it("survives a restart of Perch, during which the call ends", async () => {
    const call = await dial();
    await as.anna.post("/session/pause", { reason: "Coffee" });
    await server.stop();
    hangUp(call);
    await start();
    await signIn();
    const now = await until("the break has begun", async () => {
      const { pendingBreak, causes } = await session();
      return pendingBreak === null ? causes : null;
    });
    expect(now).toMatchObject([{ cause: "break", reason: "Coffee" }]);
    expect(paused()).toEqual(["Coffee"]);
  });
});

describe("a pause", () => {
  it("keeps its reason through a restart of Perch and one of Asterisk's", async () => {
    await as.anna.post("/session/pause", { reason: "Coffee" });
    await server.stop();
    fake.setMembers(fake.members().map((member) => ({ ...member, paused: false, reason: "" })));
    await start();
    await signIn();
    await until("the member is paused again", () => paused().join() === "Coffee");
    fake.setMembers([]);
    fake.restart();
    await until("the member is back, paused", () => paused().join() === "Coffee");
    expect(await session()).toMatchObject({ causes: [{ cause: "break", reason: "Coffee" }] });
  });

  it("holds for a queue that the agent is put into meanwhile", async () => {
    await as.anna.post("/session/pause", { reason: "Coffee" });
    const from = fake.actions.length;
    await server.admin.patch(`/agents/${anna.id}`, { queues: [support.id, sales.id] });
    await until("the member is in both queues", () => paused().length === 2);
    expect(paused()).toEqual(["Coffee", "Coffee"]);
    const acts = fake.actions.slice(from).filter(({ Action }) => Action === "QueueAdd" || Action === "QueuePause");
    expect(acts.every(({ Paused }) => Paused === "true")).toBe(true);
    await server.admin.patch(`/agents/${anna.id}`, { queues: [support.id] });
    await until("the member is in one queue", () => paused().length === 1);
  });

  it("is refused where the team has no place left, and says who is on break", async () => {
    await as.luca.post("/session", { telephoneId: desk(1) });
    const asked = await Promise.all(
      [as.anna, as.luca].map((who) => who.ask("POST", "/session/pause", { reason: "Coffee" })),
    );
    expect(asked.map(({ status }) => status).sort()).toEqual([200, 409]);
    const [first, second] = asked[0]?.status === 200 ? [anna, as.luca] : [luca, as.anna];
    expect(await second.refused("POST", "/session/pause", { reason: "Coffee" })).toMatchObject({
      code: "pause.team-full",
      title: expect.stringContaining(`First line has no place left on break (one at a time): ${first.fullName} since`),
      most: 1,
      onBreak: [{ id: first.id, name: first.fullName }],
    });
  });
});

describe("a wrap-up", () => {
  it("begins at the hang-up, is made longer once, and outlasts a restart", async () => {
    expect((await as.anna.refused("POST", "/session/wrap-up/extend")).code).toBe("wrap-up.none");
    await server.admin.patch(`/queues/${support.id}`, { wrapUpSeconds: 300 });
    const { channelId } = fake.ring({ endpoint: "desk0", queueId: support.id, number: "0551" });
    fake.answer(channelId);
    await until("they talk", () => server.house.services.registration.onCall("desk0"));
    fake.hangUp(channelId);
    const before = await until("wrap-up begins", async () => {
      const now = await session();
      return now.causes[0]?.cause === "wrap-up" ? now : null;
    });
    expect(before).toMatchObject({ wrapUpExtendable: true, causes: [{ reason: null }] });
    const after = await as.anna.post<Session>("/session/wrap-up/extend", undefined);
    const due = (one: Session) => Date.parse(one.causes[0]?.dueAt ?? "");
    expect(due(after) - due(before)).toBe(60_000);
    expect(after.wrapUpExtendable).toBe(false);
    await server.stop();
    await start();
    await signIn();
    expect(await session()).toMatchObject({ wrapUpExtendable: false, causes: after.causes });
    expect((await as.anna.refused("POST", "/session/wrap-up/extend")).code).toBe("wrap-up.extended");
    await as.anna.remove("/session/wrap-up");
    expect((await session()).state).toBe("ready");
  });
});

describe("a supervisor's pause", () => {
  it("is shown with his name and words, and the agent cannot end it", async () => {
    const path = `/supervision/agents/${anna.id}/pause`;
    const line = await openLine(server.url, as.anna.token);
    await as.sara.post<Session>(path, { reason: "Come to my desk" });
    await until("the desktop shows it", () => line.state.session?.causes[0]?.cause === "supervisor");
    expect(line.state.session?.causes).toMatchObject([
      { cause: "supervisor", reason: "Come to my desk", by: { name: "Sara Bo" }, dueAt: null },
    ]);
    expect(paused()).toEqual(["supervisor"]);
    expect(await as.anna.refused("DELETE", "/session/pause")).toMatchObject({
      code: "pause.not-yours",
      title: "Sara Bo paused you: “Come to my desk”. Only a supervisor can end that.",
    });
    await as.sara.remove(path);
    await until("the desktop shows that he is ready", () => line.state.session?.state === "ready");
    expect(paused()).toEqual(["ready"]);
    line.close();
  });

  it("is not for agents, and not for who is not logged in", async () => {
    expect((await as.luca.refused("POST", `/supervision/agents/${anna.id}/pause`, {})).code).toBe("not-permitted");
    expect((await as.luca.refused("DELETE", `/supervision/agents/${anna.id}/pause`)).code).toBe("not-permitted");
    expect((await as.sara.refused("POST", `/supervision/agents/${luca.id}/pause`, {})).code).toBe("session.none");
  });
});

describe("where agents begin paused", () => {
  it("a login waits for Ready", async () => {
    await server.admin.patch("/settings", { startPaused: true });
    const made = await as.luca.post<Session>("/session", { telephoneId: desk(1) });
    expect(made).toMatchObject({ state: "paused", causes: [{ cause: "login-in-pause", reason: null, dueAt: null }] });
    expect(paused("desk1")).toEqual(["login-in-pause"]);
    await as.luca.remove("/session/pause");
    expect(await as.luca.get<Session>("/session")).toMatchObject({ state: "ready" });
    expect(paused("desk1")).toEqual(["ready"]);
    await server.admin.patch("/settings", { startPaused: false });
  });
});
