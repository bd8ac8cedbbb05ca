import { afterAll, beforeAll, expect, it } from "vitest";
import type { Agent, AgentLive, Queue, Team, Telephone } from "../../contract/views.ts";
import { buildServer, PASSWORD, type TestServer } from "../build.ts";
import type { Client } from "../client.ts";
import { type LiveLine, openLine, untilTrue } from "../live-line.ts";
import { until } from "../until.ts";

let server: TestServer;
let queue: Queue;
let team: Team;
let desk: Telephone;
let anna: Agent;
let as: { anna: Client; sara: Client };
let floor: LiveLine;
const shown = (id: number): AgentLive | undefined => floor.state.agents?.find((one) => one.id === id);

beforeAll(async () => {
  server = await buildServer();
  queue = await server.make.queue({ name: "support", wrapUpSeconds: 0 });
  team = await server.admin.post<Team>("/teams", { name: "Mornings", maxOnBreak: 2 });
  desk = await server.make.telephone({ username: "desk1", fullName: "Desk 1" });
  anna = await server.make.agent({ username: "anna", fullName: "Anna Rossi", queues: [queue.id], teamId: team.id });
  await server.admin.post("/users", { username: "sara", fullName: "Sara Bo", password: PASSWORD, role: "supervisor" });
  await server.admin.post("/pauses", { name: "Lunch" });
  as = { anna: await server.signIn("anna"), sara: await server.signIn("sara") };
  server.fake.setContact("desk1", true);
  floor = await openLine(server.url, as.sara.token);
});
afterAll(async () => {
  floor.close();
  await server.stop();
});

it("shows supervisors each agent as he is, and what they are told by events is what a fresh snapshot says", async () => {
  expect(shown(anna.id)).toEqual({
    id: anna.id,
    name: "Anna Rossi",
    internal: anna.internal,
    team: { id: team.id, name: "Mornings" },
    queues: [queue.id],
    session: null,
  });
  await until("the desk is registered", () => floor.state.choices?.telephones.some((one) => one.state === "free"));
  await as.anna.post("/session", { telephoneId: desk.id });
  await until("Anna is ready", () => shown(anna.id)?.session?.state === "ready");
  expect(shown(anna.id)?.session).toMatchObject({
    telephone: { id: desk.id, name: "Desk 1" },
    phone: { registered: true },
    causes: [],
    onCall: null,
  });
  await as.anna.post("/session/pause", { reason: "Lunch" });
  await until("Anna is at lunch", () => shown(anna.id)?.session?.causes[0]?.reason === "Lunch");
  await as.anna.ask("DELETE", "/session/pause");
  await until("Anna is back", () => shown(anna.id)?.session?.causes.length === 0);
  await untilTrue(floor, server.url, as.sara.token);
});

it("shows with whom an agent talks and since when, and counts ready from the end of the call", async () => {
  const { channelId, callerChannelId } = server.fake.ring({ endpoint: "desk1", queueId: queue.id, number: "+39021" });
  await until("it rings at Anna's", () => shown(anna.id)?.session?.onCall?.state === "ringing");
  expect(shown(anna.id)?.session?.onCall).toMatchObject({ number: "+39021", queue: "support", direction: "inbound" });
  server.fake.answer(channelId);
  await until("Anna talks", () => shown(anna.id)?.session?.onCall?.state === "talking");
  const talkedSince = shown(anna.id)?.session?.onCall?.since ?? "";
  await untilTrue(floor, server.url, as.sara.token);
  server.fake.hangUp(channelId);
  server.fake.hangUp(callerChannelId);
  await until("the call is over", () => shown(anna.id)?.session?.onCall === null);
  await until("Anna is ready", () => shown(anna.id)?.session?.state === "ready");
  expect(Date.parse(shown(anna.id)?.session?.since ?? "")).toBeGreaterThanOrEqual(Date.parse(talkedSince));
  await untilTrue(floor, server.url, as.sara.token);
});

it("shows a telephone that has gone beside a desktop that has not", async () => {
  server.fake.setContact("desk1", false);
  await until("the signal is out", () => shown(anna.id)?.session?.phone.registered === false);
  server.fake.setContact("desk1", true);
  await until("the signal is back", () => shown(anna.id)?.session?.phone.registered === true);
  await untilTrue(floor, server.url, as.sara.token);
});

it("follows the administration: names, teams, queues, who comes and who goes", async () => {
  const late = await server.make.agent({ fullName: "Aldo Late", teamId: team.id });
  await until("the new one is shown first", () => floor.state.agents?.[0]?.id === late.id);
  await server.admin.patch(`/agents/${late.id}`, { fullName: "Zeno Late", queues: [queue.id] });
  await until("he is shown last", () => floor.state.agents?.at(-1)?.name === "Zeno Late");
  await server.admin.patch(`/teams/${team.id}`, { name: "Evenings", maxOnBreak: null });
  await until("the team has its new name", () => shown(anna.id)?.team?.name === "Evenings");
  expect(await server.admin.refused("POST", "/teams", { name: "EVENINGS" })).toMatchObject({ code: "name.taken" });
  await server.admin.remove(`/teams/${team.id}`);
  await until("they are in no team", () => shown(anna.id)?.team === null && shown(late.id)?.team === null);
  expect(await server.admin.refused("PATCH", `/agents/${late.id}`, { teamId: team.id })).toMatchObject({
    code: "reference.unknown",
    field: "teamId",
  });
  await server.admin.patch(`/agents/${late.id}`, { enabled: false });
  await until("who may not sign in is gone", () => shown(late.id) === undefined);
  await server.admin.patch(`/agents/${late.id}`, { enabled: true });
  await until("he is back", () => shown(late.id) !== undefined);
  await server.admin.remove(`/agents/${late.id}`);
  await until("who was deleted is gone", () => shown(late.id) === undefined);
  await as.sara.post(`/supervision/agents/${anna.id}/log-out`, {});
  await until("Anna is logged out", () => shown(anna.id)?.session === null);
  await untilTrue(floor, server.url, as.sara.token);
});

it("is not for agents", async () => {
  const line = await openLine(server.url, as.anna.token);
  expect(line.state.agents).toBeNull();
  await as.sara.post("/contact-lists", { name: "any" });
  await server.make.agent({ fullName: "Somebody" });
  await until("the supervisor is told", () => floor.state.agents?.some(({ name }) => name === "Somebody"));
  expect(line.events.filter(({ type }) => type.startsWith("agent"))).toEqual([]);
  await untilTrue(line, server.url, as.anna.token);
  line.close();
});
