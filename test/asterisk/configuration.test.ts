import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { type Floor, SALES, SALES_NUMBER, startFloor } from "../rig/floor.ts";
import { telephoneWith } from "../rig/sip-digest.ts";
import { until } from "../until.ts";

let floor: Floor;

beforeAll(async () => {
  floor = await startFloor({ telephones: 1 });
});
beforeEach(() => {
  floor.events.length = 0;
});
afterEach(() => floor.clear());
afterAll(() => floor.stop());

it("takes a new telephone and a new queue while a call goes on, and leaves the call alone", async () => {
  const phone = await floor.phone("desk1");
  const member = { queueId: SALES, endpoint: "desk1", agentName: "Anna", paused: false, pauseReason: null };
  await floor.telephony.addMember(member);
  const caller = await floor.caller(SALES_NUMBER);
  await until("it rings", () => phone.state === "ringing");
  await phone.accept();
  await until("they talk", () => phone.state === "talking");

  const added = telephoneWith("desk9", "secret-desk9", "1009", "Desk 9");
  const queue = { queueId: 9, name: "New", strategy: "ringall", ringSeconds: 15, maxWaitSeconds: 60 };
  const answers = await Promise.all([
    floor.telephony.configure({ ...floor.config, telephones: [...floor.config.telephones, added] }),
    floor.telephony.configure({
      ...floor.config,
      telephones: [...floor.config.telephones, added],
      queues: [...floor.config.queues, queue],
    }),
  ]);
  expect(answers).toEqual([{ ok: true }, { ok: true }]);
  expect(await floor.telephony.addMember({ ...member, queueId: 9 })).toEqual({ ok: true });
  await floor.phone("desk9");
  expect(phone.state).toBe("talking");
  expect((await floor.telephony.readState()).members).toContainEqual(member);
  caller.hangUp();
  await until("the call ends by itself", () => phone.state === "idle");
  expect(floor.rig.complaints()).toEqual([]);
});

it("puts away a telephone that was deleted", async () => {
  expect(await floor.telephony.configure(floor.config)).toEqual({ ok: true });
  const phone = await floor.startPhone("desk9");
  await until("it is refused", () => phone.events.some((event) => event.type === "REGISTER_FAIL"));
});

it("refuses a telephone whose name would write configuration of its own, and changes nothing", async () => {
  const evil = { ...telephoneWith("x", "x", "1002"), endpoint: "1001\n[evil]\ntype=endpoint" };
  const answer = await floor.telephony.configure({ ...floor.config, telephones: [evil] });
  expect(answer).toMatchObject({ ok: false });
  await floor.phone("desk1");
  expect(await floor.rig.console("pjsip show endpoint evil")).toContain("Unable to find object");
});

it("keeps its files for itself", () => {
  const { etc } = floor.rig.instance.directories;
  for (const name of ["pjsip.conf", "manager.conf", "extensions.conf"]) {
    expect(statSync(join(etc, name)).mode & 0o777).toBe(0o600);
  }
  expect(statSync(etc).mode & 0o777).toBe(0o700);
});

it("loads what an Asterisk that was started by an older Perch has not loaded", async () => {
  const { etc } = floor.rig.instance.directories;
  await floor.rig.console("module unload func_timeout.so");
  expect(await floor.rig.console("module show like func_timeout")).toContain("0 modules loaded");
  // As if what it was last told had been told by another version.
  rmSync(join(etc, "applied.json"));
  expect(await floor.telephony.configure(floor.config)).toEqual({ ok: true });
  expect(await floor.rig.console("module show like func_timeout")).toContain("1 modules loaded");
});
