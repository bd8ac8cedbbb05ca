import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type CallHouse, callHouse, instantOf, recordedReads } from "../../test/call-house.ts";
import { takeBatch } from "./journal-batch.ts";
import { createMissedCallService, type MissedCallService } from "./missed-call-service.ts";

let house: CallHouse;
let service: MissedCallService;
const LONG_AGO = new Date("2020-01-01");
const LATER = new Date("2100-01-01");

beforeAll(async () => {
  house = await callHouse();
  service = createMissedCallService({
    db: house.db,
    contactOf: async (number) => ({ id: 7, name: `Contact of ${number}`, company: null }),
  });
});
afterAll(() => house?.end());
beforeEach(() => house.clear());

/** Anna at desk 11 and Ben at desk 12 all the time, unless she left before it rang. */
async function heard(recording: string, annaUntil: Date | null = null): Promise<void> {
  const { anna, ben, desk11, desk12 } = house.staff;
  await house.sit(anna, desk11, LONG_AGO, annaUntil);
  await house.sit(ben, desk12, LONG_AGO, null);
  await takeBatch(house.deps, atDesk11(recording));
}
/** Some recordings are of a house whose telephones were named desk1 and desk2. */
const atDesk11 = (recording: string) =>
  recordedReads(recording).map((line) => ({
    ...line,
    text: line.text.replaceAll(/PJSIP\/desk([12])-/g, "PJSIP/desk1$1-"),
  }));
const missedBy = async (agentId: number, from = LONG_AGO) => (await service.missed(agentId, from)).rows;

test("shows a ring that nobody answered, with who called, for which queue and how long it rang", async () => {
  await heard("queue-first-phone-unanswered");
  const [missed, ...others] = await missedBy(house.staff.anna);
  expect(missed).toMatchObject({ queue: { name: "support" }, contact: { name: `Contact of ${missed?.number}` } });
  expect(missed?.rangS).toBeGreaterThan(0);
  expect(others).toEqual([]);
});

test("counts no call as missed that he took", async () => {
  await heard("queue-first-phone-unanswered");
  expect(await missedBy(house.staff.ben)).toEqual([]);
});

test("counts no call as missed that a colleague answered while it rang at both", async () => {
  await heard("queue-ringall-one-answers");
  expect(await missedBy(house.staff.anna)).toEqual([]);
  expect(await missedBy(house.staff.ben)).toEqual([]);
});

test("shows a caller who hung up while it rang", async () => {
  await heard("queue-caller-hangs-up-while-ringing");
  expect(await missedBy(house.staff.anna)).toHaveLength(1);
});

test("does not blame him for what rang before he sat there, and begins where it is asked to", async () => {
  const recording = "queue-first-phone-unanswered";
  await heard(recording, instantOf(recordedReads(recording)[0]));
  expect(await missedBy(house.staff.anna)).toEqual([]);
  await house.clear();
  await heard(recording);
  expect(await missedBy(house.staff.anna, LATER)).toEqual([]);
});

test("does not count his own number that he asked to dial and did not pick up", async () => {
  await heard("click-to-dial-not-picked-up");
  expect(await missedBy(house.staff.anna)).toEqual([]);
});
