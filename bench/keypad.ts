import { readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Page } from "../contract/page.ts";
import type { Queue, Trunk } from "../contract/views.ts";
import type { Ami } from "../server/asterisk/ami.ts";
import { queueName } from "../server/asterisk/names.ts";
import { type HouseRig, OUTSIDE, startHouse } from "../test/rig/house-rig.ts";
import type { SipCall } from "../test/rig/sip/sip-call.ts";
import { SipPhone } from "../test/rig/sip/sip-phone.ts";
import { until } from "../test/until.ts";
import { type Bench, type Figure, spread } from "./figure.ts";
import { hearRings, managerLink, nowMs } from "./manager-link.ts";
import { inOwnProcess } from "./own-process.ts";

const MOBILES = 4;
const ACCEPTED = 100;
const DESKS = 2;
const PAUSES_EACH = 40;
const MOBILE_NUMBER = "+390550007001";
const DESK_NUMBERS = ["+390550007002", "+390550007003"];
/** Long enough to be asked whether they take the call. */
const THINKS_MS = 700;
/** What a key lasts on the telephones of tests; it is taken when it is let go. */
const KEY_MS = 120;
/** How long somebody is ready before he pauses again: long enough that a queue rings him now and then. */
const READY_MS = 500;
/** How long after a pause we listen for a ring that should not be. */
const LISTEN_MS = 100;
const SLOW = { timeoutMs: 30_000 };

/**
 * What agents do by keypad, on the real telephone system: from the key by which a mobile takes a call, let go, to the
 * caller hearing the agent; and from the key of a break reason, let go, to paused in Asterisk in all queues, with
 * callers waiting. What rings afterwards is counted: nothing.
 */
export const bench: Bench = async (print) => {
  print("starting Perch with a real Asterisk and real telephones");
  const house = await startHouse({}, inOwnProcess);
  let outside: SipPhone | null = null;
  try {
    const [trunk] = (await house.admin.get<Page<Trunk>>("/trunks")).rows;
    if (trunk === undefined) throw new Error("the house has no trunk");
    await house.admin.patch("/settings", { missedCallsBeforeSuspend: null });
    const city = { name: "City", pattern: "0X.", trunkId: trunk.id, stripDigits: 1 };
    await house.admin.post("/outbound-routes", city);
    const server = { host: "127.0.0.1", port: house.sipPort };
    outside = await SipPhone.start({ username: "outside", password: null, server, host: OUTSIDE, port: trunk.port });
    print(`${ACCEPTED} calls to ${MOBILES} mobiles, each taken by 1`);
    const accepted = await accept(house, outside);
    print(`${DESKS} agents pause by *10 and a key ${PAUSES_EACH} times each, callers waiting`);
    return [...spread("from the accepting key to talking", accepted, "ms", 200), ...(await pause(house, outside))];
  } finally {
    await outside?.stop();
    await house.stop();
  }
};

async function accept(house: HouseRig, outside: SipPhone): Promise<number[]> {
  const queue = await house.queue("Mobiles", MOBILE_NUMBER, { strategy: "rrmemory", ringSeconds: 30 });
  for (let n = 0; n < MOBILES; n += 1) {
    const line = { typology: "remote", hotdesk: false, remoteNumber: `0034700${n}` };
    await house.agent(`mobile${n}`, `Mobile ${n}`, [queue], line);
    await (await house.signIn(`mobile${n}`)).post("/session", {});
  }
  const samples: number[] = [];
  while (samples.length < ACCEPTED) {
    const caller = outside.dial(MOBILE_NUMBER, "+390555550101");
    const mobile = await until("a mobile rings", () => outside.calls.find(ringing), SLOW);
    mobile.answer();
    await delay(THINKS_MS);
    void mobile.press("1");
    await until("the two talk", () => !Number.isNaN(caller.heardAt(outside)), SLOW);
    samples.push(caller.heardAt(outside) - keyUp(mobile));
    await caller.hangUp();
    await until("the call is over", () => mobile.state === "over", SLOW);
  }
  return samples;
}

async function pause(house: HouseRig, outside: SipPhone): Promise<Figure[]> {
  const queues: Queue[] = [];
  for (const number of DESK_NUMBERS) queues.push(await house.queue(`Desks ${number}`, number, { ringSeconds: 5 }));
  await house.admin.post("/pauses", { name: "Lunch", digit: 7 });
  const manager = await managerLink(JSON.parse(readFileSync(path.join(house.home, "secrets", "manager.json"), "utf8")));
  const rings: { endpoint: string; at: number }[] = [];
  const stopListening = await hearRings(house.home, ({ endpoint, atMs }) => rings.push({ endpoint, at: atMs }));
  const server = { host: "127.0.0.1", port: house.sipPort };
  const phones: SipPhone[] = [];
  const paused: { endpoint: string; from: number; to: number }[] = [];
  const samples: number[] = [];
  try {
    for (const number of DESK_NUMBERS) outside.dial(number, "+390555550102");
    const rounds: Promise<void>[] = [];
    for (let n = 0; n < DESKS; n += 1) {
      const username = `bench-desk-${n}`;
      await house.agent(`desk${n}`, `Desk ${n}`, queues);
      const telephone = await house.telephone(username, { plugged: false });
      const phone = await SipPhone.start({ username, password: `secret-of-${username}`, server });
      phones.push(phone);
      const api = await until("he is logged in", () => house.logIn(`desk${n}`, telephone), SLOW);
      rounds.push(
        (async () => {
          for (let round = 0; round < PAUSES_EACH; round += 1) {
            const call = phone.dial("*10");
            await until("the reason is asked for", () => call.soundAt > 0, SLOW);
            void call.press("7");
            await until("he is paused", () => isPaused(manager, queues, username), SLOW);
            const from = nowMs();
            samples.push(from - keyUp(call));
            await until("the dialogue is over", () => call.state === "over", SLOW);
            await delay(LISTEN_MS);
            paused.push({ endpoint: username, from, to: nowMs() });
            await api.remove("/session/pause");
            await delay(READY_MS);
          }
        })(),
      );
    }
    await Promise.all(rounds);
  } finally {
    stopListening();
    manager.stop();
    for (const phone of phones) await phone.stop();
  }
  const late = rings.filter(({ endpoint, at }) =>
    paused.some((one) => one.endpoint === endpoint && at > one.from && at < one.to),
  );
  return [
    ...spread("from the key of a reason to paused in Asterisk", samples, "ms", 150),
    { what: `rings begun while paused, of ${rings.length} rings`, value: late.length, unit: "", aim: { atMost: 0 } },
  ];
}

const ringing = ({ incoming, state }: SipCall): boolean => incoming && state === "ringing";
const keyUp = (call: SipCall): number => call.last("presses") + KEY_MS;

/** As Asterisk answers it now: asked over and over, so that what is seen comes a little late and never early. */
async function isPaused(manager: Ami, queues: readonly Queue[], endpoint: string): Promise<boolean> {
  const status = await manager.list("QueueStatus", { Member: `PJSIP/${endpoint}` });
  if (!status.ok) throw new Error(status.why);
  const members = status.items.filter(({ Event }) => Event === "QueueMember");
  return queues.every(({ id }) => members.some(({ Queue: name, Paused }) => name === queueName(id) && Paused === "1"));
}
