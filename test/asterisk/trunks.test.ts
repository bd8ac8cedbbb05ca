import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { type Floor, SALES_NUMBER, startFloor } from "../rig/floor.ts";
import { freePort } from "../rig/free-port.ts";
import { until } from "../until.ts";

let floor: Floor;

beforeAll(async () => {
  floor = await startFloor();
});
beforeEach(() => {
  floor.events.length = 0;
});
afterEach(() => floor.clear());
afterAll(() => floor.stop());

it("carries an outbound call, without the digit that leads outside", async () => {
  const callee = await floor.callee({ answerAfterMs: 100 });
  const phone = await floor.phone("desk1");
  await phone.dial("0171777");
  const { leg } = await floor.event("leg.started");
  expect(leg).toMatchObject({ direction: "from-telephone", other: { number: "0171777" } });
  await floor.event("leg.answered", ({ channelId }) => channelId === leg.channelId);
  await until("it was answered there", () => callee.has("answered"));
  expect((await floor.telephony.readState()).legs).toMatchObject([{ channelId: leg.channelId, outside: true }]);
  await phone.hangUp();
  await until("it was told", () => callee.has("their-bye"));
  await until("the journal has the route", () => floor.rig.journal().includes("PERCH_ROUTE"));
  expect(floor.rig.journal()).toContain("trunk~1|City");
  expect(floor.rig.journal()).toContain("PJSIP/171777@trunk~1,60");
});

it.each(["0171777&PJSIP%2Fdesk2", "0171777,60,m", "0171777%22", "0171777)"])(
  "dials nothing that is no number: %s",
  async (number) => {
    const phone = await floor.phone("desk1");
    const second = await floor.phone("desk2");
    await phone.dial(number);
    const closed = await until("the call is over", () => phone.events.find((event) => event.type === "CALL_CLOSED"));
    expect(closed.detail).toMatch(/^484/);
    expect(second.events.map(({ type }) => type)).not.toContain("CALL_INCOMING");
  },
);

it("tells the telephone that the other side is busy", async () => {
  await floor.callee({ refuseWith: 486 });
  const phone = await floor.phone("desk1");
  await phone.dial("0171777");
  const closed = await until("the call is over", () => phone.events.find((event) => event.type === "CALL_CLOSED"));
  expect(closed.detail).toMatch(/486/);
});

it("lets nobody in who is neither a telephone nor at a trunk's address", async () => {
  const caller = await floor.caller(SALES_NUMBER, { port: await freePort() });
  await until("he is refused", () => caller.has("refused 401"));
  expect(floor.events).toEqual([]);
});

it("lets nobody in for bearing a trunk's name", async () => {
  const caller = await floor.caller(SALES_NUMBER, { port: await freePort(), from: { number: "trunk~1" } });
  await until("he is refused", () => caller.has("refused 401"));
});

it("asks a caller who bears a telephone's name for its password", async () => {
  const caller = await floor.caller("1001", { from: { number: "desk1" } });
  await until("he is refused", () => caller.has("refused 401"));
});

it("does not let a caller from outside reach anything but inbound numbers", async () => {
  const caller = await floor.caller("0171777");
  await until("he is refused", () => caller.has("refused 404"));
});
