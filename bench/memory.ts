import { readFileSync } from "node:fs";
import { WebSocket } from "ws";
import { startEmbeddedDatabase } from "../server/db/embedded.ts";
import { openLog } from "../server/log.ts";
import { startHouse } from "../test/rig/house-rig.ts";
import { until } from "../test/until.ts";
import type { Bench, Figure } from "./figure.ts";
import { furnishAt, LARGE } from "./large-house.ts";
import { inOwnProcess } from "./own-process.ts";

/** Two queues an agent, as houses have them. */
const SIZE = { ...LARGE, queuesEach: 2 };
/** How long the process is watched; the median of its resident size is the figure. */
const SAMPLES = 20;
const BETWEEN_MS = 500;

/** The resident size of Perch's own process: idle in an empty house, and with a large one open. */
export const bench: Bench = async (print) => {
  const house = await startHouse({ databaseUrl: null }, inOwnProcess);
  const sockets: WebSocket[] = [];
  try {
    // The first start after an installation compiles; every later one finds that done.
    await house.stopPerch();
    await house.startPerch();
    print("idle, in an empty house");
    const idle = await resident(house.home);
    print(`furnishing ${SIZE.telephones} telephones and ${SIZE.sessions} sessions, and starting Perch on them`);
    const tokens = await furnish(house.home);
    await house.stopPerch();
    await house.startPerch();
    await until(
      "every session has its members",
      async () =>
        (await house.console("queue show")).split("\n").filter((line) => line.includes("PJSIP/")).length >=
        SIZE.sessions * SIZE.queuesEach,
      { timeoutMs: 120_000 },
    );
    const large = await resident(house.home);
    print(`${SIZE.sessions} desktops connect`);
    let greeted = 0;
    for (const token of tokens) {
      const socket = new WebSocket(`${house.address.replace(/^http/, "ws")}/api/v1/live`, {
        headers: { authorization: `Bearer ${token}` },
      });
      socket.once("message", () => {
        greeted += 1;
      });
      sockets.push(socket);
    }
    await until("all desktops are connected", () => greeted === tokens.length, { timeoutMs: 60_000 });
    const connected = await resident(house.home);
    return [
      { what: "idle", value: idle, unit: "MB", aim: { atMost: 150 } },
      {
        what: `${SIZE.telephones} telephones, ${SIZE.sessions} sessions`,
        value: large,
        unit: "MB",
        aim: { atMost: 300 },
      },
      { what: `the same with ${SIZE.sessions} desktops`, value: connected, unit: "MB" },
    ] satisfies Figure[];
  } finally {
    for (const socket of sockets) socket.terminate();
    await house.stop();
  }
};

/** Writes the large house into the database, and a sign-in for each agent. */
async function furnish(home: string): Promise<string[]> {
  const { url } = await startEmbeddedDatabase({ home, log: openLog({ level: "silent" }) });
  return furnishAt(url, SIZE);
}

/** The median resident size over some seconds, in megabytes (VmRSS of /proc/PID/status, proc(5), is in kB). */
async function resident(home: string): Promise<number> {
  const status = `/proc/${inOwnProcess.pid(home)}/status`;
  const samples: number[] = [];
  while (samples.length < SAMPLES) {
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
    samples.push(Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(status, "utf8"))?.[1]) / 1024);
  }
  return samples.sort((a, b) => a - b)[SAMPLES / 2] ?? Number.NaN;
}
