import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { Trunk } from "../../contract/views.ts";
import { buildServer, type TestServer } from "../build.ts";
import type { Client } from "../client.ts";
import { until } from "../until.ts";

let server: TestServer;
let anna: Client;
const rung = () => server.fake.actions.filter(({ Action }) => Action === "Originate").map(({ Exten }) => Exten);
let before: number;

beforeAll(async () => {
  server = await buildServer();
  const agent = await server.make.agent();
  const own = await server.make.telephone({ internal: "4001" });
  await server.make.telephone({ internal: "4002" });
  await server.make.telephone({ internal: "4003", enabled: false });
  const { id: trunkId } = await server.admin.post<Trunk>("/trunks", {
    name: "Carrier",
    host: "192.0.2.1",
    port: 5060,
    match: ["192.0.2.1"],
  });
  await server.admin.post("/outbound-routes", { name: "National", pattern: "0X.", trunkId });
  server.fake.setContact(own.username, true);
  await until("the telephone is registered", () => server.house.services.registration.registered(own.username));
  anna = await server.signIn(agent.username);
  await anna.post("/session", { telephoneId: own.id });
});
afterAll(() => server.stop());
beforeEach(() => {
  before = rung().length;
});

it.each(["4002", "0551234"])("rings the agent's own telephone to dial %s", async (to) => {
  await anna.post("/calls", { to });
  expect(rung().slice(before)).toEqual([to]);
});

it.each([
  ["a number that no outbound route takes", "+390551234"],
  ["an internal number that nobody has", "4999"],
  ["the internal number of a telephone that is switched off", "4003"],
])("refuses %s before anything rings", async (_what, to) => {
  expect(await anna.refused("POST", "/calls", { to })).toMatchObject({
    status: 409,
    code: "call.no-route",
    title: `No outbound route takes ${to}.`,
  });
  expect(rung().slice(before)).toEqual([]);
});

it("knows a new route at once", async () => {
  const [trunk] = (await server.admin.get<{ rows: Trunk[] }>("/trunks")).rows;
  await server.admin.post("/outbound-routes", { name: "International", pattern: "+X.", trunkId: trunk?.id });
  await anna.post("/calls", { to: "+390551234" });
  expect(rung().slice(before)).toEqual(["+390551234"]);
});
