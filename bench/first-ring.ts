import { WebSocket } from "ws";
import type { ServerFrame } from "../contract/protocol.ts";
import type { Queue, Telephone } from "../contract/views.ts";
import { type HouseRig, startHouse } from "../test/rig/house-rig.ts";
import { until } from "../test/until.ts";
import { type Bench, spread } from "./figure.ts";
import { hearRings, nowMs } from "./manager-link.ts";
import { inOwnProcess } from "./own-process.ts";

const CALLS = 200;
const DESKS = 4;

/**
 * From the instant Asterisk stamps on its event of the ring to the arrival of the ring at the agent's WebSocket, over
 * real calls through a trunk into a queue to a real telephone. Perch runs in a process of its own.
 */
export const bench: Bench = async (print) => {
  print("starting Perch with a real Asterisk and real telephones");
  const house = await startHouse({ databaseUrl: null }, inOwnProcess);
  const rung = new Map<string, number>();
  const shown = new Map<string, number>();
  const closings: (() => void)[] = [];
  try {
    const desks: { telephone: Telephone; number: string }[] = [];
    for (let n = 0; n < DESKS; n += 1) {
      const number = `+39055000200${n}`;
      const queue: Queue = await house.queue(`queue ${n}`, number);
      await house.agent(`agent${n}`, `Agent ${n}`, [queue]);
      const telephone = await house.telephone(`desk${n}`);
      const api = await house.logIn(`agent${n}`, telephone);
      closings.push(await watchDesktop(house, api.token, shown));
      desks.push({ telephone, number });
    }
    closings.push(await hearRings(house.home, ({ legId, atMs }) => rung.set(legId, atMs)));
    print(`${CALLS} callers ring ${DESKS} desks and give up as soon as the screen shows it`);
    let left = CALLS;
    await Promise.all(
      desks.map(async ({ telephone, number }) => {
        const phone = house.phone(telephone.username);
        while (left > 0) {
          left -= 1;
          const before = shown.size;
          const caller = await house.caller(number);
          await until(
            "the desk rings and the screen shows it",
            () => phone.state === "ringing" && shown.size > before,
            {
              timeoutMs: 10_000,
            },
          );
          caller.hangUp();
          await caller.done;
          await until("the desk is idle", () => phone.state === "idle");
        }
      }),
    );
    const samples = [...shown].flatMap(([legId, at]) => {
      const from = rung.get(legId);
      return from === undefined ? [] : [at - from];
    });
    return spread("ring event to browser connection", samples, "ms", 50);
  } finally {
    for (const close of closings) close();
    await house.stop();
  }
};

async function watchDesktop(house: HouseRig, token: string, shown: Map<string, number>): Promise<() => void> {
  const socket = new WebSocket(`${house.address.replace(/^http/, "ws")}/api/v1/live`, {
    headers: { authorization: `Bearer ${token}` },
  });
  let greeted = false;
  socket.on("message", (data) => {
    const at = nowMs();
    const frame = JSON.parse(String(data)) as ServerFrame;
    greeted = true;
    if (!("event" in frame) || frame.event.type !== "leg.changed") return;
    const { legId, state } = frame.event.leg;
    if (state === "ringing" && !shown.has(legId)) shown.set(legId, at);
  });
  await until("the desktop is connected", () => greeted);
  return () => socket.terminate();
}
