import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Page } from "../../contract/page.ts";
import type { Agent, Item, ItemCounts, ItemDetails, Queue } from "../../contract/views.ts";
import { buildServer, PASSWORD, type TestServer } from "../build.ts";
import { type Client, client } from "../client.ts";
import { type LiveLine, openLine } from "../live-line.ts";
import { until } from "../until.ts";

let server: TestServer;
let sales: Queue;
let anna: Agent;
let ben: Agent;
let clients: Record<"anna" | "ben" | "sue", Client>;
let lines: Record<"anna" | "ben" | "sue", LiveLine>;
let messages = 0;

beforeAll(async () => {
  server = await buildServer();
  await server.admin.post("/dispositions", { name: "Solved" });
  sales = await server.make.queue({ name: "Sales" });
  anna = await server.make.agent({ queues: [sales.id] });
  ben = await server.make.agent();
  await server.admin.post("/users", { fullName: "Sue", username: "sue", password: PASSWORD, role: "supervisor" });
  clients = {
    anna: await server.signIn(anna.username),
    ben: await server.signIn(ben.username),
    sue: await server.signIn("sue"),
  };
  const line = ({ token }: Client) => openLine(server.url, token);
  lines = { anna: await line(clients.anna), ben: await line(clients.ben), sue: await line(clients.sue) };
});
afterAll(async () => {
  for (const line of Object.values(lines ?? {})) line.close();
  await server.stop();
});

/** A message of a second and a half, as a caller has just left it; answers its item. */
async function leave(over: { queueId?: number | null; ownerId?: number | null } = {}): Promise<Item> {
  messages += 1;
  const folder = join(server.home, "voices", "taken");
  mkdirSync(folder, { recursive: true });
  const name = join(folder, `perch-voice-${String(messages).padStart(8, "0")}-0000-0000-0000-000000000000`);
  const caller = `05512345${String(messages).padStart(2, "0")}`;
  const facts = {
    ...{ queueId: sales.id, ownerId: null, linkedId: `n-${messages}.1`, caller, since: new Date().toISOString() },
    ...{ leastMs: 1000, kept: true },
    ...over,
  };
  writeFileSync(`${name}.wav`, Buffer.alloc(44 + 1500 * 16, 0x11));
  writeFileSync(`${name}.json`, JSON.stringify(facts));
  return until("the message is an item", async () => {
    const { rows } = await server.admin.get<Page<Item>>(`/items?number=${caller}`);
    return rows[0];
  });
}

it("is seen, heard and worked off by the agents of its queue, and does not exist for others", async () => {
  const item = await leave();
  const address = `/items/${item.id}`;
  expect(await clients.ben.refused("GET", address)).toMatchObject({ status: 404, code: "not-found" });
  for (const act of ["take", "give-back", "call", "reopen"]) {
    expect(await clients.ben.refused("POST", `${address}/${act}`, {})).toMatchObject({ status: 404 });
  }
  expect((await clients.ben.get<Page<Item>>("/items")).rows).toEqual([]);
  expect(await clients.ben.refused("GET", `${address}/audio`)).toMatchObject({ status: 404 });
  expect(await clients.anna.refused("POST", `${address}/assign`, { agentId: ben.id })).toMatchObject({ status: 403 });
  expect(await clients.anna.refused("DELETE", `${address}/audio`)).toMatchObject({ status: 403 });
  expect(await clients.sue.refused("DELETE", `${address}/audio`)).toMatchObject({ status: 403 });
  expect(await client(server.url).refused("GET", "/items")).toMatchObject({ status: 401 });

  expect(await clients.anna.post<Item>(`${address}/take`, {})).toMatchObject({ taken: { by: { id: anna.id } } });
  expect(await clients.sue.refused("POST", `${address}/take`, {})).toMatchObject({
    ...{ status: 409, code: "item.taken", by: { id: anna.id, name: anna.fullName }, since: expect.any(String) },
  });
  expect(await clients.sue.refused("POST", `${address}/assign`, { agentId: 999_999 })).toMatchObject({
    ...{ status: 400, code: "reference.unknown", field: "agentId" },
  });
  expect(await clients.sue.post<Item>(`${address}/assign`, { agentId: ben.id })).toMatchObject({
    taken: { by: { id: ben.id } },
  });
  expect(await clients.anna.refused("POST", `${address}/disposition`, { disposition: ["Solved"] })).toMatchObject({
    ...{ status: 403, code: "item.not-yours" },
  });
  await clients.ben.post(`${address}/disposition`, { disposition: ["Solved"], note: "Called him." });
  const done = await clients.anna.get<ItemDetails>(address);
  expect(done).toMatchObject({ state: "done", done: { by: { id: ben.id }, note: "Called him." } });
  expect(done.acts.map(({ act, by, words }) => [act, by?.name ?? null, words])).toEqual([
    ["made", null, ""],
    ["taken", anna.fullName, ""],
    ["assigned", "Sue", ben.fullName],
    ["disposed", ben.fullName, "Solved"],
  ]);
});

