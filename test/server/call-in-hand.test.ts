import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { Destination, Leg, Queue } from "../../contract/views.ts";
import { buildServer, type TestServer } from "../build.ts";
import type { Client } from "../client.ts";
import { until } from "../until.ts";

let server: TestServer;
let anna: Client;
let carla: Client;
let sales: Queue;
let annas: { id: number; username: string };

beforeAll(async () => {
  server = await buildServer();
  sales = await server.admin.post<Queue>("/queues", {
    name: "Sales",
    strategy: "ringall",
    ringSeconds: 10,
    wrapUpSeconds: 0,
  });
  annas = await server.make.telephone({ internal: "4001", fullName: "Desk 1" });
  const other = await server.make.telephone({ internal: "4002", fullName: "Desk 2" });
  for (const { username } of [annas, other]) server.fake.setContact(username, true);
  await until("the telephones are registered", () =>
    [annas, other].every(({ username }) => server.house.services.registration.registered(username)),
  );
  anna = await server.signIn((await server.make.agent({ internal: "2001" })).username);
  await anna.post("/session", { telephoneId: annas.id });
  carla = await server.signIn((await server.make.agent({ internal: "2003", fullName: "Carla Neri" })).username);
});
afterAll(() => server.stop());
beforeEach(async () => {
  for (const { legId } of await legs()) server.fake.hangUp(legId);
  await until("no call goes on", async () => (await legs()).length === 0);
});

const legs = async () => (await anna.get<{ rows: Leg[] }>("/calls/current")).rows;
async function ringing(): Promise<Leg> {
  server.fake.ring({ endpoint: annas.username, queueId: sales.id, number: "0551234", name: "Maria" });
  return await until("her telephone rings", async () => (await legs())[0]);
}
async function talking(): Promise<Leg> {
  const { legId } = await ringing();
  server.fake.answer(legId);
  return await until("she talks", async () => (await legs()).find(({ state }) => state === "talking"));
}
const asked = (name: string) => server.fake.actions.filter(({ Action }) => Action === name).length;

it.each(["hold", "resume", "transfer/complete", "transfer/cancel"])(
  "refuses to %s a call of somebody else, or none",
  async (act) => {
    const { legId } = await talking();
    expect(await carla.refused("POST", `/calls/${legId}/${act}`)).toMatchObject({ code: "call.unknown" });
    expect(await anna.refused("POST", `/calls/test-1.1/${act}`)).toMatchObject({ code: "call.unknown", status: 404 });
  },
);

it("refuses what a ringing call cannot", async () => {
  const { legId } = await ringing();
  expect(await anna.refused("POST", `/calls/${legId}/hold`)).toMatchObject({ code: "call.not-connected" });
});

it.each([
  ["nobody's number", "4999", "blind", "call.no-route"],
  ["her own telephone", "4001", "blind", "destination.yourself"],
  ["her own number", "2001", "attended", "destination.yourself"],
  ["somebody who sits nowhere", "2003", "blind", "destination.away"],
  ["a queue that is to be asked", "sales", "attended", "destination.not-to-ask"],
])("refuses to transfer to %s, and asks Asterisk for nothing", async (_what, to, kind, code) => {
  const { legId } = await talking();
  const before = asked("BlindTransfer") + asked("Redirect");
  expect(await anna.refused("POST", `/calls/${legId}/transfer`, { to, kind })).toMatchObject({ status: 409, code });
  expect(asked("BlindTransfer") + asked("Redirect")).toBe(before);
});

it.each(["", "a\nAction: Logoff"])("takes no transfer to %j", async (to) => {
  const { legId } = await talking();
  expect(await anna.refused("POST", `/calls/${legId}/transfer`, { to, kind: "blind" })).toMatchObject({ status: 400 });
});

it("refuses to end an asking that nobody began", async () => {
  const { legId } = await talking();
  for (const act of ["complete", "cancel"]) {
    expect(await anna.refused("POST", `/calls/${legId}/transfer/${act}`)).toMatchObject({ code: "call.not-asking" });
  }
});

it("says in words that nobody is at the other end", async () => {
  const { legId } = await talking();
  expect(await anna.refused("POST", `/calls/${legId}/hold`)).toMatchObject({
    code: "call.not-connected",
    title: "Nobody is on the line: the other party is not there yet, or has gone.",
  });
});

it("finds whom a call can go to, and who is free", async () => {
  const of = async (q: string) => (await anna.get<{ rows: Destination[] }>(`/calls/destinations?q=${q}`)).rows;
  expect(await of("desk")).toMatchObject([{ to: "4002", name: "Desk 2", kind: "telephone", state: "free" }]);
  expect(await of("neri")).toMatchObject([{ to: "2003", kind: "agent", state: "away" }]);
  expect(await of("SALE")).toMatchObject([{ to: "Sales", kind: "queue" }]);
  expect(await of("100%25")).toEqual([]);
});
