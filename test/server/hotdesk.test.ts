import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import type { Agent, Choices, Queue, Session, Telephone } from "../../contract/views.ts";
import { buildServer, PASSWORD, type TestServer } from "../build.ts";
import type { Client } from "../client.ts";
import { openLine, untilTrue } from "../live-line.ts";
import { until } from "../until.ts";

let server: TestServer;
let queues: Queue[];
let desks: Telephone[];
let anna: Agent;
let luca: Agent;
let as: { anna: Client; luca: Client; sara: Client };

const makeAgent = (username: string, fullName: string, over: object = {}) =>
  server.admin.post<Agent>("/agents", {
    username,
    fullName,
    password: PASSWORD,
    typology: "external",
    hotdesk: true,
    queues: queues.map(({ id }) => id),
    ...over,
  });
const makeDesk = (n: number, over: object = {}) =>
  server.admin.post<Telephone>("/telephones", {
    username: `desk${n}`,
    fullName: `Desk ${n}`,
    password: `secret-of-desk${n}`,
    place: "Floor 1",
    ...over,
  });
const desk = (n: number): Telephone => {
  const found = desks[n];
  if (found === undefined) throw new Error(`no desk ${n}`);
  return found;
};
const choices = (api: Client) => api.get<Choices>("/telephones/choices");
const stateOf = async (api: Client, telephone: Telephone) =>
  (await choices(api)).telephones.find(({ id }) => id === telephone.id);
const members = () =>
  server.fake.members().map(({ queue, endpoint, agentName, paused }) => ({ queue, endpoint, agentName, paused }));
const queueOf = (n: number) => `q${queues[n]?.id}`;
beforeAll(async () => {
  server = await buildServer();
  queues = [];
  for (const name of ["support", "sales"]) queues.push(await server.admin.post<Queue>("/queues", { name }));
  desks = [];
  for (let n = 0; n < 4; n += 1) desks.push(await makeDesk(n));
  anna = await makeAgent("anna", "Anna Rossi");
  luca = await makeAgent("luca", "Luca Neri");
  await server.admin.post("/users", { username: "sara", fullName: "Sara Bo", password: PASSWORD, role: "supervisor" });
  await server.admin.post("/pauses", { name: "Lunch" });
  as = { anna: await server.signIn("anna"), luca: await server.signIn("luca"), sara: await server.signIn("sara") };
});
afterAll(() => server.stop());
beforeEach(async () => {
  await until("the link is up", () => server.fake.linked);
  for (const agent of [anna, luca]) await as.sara.post(`/supervision/agents/${agent.id}/log-out`, undefined);
  for (const { username } of desks.slice(0, 3)) server.fake.setContact(username, true);
  await until(
    "the desks are registered",
    async () => (await choices(as.sara)).telephones.filter(({ registered }) => registered).length === 3,
  );
  expect(members()).toEqual([]);
});

