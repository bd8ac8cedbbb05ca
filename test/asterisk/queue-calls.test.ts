import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import type { Member } from "../../server/telephony.ts";
import { type Floor, SALES, SALES_NUMBER, SERVICE, startFloor } from "../rig/floor.ts";
import { until } from "../until.ts";

let floor: Floor;
const anna = (endpoint: string, queueId = SALES): Member => ({
  queueId,
  endpoint,
  agentName: "Anna Rossi",
  paused: true,
  pauseReason: "login",
});

beforeAll(async () => {
  floor = await startFloor();
});
beforeEach(() => {
  floor.events.length = 0;
});
afterEach(async () => {
  await floor.clear();
  for (const member of (await floor.telephony.readState()).members) {
    await floor.telephony.removeMember(member.queueId, member.endpoint);
  }
});
afterAll(() => floor.stop());

const ready = async (endpoint: string) => {
  expect(await floor.telephony.addMember(anna(endpoint))).toEqual({ ok: true });
  expect(await floor.telephony.setPaused(endpoint, false, null)).toEqual({ ok: true });
};

it("does not ring a member while he is paused, and rings him when he is not", async () => {
  const phone = await floor.phone("desk1");
  await floor.telephony.addMember(anna("desk1"));
  await floor.caller(SALES_NUMBER);
  const joined = await floor.event("queue.joined");
  expect(joined.waiting).toMatchObject({
    queueId: SALES,
    caller: { number: "0171555", name: "Carla Customer" },
  });
  const state = await floor.telephony.readState();
  expect(state.waiting).toMatchObject([{ queueId: SALES, channelId: joined.waiting.channelId }]);
  expect(state.legs).toEqual([]);
  const released = new Date();
  await floor.telephony.setPaused("desk1", false, null);
  const rang = await floor.event("leg.started");
  expect(rang.leg.at.getTime()).toBeGreaterThanOrEqual(released.getTime() - 5);
  expect(phone.events.filter((event) => event.type === "CALL_INCOMING").every(({ at }) => at >= released)).toBe(true);
});

it("follows a queue call that the caller ends", async () => {
  const phone = await floor.phone("desk1");
  await ready("desk1");
  const caller = await floor.caller(SALES_NUMBER);
  const { waiting } = await floor.event("queue.joined");
  const { leg } = await floor.event("leg.started");
  expect(leg).toMatchObject({
    endpoint: "desk1",
    direction: "to-telephone",
    other: { number: "0171555", name: "Carla Customer" },
    queueId: SALES,
    outside: true,
    linkedId: waiting.channelId,
  });
  await until("it rings", () => phone.state === "ringing");
  await phone.accept();
  await floor.event("leg.answered", ({ channelId }) => channelId === leg.channelId);
  await floor.event("queue.left", ({ channelId }) => channelId === waiting.channelId);
  const { legs } = await floor.telephony.readState();
  expect(legs).toMatchObject([{ channelId: leg.channelId, queueId: SALES, held: false, answeredAt: expect.any(Date) }]);
  caller.hangUp();
  await floor.event("leg.ended", ({ channelId }) => channelId === leg.channelId);
  await until("the telephone is free", () => phone.state === "idle");
});

it("follows a queue call that the agent ends, with a hold in it", async () => {
  const phone = await floor.phone("desk1");
  await ready("desk1");
  const caller = await floor.caller(SALES_NUMBER);
  await until("it rings", () => phone.state === "ringing");
  await phone.accept();
  await until("they talk", () => phone.state === "talking");
  await phone.hold();
  const held = await floor.event("leg.held", (event) => event.held);
  expect((await floor.telephony.readState()).legs).toMatchObject([{ held: true }]);
  await phone.resume();
  await floor.event("leg.held", (event) => !event.held && event.channelId === held.channelId);
  await phone.hangUp();
  await floor.event("leg.ended", ({ channelId }) => channelId === held.channelId);
  await until("the caller is told", () => caller.has("their-bye"));
});

it("ends the ring when the caller gives up", async () => {
  const phone = await floor.phone("desk1");
  await ready("desk1");
  const caller = await floor.caller(SALES_NUMBER);
  await until("it rings", () => phone.state === "ringing");
  caller.hangUp();
  const { channelId } = await floor.event("leg.ended");
  await floor.event("queue.left");
  expect(floor.events.some((event) => event.type === "leg.answered" && event.channelId === channelId)).toBe(false);
  await until("the telephone is still", () => phone.state === "idle");
});

it("rings again when nobody answers in time", async () => {
  await floor.phone("desk1");
  await ready("desk1");
  await floor.caller(SALES_NUMBER);
  const first = await floor.event("leg.started");
  await floor.event("leg.ended", ({ channelId }) => channelId === first.leg.channelId);
  const second = await floor.event("leg.started", ({ leg }) => leg.channelId !== first.leg.channelId);
  expect(second.leg).toMatchObject({ endpoint: "desk1", queueId: SALES });
});

it("does not ring a member whose telephone is not registered", async () => {
  await ready("desk2");
  const phone = await floor.phone("desk1");
  await ready("desk1");
  await floor.caller(SALES_NUMBER);
  await until("the registered one rings", () => phone.state === "ringing");
  const { legs } = await floor.telephony.readState();
  expect(legs.map((leg) => leg.endpoint)).toEqual(["desk1"]);
});

it("adds, pauses and removes members, twice if asked twice", async () => {
  const { telephony } = floor;
  expect(await telephony.addMember(anna("desk1"))).toEqual({ ok: true });
  expect(await telephony.addMember(anna("desk1", SERVICE))).toEqual({ ok: true });
  expect(await telephony.addMember({ ...anna("desk1"), agentName: "Bruno; Conti" })).toEqual({ ok: true });
  expect(await telephony.setPaused("desk1", true, "Lunch")).toEqual({ ok: true });
  const { members } = await telephony.readState();
  expect(members.map((each) => [each.queueId, each.agentName, each.paused, each.pauseReason]).sort()).toEqual([
    [SALES, "Bruno; Conti", true, "Lunch"],
    [SERVICE, "Anna Rossi", true, "Lunch"],
  ]);
  expect(await telephony.removeMember(SALES, "desk1")).toEqual({ ok: true });
  expect(await telephony.removeMember(SALES, "desk1")).toEqual({ ok: true });
  expect(await telephony.removeMember(77, "desk1")).toEqual({ ok: true });
  expect(await telephony.setPaused("desk9", true, null)).toEqual({ ok: true });
  expect(await telephony.addMember(anna("desk1", 77))).toMatchObject({ ok: false, why: expect.any(String) });
  expect(await telephony.addMember({ ...anna("desk1"), agentName: "A\r\nAction: Logoff" })).toMatchObject({
    ok: false,
  });
});
