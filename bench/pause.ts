import type { Queue, Telephone } from "../contract/views.ts";
import type { Api } from "../demo/api.ts";
import { startHouse } from "../test/rig/house-rig.ts";
import { until } from "../test/until.ts";
import { type Bench, spread } from "./figure.ts";
import { hearRings, nowMs } from "./manager-link.ts";
import { inOwnProcess } from "./own-process.ts";

const AGENTS = 4;
const QUEUES = 5;
const CALLERS = 6;
const PAUSES_EACH = 75;
/** How long somebody is ready before he pauses again: long enough that Asterisk would ring him. */
const READY_MS = 60;
/** How long after a pause we listen for a ring that should not be. */
const LISTEN_MS = 60;

/**
 * From the click, which is the request `POST /session/pause`, to Asterisk's word that the member is paused in all his
 * queues, with callers waiting for him all the time. What Asterisk begins to ring after its word is counted: nothing.
 */
export const bench: Bench = async (print) => {
  print("starting Perch with a real Asterisk and real telephones");
  const house = await startHouse({ databaseUrl: null }, inOwnProcess);
  const rings: { endpoint: string; at: number }[] = [];
  let stopListening = () => {};
  try {
    await house.admin.patch("/settings", { missedCallsBeforeSuspend: null });
    await house.admin.post("/pauses", { name: "Lunch" });
    const queues: Queue[] = [];
    for (let n = 0; n < QUEUES; n += 1) queues.push(await house.queue(`queue ${n}`, `90${n}`, { ringSeconds: 5 }));
    const seats: { telephone: Telephone; api: Api }[] = [];
    for (let n = 0; n < AGENTS; n += 1) {
      await house.agent(`agent${n}`, `Agent ${n}`, queues);
      const telephone = await house.telephone(`desk${n}`);
      seats.push({ telephone, api: await house.logIn(`agent${n}`, telephone) });
    }
    stopListening = await hearRings(house.home, ({ endpoint, atMs }) => rings.push({ endpoint, at: atMs }));
    for (let n = 0; n < CALLERS; n += 1) await house.caller(`90${n % QUEUES}`);
    await until("the callers ring somebody", () => rings.length > 0, { timeoutMs: 20_000 });
    print(`${AGENTS} agents pause ${PAUSES_EACH} times each, all at once, in ${QUEUES} queues with ${CALLERS} callers`);
    const samples: number[] = [];
    const paused: { endpoint: string; from: number; to: number }[] = [];
    await Promise.all(
      seats.map(async ({ telephone, api }) => {
        for (let n = 0; n < PAUSES_EACH; n += 1) {
          const from = performance.now();
          await api.post("/session/pause", { reason: "Lunch" });
          samples.push(performance.now() - from);
          const at = nowMs();
          await new Promise((resolve) => setTimeout(resolve, LISTEN_MS));
          paused.push({ endpoint: telephone.username, from: at, to: nowMs() });
          await api.remove("/session/pause");
          await new Promise((resolve) => setTimeout(resolve, READY_MS));
        }
      }),
    );
    const late = rings.filter(({ endpoint, at }) =>
      paused.some((one) => one.endpoint === endpoint && at > one.from && at < one.to),
    );
    return [
      ...spread("from the click to paused in Asterisk", samples, "ms", 150),
      { what: `rings begun while paused, of ${rings.length} rings`, value: late.length, unit: "", aim: { atMost: 0 } },
    ];
  } finally {
    stopListening();
    await house.stop();
  }
};
