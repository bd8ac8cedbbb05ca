import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import type { LegOutcome, Member } from "../../server/telephony.ts";
import { type Floor, SALES, SALES_NUMBER, startFloor } from "../rig/floor.ts";
import { until } from "../until.ts";

let floor: Floor;
const member = (endpoint: string): Member => ({
  queueId: SALES,
  endpoint,
  agentName: "Anna Rossi",
  paused: false,
  pauseReason: null,
});

beforeAll(async () => {
  floor = await startFloor();
});
beforeEach(() => {
  floor.events.length = 0;
});
afterEach(async () => {
  await floor.clear();
  for (const { queueId, endpoint } of (await floor.telephony.readState()).members) {
    await floor.telephony.removeMember(queueId, endpoint);
  }
});
afterAll(() => floor.stop());

/** What became of the first leg to that telephone. */
const outcome = async (endpoint: string): Promise<LegOutcome | undefined> => {
  const { leg } = await floor.event("leg.started", (event) => event.leg.endpoint === endpoint);
  const ended = await floor.event("leg.ended", ({ channelId }) => channelId === leg.channelId);
  return ended.outcome;
};

it("a ring that nobody answers is unanswered", async () => {
  const phone = await floor.phone("desk1");
  await floor.telephony.addMember(member("desk1"));
  await floor.caller(SALES_NUMBER);
  await until("it rings", () => phone.state === "ringing");
  expect(await outcome("desk1")).toBe("unanswered");
});

it("one that is answered is answered", async () => {
  const phone = await floor.phone("desk1");
  await floor.telephony.addMember(member("desk1"));
  await floor.caller(SALES_NUMBER);
  await until("it rings", () => phone.state === "ringing");
  await phone.accept();
  await floor.event("leg.answered");
  await phone.hangUp();
  expect(await outcome("desk1")).toBe("answered");
});

it("one that is turned down is refused", async () => {
  const phone = await floor.phone("desk1");
  await floor.telephony.addMember(member("desk1"));
  await floor.caller(SALES_NUMBER);
  await until("it rings", () => phone.state === "ringing");
  await phone.hangUp();
  expect(await outcome("desk1")).toBe("refused");
});

it("one that another telephone of the queue was faster for is taken back", async () => {
  const [one, two] = [await floor.phone("desk1"), await floor.phone("desk2")];
  await floor.telephony.addMember(member("desk1"));
  await floor.telephony.addMember(member("desk2"));
  await floor.caller(SALES_NUMBER);
  await until("both ring", () => one.state === "ringing" && two.state === "ringing");
  await one.accept();
  expect(await outcome("desk2")).toBe("withdrawn");
});

it("one whose caller gave up is taken back", async () => {
  const phone = await floor.phone("desk1");
  await floor.telephony.addMember(member("desk1"));
  const caller = await floor.caller(SALES_NUMBER);
  await until("it rings", () => phone.state === "ringing");
  caller.hangUp();
  expect(await outcome("desk1")).toBe("withdrawn");
});

it("one to a telephone without a cable, still believed to be there, has failed", async () => {
  const phone = await floor.phone("desk1");
  await floor.telephony.addMember(member("desk1"));
  await phone.pullTheCable();
  await floor.caller(SALES_NUMBER);
  expect(await outcome("desk1")).toBe("failed");
});

it("an internal call whose caller hangs up is taken back", async () => {
  const [one, two] = [await floor.phone("desk1"), await floor.phone("desk2")];
  await one.dial("1002");
  await until("it rings", () => two.state === "ringing");
  await one.hangUp();
  expect(await outcome("desk2")).toBe("withdrawn");
});