describe("a login", () => {
  it("adds the telephone to every queue, paused, under the agent's name, and then releases it", async () => {
    const from = server.fake.actions.length;
    const session = await as.anna.post<Session>("/session", { telephoneId: desk(0).id });
    expect(session).toMatchObject({
      agentId: anna.id,
      state: "ready",
      causes: [],
      telephone: { id: desk(0).id, registered: true },
    });
    expect(members()).toEqual(
      [0, 1].map((n) => ({ queue: queueOf(n), endpoint: "desk0", agentName: "Anna Rossi", paused: false })),
    );
    const acts = server.fake.actions.slice(from).filter(({ Action }) => Action?.startsWith("Queue"));
    expect(acts.map(({ Action, Paused }) => `${Action} ${Paused}`)).toEqual([
      "QueueAdd true",
      "QueueAdd true",
      "QueuePause false",
    ]);
    expect(await as.anna.get<Session>("/session")).toEqual(session);
  });

  it("is undone when Asterisk refuses one of the queues, and says why", async () => {
    server.fake.refuse("QueueAdd", "Unable to add interface to queue: No such queue");
    expect(await as.anna.refused("POST", "/session", { telephoneId: desk(0).id })).toMatchObject({
      status: 502,
      code: "telephony.refused",
      why: "Unable to add interface to queue: No such queue",
    });
    expect(members()).toEqual([]);
    expect((await as.anna.refused("GET", "/session")).code).toBe("session.none");
    expect(await stateOf(as.luca, desk(0))).toMatchObject({ state: "free", selectable: true });
  });

  it("is refused while Asterisk is away, and works when it is back", async () => {
    server.fake.dropLink(true);
    await until(
      "the link is down",
      async () => (await as.anna.get<{ asterisk: string }>("/health")).asterisk === "down",
    );
    expect(await as.anna.refused("POST", "/session", { telephoneId: desk(0).id })).toMatchObject({
      code: "telephony.unavailable",
    });
    server.fake.accept();
    await until("the link is up", async () => (await as.anna.get<{ asterisk: string }>("/health")).asterisk === "up", {
      timeoutMs: 15_000,
    });
    await as.anna.post("/session", { telephoneId: desk(0).id });
    expect(members()).toHaveLength(2);
  });

  it("on a held telephone says who holds it and since when", async () => {
    const { startedAt } = await as.anna.post<Session>("/session", { telephoneId: desk(0).id });
    expect(await as.luca.refused("POST", "/session", { telephoneId: desk(0).id })).toMatchObject({
      status: 409,
      code: "telephone.held",
      title: expect.stringMatching(/^Desk 0 is busy: held by Anna Rossi since \d\d:\d\d\.$/),
      heldBy: { id: anna.id, name: "Anna Rossi", since: startedAt },
    });
  });

  it("needs a choice with hotdesk, and happens once", async () => {
    expect((await as.anna.refused("POST", "/session", {})).code).toBe("telephone.required");
    await as.anna.post("/session", { telephoneId: desk(0).id });
    expect((await as.anna.refused("POST", "/session", { telephoneId: desk(1).id })).code).toBe("session.already-open");
    expect((await as.sara.refused("POST", "/session", { telephoneId: desk(1).id })).code).toBe("session.not-an-agent");
  });
});

describe("the list to choose from", () => {
  it("has every telephone with its state and its reason", async () => {
    const off = await makeDesk(8, { enabled: false });
    const own = await makeDesk(9, { ownerAgentId: luca.id });
    await as.anna.post("/session", { telephoneId: desk(0).id });
    const list = await choices(as.luca);
    expect(list.noneRegistered).toBe(false);
    const seen = Object.fromEntries(
      list.telephones.map(({ name, state, selectable }) => [name, `${state} ${selectable}`]),
    );
    expect(seen).toEqual({
      "Desk 0": "in-use false",
      "Desk 1": "free true",
      "Desk 2": "free true",
      "Desk 3": "not-registered false",
      "Desk 8": "disabled false",
      "Desk 9": "not-registered false",
    });
    expect(await stateOf(as.luca, desk(0))).toMatchObject({ heldBy: { id: anna.id, name: "Anna Rossi" } });
    expect((await choices(as.anna)).telephones.map(({ name }) => name)).not.toContain("Desk 9");
    await server.admin.remove(`/telephones/${off.id}`);
    await server.admin.remove(`/telephones/${own.id}`);
  });

  it("offers all when none is registered, and takes a held one over when that was confirmed", async () => {
    await as.anna.post("/session", { telephoneId: desk(0).id });
    for (const { username } of desks) server.fake.setContact(username, false);
    await until("none is registered", async () => (await choices(as.luca)).noneRegistered);
    expect(
      (await choices(as.luca)).telephones.map(({ selectable, needsConfirmation }) => [selectable, needsConfirmation]),
    ).toEqual([
      [true, true],
      [true, false],
      [true, false],
      [true, false],
    ]);
    expect(await as.luca.refused("POST", "/session", { telephoneId: desk(0).id })).toMatchObject({
      code: "telephone.held",
      needsConfirmation: true,
    });
    await as.luca.post("/session", { telephoneId: desk(0).id, confirmTakeover: true });
    expect((await as.anna.refused("GET", "/session")).code).toBe("session.none");
    expect(members().map(({ agentName, paused }) => `${agentName} ${paused}`)).toEqual([
      "Luca Neri false",
      "Luca Neri false",
    ]);
    const [old] = await server.db
      .selectFrom("leases")
      .where("agent_id", "=", anna.id)
      .orderBy("id", "desc")
      .selectAll()
      .execute();
    expect(old?.end_reason).toBe("taken-over");
  });
});

