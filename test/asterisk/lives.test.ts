import { afterAll, beforeAll, expect, it } from "vitest";
import { createAsteriskTelephony } from "../../server/asterisk/asterisk-telephony.ts";
import { systemClock } from "../../server/clock.ts";
import { openLog } from "../../server/log.ts";
import type { Telephony } from "../../server/telephony.ts";
import { createRealExchange, type RealExchange } from "../model/real-exchange.ts";
import { runLives } from "../model/sessions-model.ts";
import { type AsteriskRig, startAsteriskRig } from "../rig/asterisk-rig.ts";
import { until } from "../until.ts";

/** `PERCH_MODEL_REAL_RUNS` says otherwise. */
const RUNS = Number(process.env.PERCH_MODEL_REAL_RUNS ?? 30);
const SEED = Number(process.env.PERCH_MODEL_REAL_SEED ?? 1);
const LONGEST_RUN_MS = 20_000;

let rig: AsteriskRig;
let observer: Telephony;

beforeAll(async () => {
  rig = await startAsteriskRig();
  observer = createAsteriskTelephony({ instance: rig.instance, clock: systemClock, log: openLog({ level: "silent" }) });
  await observer.start(() => {});
  await until("we are linked", () => observer.status === "up", { timeoutMs: 30_000 });
}, 60_000);
afterAll(async () => {
  await observer.stop();
  await rig.stop();
});

it(
  "holds every rule of sessions through random lives on a real Asterisk, which is killed in some of them",
  async () => {
    let last: RealExchange | null = null;
    const tally = await runLives({
      runs: RUNS,
      seed: SEED,
      exchange(schedule) {
        void last?.end();
        last = createRealExchange({ rig, schedule, observer });
        return last;
      },
    });
    const seated = [...tally].filter(([what]) => what.startsWith("agent sits down"));
    expect(new Map(seated).get("agent sits down: done") ?? 0, JSON.stringify(seated)).toBeGreaterThan(RUNS / 4);
  },
  60_000 + RUNS * LONGEST_RUN_MS,
);
