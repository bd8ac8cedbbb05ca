import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { Delivery, DeliveryBody } from "../../contract/views.ts";
import { type ReportHouse, reportHouse } from "../../test/report-house.ts";
import { type Mailbox, startMailbox } from "../../test/rig/mailbox.ts";
import { until } from "../../test/until.ts";
import { memoryHub } from "../hub.ts";
import { openLog } from "../log.ts";
import { createMailService } from "../mail/mail-service.ts";
import { Refusal } from "../refusal.ts";
import { createChangeService } from "../staff/change-service.ts";
import { openSecretBox } from "../staff/secret-box.ts";
import { createDeliveryService, type DeliveryService } from "./delivery-service.ts";

let house: ReportHouse;
let mailbox: Mailbox;
let deliveries: DeliveryService;
const home = mkdtempSync(join(tmpdir(), "perch-deliveries-"));
const alarms: { words: string; times: number }[] = [];
const BODY: DeliveryBody = {
  ...{ report: "calls", asked: { groupBy: "day" }, period: "yesterday", format: "xlsx", rhythm: "daily", hour: 6 },
  ...{
    weekday: 1,
    monthDay: 1,
    recipients: ["boss@house.example", "shift@house.example"],
    subject: "Calls",
    enabled: true,
  },
};

beforeAll(async () => {
  mailbox = await startMailbox();
  house = await reportHouse(new Date("2026-03-02T08:00:00Z"));
  const { db, clock, calendar, staff } = house;
  const call = await house.call(new Date("2026-03-02T09:00:00Z"));
  await house.row(call, { at: new Date("2026-03-02T09:00:00Z"), talkS: 90, user: staff.desk11, seated: staff.anna });
  const log = openLog({ level: "silent" });
  const hub = memoryHub(() => {});
  const changes = createChangeService({ db, clock, hub, telephonyConfig: { inForce: async () => {} } });
  const mail = createMailService({ db, changes, secrets: openSecretBox(home) });
  await mail.change(house.boss, {
    ...{ host: "127.0.0.1", port: mailbox.port, security: "none", sender: "perch@house.example", username: null },
    password: null,
  });
  const { reports } = house;
  deliveries = createDeliveryService({
    ...{ db, clock, log, changes, send: mail.send },
    settings: { current: () => ({ ...calendar, houseName: "Perch" }) },
    sources: {
      known: reports.known,
      titleOf: (_actor, name) => (reports.known(name) ? "All calls" : null),
      answer: reports.answer,
      file: reports.file,
    },
    alarm: async (alarm) => void alarms.push(alarm),
  });
  deliveries.start();
});
afterAll(async () => {
  await deliveries?.stop();
  await mailbox?.stop();
  await house?.end();
  rmSync(home, { recursive: true, force: true });
});
beforeEach(() => {
  mailbox.letters.length = 0;
  alarms.length = 0;
});

const read = async (id: number) => (await deliveries.list()).rows.find((one) => one.id === id);
async function create(over: Partial<DeliveryBody> = {}): Promise<Delivery> {
  const made = await deliveries.create(house.boss, { ...BODY, ...over });
  if (made instanceof Refusal) throw new Error(made.title);
  return made;
}
/** Lets the clock reach an instant, once what goes on is done. */
async function reach(instant: string): Promise<void> {
  await deliveries.settled();
  house.clock.advance(Date.parse(instant) - house.clock.now().getTime());
  await deliveries.settled();
}
const attempted = (id: number, times: number) =>
  until(`attempt ${times} is written down`, async () => (await read(id))?.attempts.length === times);

it("sends a report at its hour of the house, with yesterday's figures in words and in a file", async () => {
  const { id, nextAt } = await create();
  // It is nine o'clock in Rome: six has passed.
  expect(nextAt).toBe("2026-03-03T05:00:00.000Z");
  await reach("2026-03-03T04:59:00Z");
  expect(mailbox.letters).toEqual([]);
  await reach("2026-03-03T05:00:00Z");
  await attempted(id, 1);
  const [letter] = mailbox.letters;
  expect(letter?.to).toEqual(BODY.recipients);
  expect(letter?.body).toMatch(/^Subject: Calls \(Perch\)/m);
  expect(letter?.body).toContain("All calls, 2026-03-02");
  expect(letter?.body).toContain("Talk: 0:01:30");
  expect(letter?.body).toContain('filename="2026-03-02 calls.xlsx"');
  expect(await read(id)).toMatchObject({
    ...{ nextAt: "2026-03-04T05:00:00.000Z", attempts: [{ outcome: "sent", words: null }] },
  });
  await deliveries.remove(house.boss, id);
});

it("tries again a few times, says why not, and alarms people when it gives up", async () => {
  const { id } = await create({ format: "csv" });
  mailbox.refuse(5);
  await reach("2026-03-04T05:00:00Z");
  await attempted(id, 1);
  for (const [instant, times] of [
    ["2026-03-04T05:01:00Z", 2],
    ["2026-03-04T05:06:00Z", 3],
    ["2026-03-04T05:21:00Z", 4],
  ] as const) {
    await reach(instant);
    await attempted(id, times);
    expect(alarms).toEqual([]);
  }
  await reach("2026-03-04T06:21:00Z");
  await attempted(id, 5);
  expect((await read(id))?.attempts[0]?.words).toContain("the disk is full");
  await until("people are alarmed", () => alarms.length === 1);
  expect(alarms[0]?.words).toContain('"Calls" was not sent to boss@house.example');
  expect((await read(id))?.nextAt).toBe("2026-03-05T05:00:00.000Z");
  expect(mailbox.letters).toEqual([]);
  await reach("2026-03-05T05:00:00Z");
  await attempted(id, 6);
  expect(mailbox.letters).toHaveLength(1);
  await deliveries.remove(house.boss, id);
});

it("sends once what it missed while it was away, of the last day it was due", async () => {
  const { id } = await create();
  await deliveries.stop();
  house.clock.advance(Date.parse("2026-03-09T12:00:00Z") - house.clock.now().getTime());
  deliveries.start();
  await attempted(id, 1);
  expect(mailbox.letters).toHaveLength(1);
  expect(mailbox.letters[0]?.body).toContain("All calls, 2026-03-08");
  expect((await read(id))?.nextAt).toBe("2026-03-10T05:00:00.000Z");
  await deliveries.remove(house.boss, id);
});

it("sends nothing of somebody who may not read reports any more", async () => {
  const { id } = await create();
  await house.db.updateTable("staff").set({ enabled: false }).where("id", "=", house.boss.staffId).execute();
  await reach("2026-03-10T05:00:00Z");
  await attempted(id, 1);
  expect((await read(id))?.attempts[0]?.words).toContain("may not read reports");
  expect(mailbox.letters).toEqual([]);
  await deliveries.remove(house.boss, id);
});

it("sends nothing that is switched off", async () => {
  const { id, nextAt } = await create({ enabled: false });
  expect(nextAt).toBeNull();
  await reach("2026-03-12T12:00:00Z");
  expect((await read(id))?.attempts).toEqual([]);
  expect(mailbox.letters).toEqual([]);
});