it("the list is sent with the headers of every answer", async () => {
  const { headers, type } = await as.luca.ask("GET", "/telephones/choices");
  expect(type).toBe("application/json; charset=utf-8");
  expect(headers.get("x-content-type-options")).toBe("nosniff");
});

describe("during a session", () => {
  beforeEach(async () => {
    await as.anna.post("/session", { telephoneId: desk(0).id });
  });

  it("a pause is said when Asterisk has taken it", async () => {
    expect(await as.anna.post<Session>("/session/pause", { reason: "Lunch" })).toMatchObject({
      state: "paused",
      causes: [{ cause: "break", reason: "Lunch" }],
    });
    expect(server.fake.members().map(({ paused, reason }) => [paused, reason])).toEqual([
      [true, "Lunch"],
      [true, "Lunch"],
    ]);
    await as.anna.remove("/session/pause");
    expect(members().every(({ paused }) => !paused)).toBe(true);
    expect((await as.anna.refused("POST", "/session/pause", { reason: "Golf" })).code).toBe("pause.unknown-reason");
  });

  it("a move takes the places along and frees the old telephone", async () => {
    await as.anna.post("/session/pause", { reason: "Lunch" });
    await as.anna.put("/session/telephone", { telephoneId: desk(1).id });
    expect(members().map(({ endpoint, paused }) => `${endpoint} ${paused}`)).toEqual(["desk1 true", "desk1 true"]);
    expect(await stateOf(as.luca, desk(0))).toMatchObject({ state: "free" });
    expect(await stateOf(as.luca, desk(1))).toMatchObject({ state: "in-use" });
  });

  it("a move that Asterisk refuses leaves the agent where he was", async () => {
    server.fake.refuse("QueueAdd", "no");
    expect(await as.anna.refused("PUT", "/session/telephone", { telephoneId: desk(1).id })).toMatchObject({
      code: "telephony.refused",
    });
    expect(await as.anna.get<Session>("/session")).toMatchObject({ telephone: { id: desk(0).id } });
    expect(members().map(({ endpoint, paused }) => `${endpoint} ${paused}`)).toEqual(["desk0 false", "desk0 false"]);
    expect(await stateOf(as.luca, desk(1))).toMatchObject({ state: "free" });
  });

  it("nobody moves or logs out during a call; a supervisor's release waits for its end", async () => {
    const leg = server.fake.dial({ from: "desk0", exten: "0555" });
    await until("the telephone is on a call", () => server.house.services.registration.onCall("desk0"));
    expect((await as.anna.refused("PUT", "/session/telephone", { telephoneId: desk(1).id })).code).toBe(
      "telephone.on-call",
    );
    expect((await as.anna.refused("DELETE", "/session")).code).toBe("telephone.on-call");
    expect(await as.sara.post(`/supervision/telephones/${desk(0).id}/release`, undefined)).toEqual({
      outcome: "when-call-ends",
    });
    expect(members().every(({ paused }) => paused)).toBe(true);
    server.fake.hangUp(leg);
    await until("the telephone is free", async () => (await stateOf(as.luca, desk(0)))?.state === "free");
    expect(members()).toEqual([]);
  });

  it("supervision is not for agents", async () => {
    expect((await as.luca.refused("POST", `/supervision/telephones/${desk(0).id}/release`)).code).toBe("not-permitted");
  });

  it("members that Asterisk has lost or made up are put right, paused ones stay paused", async () => {
    await as.anna.post("/session/pause", { reason: "Lunch" });
    await as.luca.post("/session", { telephoneId: desk(1).id });
    const stranger = { queue: queueOf(0), endpoint: "desk2", agentName: "Nobody", paused: false, reason: "" };
    server.fake.setMembers([stranger]);
    server.fake.restart();
    await until(
      "the members are back",
      () => members().length === 4 && !members().some(({ endpoint }) => endpoint === "desk2"),
      { timeoutMs: 15_000 },
    );
    await until("and as they were", () => members().every(({ endpoint, paused }) => paused === (endpoint === "desk0")));
    expect(server.fake.members().find(({ endpoint }) => endpoint === "desk0")?.reason).toBe("Lunch");
  });

  it("switching the telephone off ends it", async () => {
    await server.admin.patch(`/telephones/${desk(0).id}`, { enabled: false });
    await until(
      "the session is over",
      async () => (await as.anna.refused("GET", "/session").catch(() => null))?.code === "session.none",
    );
    await until("the members are gone", () => members().length === 0);
    await server.admin.patch(`/telephones/${desk(0).id}`, { enabled: true });
  });
});

