import type { Choices, Health, Session } from "../contract/views.ts";
import { startEmbeddedDatabase } from "../server/db/embedded.ts";
import { openLog } from "../server/log.ts";
import { identifyProcess } from "../server/process-identity.ts";
import { type HouseRig, startHouse } from "../test/rig/house-rig.ts";
import { until } from "../test/until.ts";
import { type Bench, percentile } from "./figure.ts";
import { furnishAt, LARGE, type Size } from "./large-house.ts";
import { inOwnProcess } from "./own-process.ts";

const KILLS = 5;
const ROUNDS = 10;
/** A member in `queue show` that is not paused. */
const READY = /PJSIP\/(?!.*\(paused)/;
const SIZES: Size[] = [{ ...LARGE, queuesEach: 2 }, LARGE];

/**
 * Perch is killed (-9) with 10,000 telephones and 1,000 sessions, and started again: from the command to all being true,
 * which is health's "ok", the list of telephones with its 1,000 held, a session answered to its agent, and every member
 * compared with Asterisk. Then the length of such a comparison when nothing else goes on.
 */
export const bench: Bench = async (print) => {
  const figures = [];
  for (const size of SIZES) {
    const house = await startHouse({ databaseUrl: null }, inOwnProcess);
    try {
      const tokens = await settle(house, size, print);
      const whole: number[] = [];
      const atStart: number[] = [];
      for (let n = 0; n < KILLS; n += 1) {
        const pid = inOwnProcess.pid(house.home);
        process.kill(pid, "SIGKILL");
        // A large one takes its time to be gone, and `up` would say that it still runs.
        await until("the killed one is gone", () => identifyProcess(pid) === undefined);
        const from = performance.now();
        const launched = house.startPerch();
        await untilTrue(house, size, tokens[n] ?? "");
        whole.push(performance.now() - from);
        const { reconcile } = await health(house);
        atStart.push(reconcile.lastMs ?? Number.NaN);
        if (reconcile.repaired > 0) print(`${reconcile.repaired} repairs were needed`);
        await launched;
      }
      print(`true again after ${whole.map(Math.round).join(", ")} ms, of them comparing ${atStart.join(", ")} ms`);
      const rounds = await compareAgain(house);
      const what = `${size.sessions} sessions in ${size.queuesEach} queues each`;
      const strict = size.queuesEach === LARGE.queuesEach;
      figures.push(
        { what: `${what}: true again after kill -9, median`, value: percentile(whole, 0.5), unit: "ms" },
        { what: `the slowest of ${KILLS}`, value: Math.max(...whole), unit: "ms", aim: { atMost: 2000 } },
        {
          what: `comparing, the slowest of ${ROUNDS} rounds`,
          value: Math.max(...rounds),
          unit: "ms",
          ...(strict ? { aim: { atMost: 1000 } } : {}),
        },
      );
    } finally {
      await house.stop();
    }
  }
  return figures;
};

const health = (house: HouseRig) => house.admin.get<Health>("/health");

/** Furnishes the house and waits until Asterisk has all of it. */
async function settle(house: HouseRig, size: Size, print: (line: string) => void): Promise<string[]> {
  print(`furnishing ${size.telephones} telephones and ${size.sessions} sessions, ${size.queuesEach} queues each`);
  const { url } = await startEmbeddedDatabase({ home: house.home, log: openLog({ level: "silent" }) });
  const tokens = await furnishAt(url, size);
  await house.stopPerch();
  const from = performance.now();
  await house.startPerch();
  await until(
    "every session has its members",
    async () =>
      (await health(house)).reconcile.lastAt !== null &&
      (await house.console("queue show")).split("\n").filter((line) => READY.test(line)).length ===
        size.sessions * size.queuesEach,
    { timeoutMs: 300_000 },
  );
  print(`Asterisk had all of it for the first time after ${Math.round(performance.now() - from)} ms`);
  return tokens;
}

async function untilTrue(house: HouseRig, size: Size, token: string): Promise<void> {
  const ask = async <T>(what: string): Promise<T | null> => {
    const answer = await fetch(`${house.address}/api/v1${what}`, {
      headers: { authorization: `Bearer ${token}` },
    }).catch(() => null);
    return answer?.ok ? ((await answer.json()) as T) : null;
  };
  await until(
    "health is well and every member is compared",
    async () => {
      const now = await ask<Health>("/health");
      return now?.status === "ok" && now.reconcile.lastAt !== null;
    },
    { timeoutMs: 60_000 },
  );
  const choices = await house.admin.get<Choices>("/telephones/choices");
  const held = choices.telephones.filter(({ heldBy }) => heldBy !== undefined).length;
  if (choices.telephones.length !== size.telephones || held !== size.sessions) throw new Error(`${held} are held`);
  const session = await ask<Session>("/session");
  if (session?.state !== "ready") throw new Error("a session is not ready");
}

/** Rounds as they run every three minutes: a change that changes nothing asks for each. */
async function compareAgain(house: HouseRig): Promise<number[]> {
  const { rows } = await house.admin.get<{ rows: { id: number; queues: number[] }[] }>("/agents?limit=1");
  const lengths: number[] = [];
  while (lengths.length < ROUNDS) {
    const before = (await health(house)).reconcile.lastAt;
    await house.admin.patch(`/agents/${rows[0]?.id}`, { queues: rows[0]?.queues });
    const after = await until(
      "another round is done",
      async () => {
        const { reconcile } = await health(house);
        return reconcile.lastAt === before ? null : reconcile;
      },
      { timeoutMs: 30_000 },
    );
    lengths.push(after.lastMs ?? Number.NaN);
  }
  return lengths;
}
