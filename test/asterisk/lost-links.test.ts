import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { type Floor, SALES, SALES_NUMBER, startFloor } from "../rig/floor.ts";
import { until } from "../until.ts";

let floor: Floor;
const member = { queueId: SALES, endpoint: "desk1", agentName: "Anna Rossi", paused: false, pauseReason: null };

beforeAll(async () => {
  floor = await startFloor({ telephones: 2 });
});
beforeEach(() => {
  floor.events.length = 0;
});
afterEach(() => floor.clear());
afterAll(() => floor.stop());

const cutTheLink = async () => {
  const connected = await floor.rig.console("manager show connected");
  // Its columns: user, address, start, elapsed, file descriptor …
  const descriptor = /^\s*perch\s+\S+\s+\d+\s+\d+\s+(\d+)/m.exec(connected)?.[1];
  await floor.rig.console(`manager kick session ${descriptor}`);
};

it("comes back after the link is cut, and finds the call that went on meanwhile", async () => {
  const phone = await floor.phone("desk1");
  await floor.telephony.addMember(member);
  await floor.caller(SALES_NUMBER);
  await until("it rings", () => phone.state === "ringing");
  const rang = await floor.event("leg.started");
  await cutTheLink();
  await floor.event("link.down");
  await phone.accept();
  const up = await floor.event("link.up");
  expect(up.startedAt?.getTime()).toBeLessThan(Date.now());
  const { legs } = await floor.telephony.readState();
  expect(legs).toMatchObject([
    { channelId: rang.leg.channelId, other: { number: "0171555" }, queueId: SALES, direction: "to-telephone" },
  ]);
  expect(phone.state).toBe("talking");
});

it("reads members, pauses and registrations after a crash of Asterisk", async () => {
  await floor.phone("desk1");
  await floor.telephony.addMember(member);
  await floor.telephony.setPaused("desk1", true, "Lunch");
  // Asterisk writes its own database behind, once a second: a crash within that second loses what was new.
  const database = join(floor.rig.instance.directories.var, "astdb.sqlite3");
  await until("Asterisk has put it on disk", () => {
    const text = readFileSync(database, "latin1");
    return text.includes("contact/desk1") && text.includes("Lunch");
  });
  await floor.rig.restart();
  await floor.event("link.down");
  await floor.event("link.up");
  const state = await until("the telephone answers again", async () => {
    const read = await floor.telephony.readState();
    return read.contacts.some((contact) => contact.registered) ? read : null;
  });
  expect(state.members).toMatchObject([{ queueId: SALES, endpoint: "desk1", agentName: "Anna Rossi", paused: true }]);
  expect(state.legs).toEqual([]);
  expect(state.waiting).toEqual([]);
});