it("answers the voice as a player asks for it, and writes who heard it down once", async () => {
  const item = await leave();
  const address = `/items/${item.id}/audio`;
  const details = await clients.anna.get<ItemDetails>(`/items/${item.id}`);
  expect(details.audio).toMatchObject({ format: "wav", bytes: 44 + 1500 * 32, peaks: expect.any(Array) });
  const whole = await clients.anna.ask("GET", address);
  expect([whole.status, whole.type, whole.headers.get("accept-ranges")]).toEqual([200, "audio/wav", "bytes"]);
  const part = await clients.anna.ask("GET", address, undefined, { range: "bytes=10-19" });
  expect([part.status, part.headers.get("content-range"), part.headers.get("content-length")]).toEqual([
    ...[206, `bytes 10-19/${details.audio?.bytes}`, "10"],
  ]);
  const beyond = await clients.anna.ask("GET", address, undefined, { range: "bytes=99999999-" });
  expect([beyond.status, beyond.headers.get("content-range")]).toEqual([416, `bytes */${details.audio?.bytes}`]);
  const kept = await clients.sue.ask("GET", `${address}?download=true`);
  expect(kept.headers.get("content-disposition")).toContain(`_${item.caller}.wav`);
  const heard = await clients.anna.get<ItemDetails>(`/items/${item.id}`);
  expect(heard.sound?.heard?.by).toEqual({ id: anna.id, name: anna.fullName });
  expect(heard.acts.map(({ act }) => act)).toEqual(["made", "heard", "downloaded"]);

  const gone = await server.admin.ask<ItemDetails>("DELETE", address);
  expect(gone.body).toMatchObject({ audio: null, sound: { state: "removed" } });
  expect(await clients.anna.refused("GET", address)).toMatchObject({ status: 410, code: "recording.removed" });
  expect(await server.admin.refused("DELETE", address)).toMatchObject({ status: 409, code: "item.no-sound" });
});

it("says live how much waits, to whom it concerns alone", async () => {
  const before = { anna: lines.anna.state.items, ben: lines.ben.state.items, sue: lines.sue.state.items };
  const item = await leave();
  const counts = (who: keyof typeof lines, over: (was: ItemCounts) => Partial<ItemCounts>) =>
    until(`${who} is told`, () => {
      const { items } = lines[who].state;
      const wanted = over(before[who]);
      return Object.entries(wanted).every(([name, value]) => Reflect.get(items, name) === value) ? items : null;
    });
  const told = await counts("anna", ({ open }) => ({ open: open + 1 }));
  expect(told.revision).toBeGreaterThan(before.anna.revision);
  expect(told.queues).toEqual([{ id: sales.id, name: "Sales", open: told.open, taken: 0, since: expect.any(String) }]);
  await counts("sue", ({ open }) => ({ open: open + 1 }));
  expect(lines.ben.state.items).toEqual(before.ben);
  expect(await clients.anna.get<ItemCounts>("/items/counts")).toEqual(told);

  await clients.anna.post(`/items/${item.id}/take`, {});
  await counts("anna", ({ open, taken }) => ({ open, taken: taken + 1 }));
  await clients.sue.post(`/items/${item.id}/assign`, { agentId: ben.id });
  await counts("ben", ({ taken }) => ({ taken: taken + 1 }));
  await counts("anna", ({ taken }) => ({ taken }));

  const left = await leave({ queueId: null, ownerId: ben.id });
  await counts("ben", (was) => ({ left: was.left + 1, open: was.open + 1 }));
  const alone = await until("Sue is told", () => lines.sue.state.items.agents);
  expect(alone).toMatchObject({ open: 1, since: left.since });
  // Into the queue: from now on he sees what waits there, and his list is another one.
  const { revision } = lines.ben.state.items;
  await server.admin.patch(`/agents/${ben.id}`, { queues: [sales.id] });
  await until("Ben sees the queue", () => lines.ben.state.items.queues.some(({ id }) => id === sales.id));
  expect(lines.ben.state.items.revision).toBeGreaterThan(revision);
  expect(Object.values(lines).flatMap(({ gaps }) => gaps)).toEqual([]);
});