describe("the live line", () => {
  it("shows after every command what a fresh snapshot shows", async () => {
    const lines = {
      anna: await openLine(server.url, as.anna.token),
      luca: await openLine(server.url, as.luca.token),
      sara: await openLine(server.url, as.sara.token),
    };
    const allTrue = async () => {
      for (const who of ["anna", "luca", "sara"] as const) await untilTrue(lines[who], server.url, as[who].token);
    };
    expect(lines.anna.state.choices).not.toBeNull();
    await as.anna.post("/session", { telephoneId: desk(0).id });
    await allTrue();
    expect(lines.anna.state).toMatchObject({ session: { state: "ready" }, choices: null });
    expect(lines.luca.state.choices?.telephones[0]).toMatchObject({ state: "in-use", heldBy: { name: "Anna Rossi" } });
    await as.anna.post("/session/pause", { reason: "Lunch" });
    await allTrue();
    await as.anna.remove("/session/pause");
    await allTrue();
    await as.anna.put("/session/telephone", { telephoneId: desk(1).id });
    await allTrue();
    server.fake.setContact("desk1", false);
    await until("the light goes out", () => lines.anna.state.session?.telephone.registered === false);
    await allTrue();
    for (const { username } of desks) server.fake.setContact(username, false);
    await until("the rule for all changes", () => lines.luca.state.choices?.noneRegistered === true);
    await allTrue();
    await as.luca.post("/session", { telephoneId: desk(1).id, confirmTakeover: true });
    await until("the old holder is told", () => lines.anna.state.session === null);
    await allTrue();
    const extra = await makeDesk(7);
    await allTrue();
    await server.admin.patch(`/telephones/${extra.id}`, { fullName: "Reception" });
    await allTrue();
    await server.admin.remove(`/telephones/${extra.id}`);
    await allTrue();
    await as.sara.post(`/supervision/agents/${luca.id}/log-out`, undefined);
    await until("the agent is told", () => lines.luca.state.session === null);
    await allTrue();
    expect(Object.values(lines).flatMap(({ gaps }) => gaps)).toEqual([]);
    for (const line of Object.values(lines)) line.close();
  });

  it("tells of the link", async () => {
    const line = await openLine(server.url, as.luca.token);
    server.fake.dropLink(true);
    await until("it is down", () => line.state.telephony === "down");
    server.fake.accept();
    await until("it is up", () => line.state.telephony === "up", { timeoutMs: 15_000 });
    line.close();
  });

  it("is closed by signing out, and refused to strangers and to pages of other sites", async () => {
    const api = await server.signIn("luca");
    const line = await openLine(server.url, api.token);
    await api.post("/sign-out", undefined);
    await until("it is closed", () => line.closed === 4401);
    expect((await openLine(server.url, api.token)).closed).toBe(4401);
    expect(await upgradeFrom("https://elsewhere.example")).toBe(403);
    expect(await upgradeFrom(server.url)).toBe(101);
  });

  it("is closed with its own code when the server stops", async () => {
    const other = await buildServer();
    const line = await openLine(other.url, other.admin.token);
    await other.stop();
    await until("the line is closed", () => line.closed === 4503);
  });
});

/** The status of an upgrade as a page of that origin would ask for it, with the cookie that goes along. */
function upgradeFrom(origin: string): Promise<number> {
  const socket = new WebSocket(`${server.url.replace("http", "ws")}/api/v1/live`, {
    origin,
    headers: { cookie: `perch=${as.luca.token}` },
  });
  return new Promise((resolve) => {
    socket.on("error", () => {});
    socket.on("unexpected-response", (_request, answer) => resolve(answer.statusCode ?? 0));
    socket.on("open", () => {
      socket.close();
      resolve(101);
    });
  });
}
