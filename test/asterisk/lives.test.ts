import { afterAll, beforeAll, expect, it } from "vitest";
import { createAsteriskTelephony } from "../../server/asterisk/asterisk-telephony.ts";
import { systemClock } from "../../server/clock.ts";
import { openLog } from "../../server/log.ts";
import type { Telephony, TelephonyEvent } from "../../server/telephony.ts";
import { tellProgress } from "../model/chosen-lives.ts";
import { SECRET, TELEPHONES } from "../model/furniture.ts";
import { createRealExchange, type RealExchange } from "../model/real-exchange.ts";
import { runLives } from "../model/sessions-model.ts";
import { type AsteriskRig, startAsteriskRig } from "../rig/asterisk-rig.ts";
import { type PlainPhone, startPlainPhone } from "../rig/plain-phone.ts";
import { until } from "../until.ts";

/** `PERCH_MODEL_REAL_RUNS` says otherwise. */
const RUNS = Number(process.env.PERCH_MODEL_REAL_RUNS ?? 10);
const SEED = Number(process.env.PERCH_MODEL_REAL_SEED ?? 1);
const LONGEST_RUN_MS = 20_000;

let rig: AsteriskRig;
let telephony: Telephony;
let listener: (event: TelephonyEvent) => void = () => {};
const phones = new Map<string, PlainPhone>();

beforeAll(async () => {
  rig = await startAsteriskRig();
  telephony = createAsteriskTelephony({
    instance: rig.instance,
    clock: systemClock,
    log: openLog({ level: "silent" }),
  });
  await telephony.start((event) => listener(event));
  await until("we are linked", () => telephony.status === "up", { timeoutMs: 30_000 });
  const server = { host: "127.0.0.1", port: rig.sipPort };
  for (let n = 1; n <= TELEPHONES; n += 1) {
    const username = `desk-${n}`;
    phones.set(username, await startPlainPhone({ username, password: SECRET, server }));
  }
}, 60_000);
afterAll(async () => {
  for (const phone of phones.values()) await phone.stop();
  await telephony.stop();
  await rig.stop();
});

it(
  "holds every rule of sessions through random lives on a real Asterisk, which is killed in some of them",
  async () => {
    let last: RealExchange | null = null;
    const hear = (one: typeof listener) => {
      listener = one;
    };
    const tally = await runLives({
      runs: RUNS,
      seed: SEED,
      async exchange(world) {
        await last?.end();
        last = await createRealExchange({ ...world, rig, observer: { telephony, hear }, phones });
        return last;
      },
      onLife: tellProgress("real", RUNS),
    });
    const seated = [...tally].filter(([what]) => what.startsWith("agent sits down"));
    expect(new Map(seated).get("agent sits down: done") ?? 0, JSON.stringify(seated)).toBeGreaterThan(RUNS / 4);
  },
  60_000 + RUNS * LONGEST_RUN_MS,
);
