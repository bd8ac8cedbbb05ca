import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Ami } from "../../server/asterisk/ami.ts";
import { createAsteriskTelephony } from "../../server/asterisk/asterisk-telephony.ts";
import { EMPTY_CONFIG } from "../../server/asterisk/render/render.ts";
import { systemClock } from "../../server/clock.ts";
import { openLog } from "../../server/log.ts";
import type { Telephony, TelephonyEvent } from "../../server/telephony.ts";
import { type FakeAsterisk, startFakeAsterisk } from "../fakes/fake-asterisk.ts";
import { fakeInstance } from "../fakes/fake-instance.ts";
import { until } from "../until.ts";

const log = openLog({ level: "silent" });
const member = { queueId: 1, endpoint: "desk1", agentName: "Anna", paused: true, pauseReason: "login" };
const queue = { queueId: 1, name: "Sales", strategy: "ringall", ringSeconds: 15, maxWaitSeconds: 60 };
let fake: FakeAsterisk;
let home: string;
let telephony: Telephony;
let events: TelephonyEvent[];

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), "perch-telephony-"));
  fake = await startFakeAsterisk();
  events = [];
  telephony = createAsteriskTelephony({ instance: fakeInstance(fake, home), clock: systemClock, log });
  await telephony.start((event) => events.push(event));
  await until("the link is up", () => telephony.status === "up");
});
afterEach(async () => {
  await telephony.stop();
  await fake.stop();
  rmSync(home, { recursive: true, force: true });
});

const seen = (type: TelephonyEvent["type"]) =>
  until(`the event ${type}`, () => events.find((event) => event.type === type));

it("hears telephones and rings from the fake as from the real one", async () => {
  fake.setContact("desk1", true);
  expect(await seen("contact.changed")).toMatchObject({ contact: { endpoint: "desk1", registered: true } });
  const ring = fake.ring({ endpoint: "desk1", queueId: 1, number: "0171555", name: "Carla" });
  expect(await seen("leg.started")).toMatchObject({
    leg: { channelId: ring.channelId, endpoint: "desk1", queueId: 1, other: { number: "0171555", name: "Carla" } },
  });
  fake.answer(ring.channelId);
  await seen("leg.answered");
  await seen("queue.left");
  fake.hold(ring.channelId, true);
  await seen("leg.held");
  expect((await telephony.readState()).legs).toMatchObject([{ channelId: ring.channelId, held: true }]);
  fake.hangUp(ring.channelId);
  await seen("leg.ended");
});

it("passes Asterisk's no on in its words", async () => {
  fake.refuse("QueueAdd", "Unable to add interface to queue: No such queue");
  expect(await telephony.addMember(member)).toEqual({
    ok: false,
    why: "Unable to add interface to queue: No such queue",
  });
  expect(await telephony.addMember(member)).toEqual({ ok: true });
  expect(fake.members()).toMatchObject([{ queue: "q1", endpoint: "desk1", paused: true, reason: "login" }]);
});

it("answers gone for what was under way when the link broke, and comes back", async () => {
  fake.ignore("QueueAdd");
  const answer = telephony.addMember(member);
  await until("it was asked", () => fake.actions.some((action) => action.Action === "QueueAdd"));
  fake.dropLink(true);
  expect(await answer).toMatchObject({ ok: false, gone: true });
  expect(await telephony.addMember(member)).toMatchObject({ ok: false, gone: true });
  expect(await telephony.configure(EMPTY_CONFIG)).toMatchObject({ ok: false, gone: true });
  await expect(telephony.readState()).rejects.toThrow("cannot be read");
  fake.accept();
  await until("the link is up again", () => telephony.status === "up");
  expect(events.map((event) => event.type)).toEqual(["link.up", "link.down", "link.up"]);
  expect(await telephony.addMember(member)).toEqual({ ok: true });
});

it("reads no half a state", async () => {
  fake.refuse("QueueStatus", "Permission denied");
  await expect(telephony.readState()).rejects.toThrow("Permission denied");
});

it("reloads once for a burst of configurations, and not at all for the same again", async () => {
  const reloads = () => fake.actions.filter((action) => action.Action === "Reload").map((action) => action.Module);
  await telephony.configure({ ...EMPTY_CONFIG, queues: [queue] });
  expect(reloads()).toEqual(["features", "res_pjsip.so", "res_musiconhold.so", "app_queue.so", "pbx_config.so"]);
  const burst = Array.from({ length: 20 }, (_, index) =>
    telephony.configure({ ...EMPTY_CONFIG, queues: [{ ...queue, ringSeconds: 5 + index }] }),
  );
  expect(new Set((await Promise.all(burst)).map((answer) => answer.ok))).toEqual(new Set([true]));
  expect(reloads().slice(5)).toEqual(["app_queue.so"]);
  await telephony.configure({ ...EMPTY_CONFIG, queues: [{ ...queue, ringSeconds: 24 }] });
  expect(reloads()).toHaveLength(6);
});

it("reloads what a refused reload left out, at the next configuration", async () => {
  await telephony.configure(EMPTY_CONFIG);
  fake.refuse("Reload", "Module failed to reload");
  const config = { ...EMPTY_CONFIG, queues: [queue] };
  expect(await telephony.configure(config)).toMatchObject({ ok: false, why: expect.stringContaining("app_queue.so") });
  expect(await telephony.configure(config)).toEqual({ ok: true });
});

it("tries again with a wrong secret, and never counts as up", async () => {
  const downs: string[] = [];
  const ami = new Ami({
    ...{ host: "127.0.0.1", port: fake.port, username: "perch", secret: "wrong" },
    ...{ clock: systemClock, log, onEvent: () => {}, onUp: () => downs.push("up"), onDown: () => {} },
  });
  ami.start();
  expect(await ami.action("Ping")).toMatchObject({ ok: false, gone: true });
  expect(downs).toEqual([]);
  ami.stop();
});

it("notices a peer that has fallen silent", async () => {
  const told: string[] = [];
  const ami = new Ami({
    ...{ host: "127.0.0.1", port: fake.port, username: "perch", secret: fake.secret, silenceMs: 50 },
    ...{ clock: systemClock, log, onEvent: () => {}, onUp: () => told.push("up"), onDown: () => told.push("down") },
  });
  ami.start();
  await until("the second link is up", () => ami.up);
  fake.ignore("Ping", 1000);
  await until("the silence is noticed", () => told.includes("down"));
  ami.stop();
});

it("gives up on an action that is never answered", async () => {
  const ami = new Ami({
    ...{ host: "127.0.0.1", port: fake.port, username: "perch", secret: fake.secret, actionTimeoutMs: 30 },
    ...{ clock: systemClock, log, onEvent: () => {}, onUp: () => {}, onDown: () => {} },
  });
  ami.start();
  await until("the second link is up", () => ami.up);
  fake.ignore("QueueStatus");
  expect(await ami.list("QueueStatus")).toMatchObject({ ok: false, gone: true });
  expect(await ami.list("QueueStatus")).toEqual({ ok: true, items: [] });
  ami.stop();
});