it("calls from the agent's telephone, and writes the attempt at the item", async () => {
  const item = await leave();
  expect(await clients.anna.refused("POST", `/items/${item.id}/call`, {})).toMatchObject({ code: "session.none" });
  expect(await clients.anna.get<Item>(`/items/${item.id}`)).toMatchObject({ state: "open", attempts: 0 });
  const telephone = await server.make.telephone();
  const { id: trunkId } = await server.admin.post<{ id: number }>("/trunks", {
    name: "Carrier",
    host: "192.0.2.1",
    match: ["192.0.2.1"],
  });
  await server.admin.post("/outbound-routes", { name: "All", pattern: "0X.", trunkId });
  server.fake.setContact(telephone.username, true);
  await until("it is registered", () => server.house.services.registration.registered(telephone.username));
  await clients.anna.post("/session", { telephoneId: telephone.id });
  const called = await clients.anna.post<Item>(`/items/${item.id}/call`, {});
  expect(called).toMatchObject({ state: "taken", taken: { by: { id: anna.id } }, attempts: 1 });
  expect(server.fake.actions.filter(({ Action }) => Action === "Originate").map(({ Exten }) => Exten)).toEqual([
    item.number,
  ]);
});

it("keeps its queue: one in which something waits is not removed", async () => {
  const queue = await server.make.queue({ name: "Short-lived" });
  const item = await leave({ queueId: queue.id });
  const refused = await server.admin.refused("DELETE", `/queues/${queue.id}`);
  expect(refused).toMatchObject({ code: "reference.in-use", title: expect.stringContaining("One item waits") });
  await server.admin.post(`/items/${item.id}/disposition`, { disposition: ["Solved"] });
  await server.admin.remove(`/queues/${queue.id}`);
  expect((await server.admin.get<Item>(`/items/${item.id}`)).queue).toEqual({ id: queue.id, name: "Short-lived" });
});

it("refuses what is no question, and walks through pages", async () => {
  for (const query of [
    ...["state=gone", "kind=fax", "queueId=0", "agentId=x", "limit=0", "limit=201", "cursor=nonsense", "from=today"],
    ...["number=%00", "other=1"],
  ]) {
    expect(await server.admin.refused("GET", `/items?${query}`)).toMatchObject({
      status: 400,
      code: "request.invalid",
    });
  }
  expect(await server.admin.refused("GET", "/items/0")).toMatchObject({ status: 400 });
  expect(await server.admin.refused("GET", "/items/999999")).toMatchObject({ status: 404 });
  const { id } = await leave();
  for (const body of [{}, { disposition: [] }, { disposition: ["a\u0000"] }, { disposition: ["Solved"], more: 1 }]) {
    expect(await server.admin.refused("POST", `/items/${id}/disposition`, body)).toMatchObject({ status: 400 });
  }
  const all = (await server.admin.get<Page<Item>>("/items")).rows.map((item) => item.id);
  const walked: number[] = [];
  let next: string | null = "";
  while (next !== null) {
    const page: Page<Item> = await server.admin.get<Page<Item>>(
      `/items?limit=2${next === "" ? "" : `&cursor=${next}`}`,
    );
    walked.push(...page.rows.map((item) => item.id));
    next = page.next;
  }
  expect(walked).toEqual(all);
  expect(all.length).toBeGreaterThan(4);
});
