import { readFileSync } from "node:fs";
import path from "node:path";
import { EMPTY_CONFIG } from "../server/asterisk/render/render.ts";
import { readPidFile } from "../server/process-identity.ts";
import { startAsteriskRig } from "../test/rig/asterisk-rig.ts";
import { type Bench, type Figure, percentile } from "./figure.ts";
import { managerLink } from "./manager-link.ts";

/** Queues of the house, agents logged in, queues each agent serves. */
const HOUSES = [
  { queues: 20, agents: 100, each: 3 },
  { queues: 20, agents: 1000, each: 1 },
  { queues: 20, agents: 1000, each: 5 },
  { queues: 20, agents: 300, each: 20 },
  { queues: 20, agents: 1000, each: 20 },
];
const CHANGES = 400;
const PAUSES = 100;
/** Agents who log in at the same moment. */
const LANES = 10;
/** Linux counts processor time in hundredths of a second (proc(5), sysconf(_SC_CLK_TCK)). */
const TICK_MS = 10;

/**
 * What members cost app_queue of a real Asterisk: putting them in, one pause over all of an agent's queues, and a
 * change of a telephone's state, in processor time of Asterisk itself. States are set by hand (`Custom:` devices), so
 * that no SIP is in the figure.
 */
export const bench: Bench = async (print) => {
  const figures: Figure[] = [];
  for (const house of HOUSES) figures.push(...(await measure(house, print)));
  return figures;
};

async function measure(house: (typeof HOUSES)[number], print: (line: string) => void): Promise<Figure[]> {
  const { queues, agents, each } = house;
  const rig = await startAsteriskRig({
    config: {
      ...EMPTY_CONFIG,
      queues: Array.from({ length: queues }, (_, n) => ({
        queueId: n + 1,
        name: `queue ${n + 1}`,
        strategy: "leastrecent",
        ringSeconds: 20,
        maxWaitSeconds: 300,
      })),
    },
  });
  const ami = await managerLink(rig.instance.manager, { actionTimeoutMs: 120_000, silenceMs: 120_000 });
  const must = async (action: string, fields: Record<string, string | number | boolean>) => {
    const reply = await ami.action(action, fields);
    if (!reply.ok) throw new Error(`${action}: ${reply.why}`);
  };
  try {
    await rig.console("module load func_devstate.so");
    const device = (agent: number) => `Custom:desk${agent}`;
    const setState = (agent: number, state: string) =>
      must("Setvar", { Variable: `DEVICE_STATE(${device(agent)})`, Value: state });
    const pid = readPidFile(path.join(rig.home, "run", "asterisk.pid"))?.pid ?? 0;
    const cpuMs = () => processorMs(pid);
    const everyone = Array.from({ length: agents }, (_, n) => n + 1);
    for (const agent of everyone) await setState(agent, "NOT_INUSE");
    const idle = await settled(cpuMs);
    await Promise.all(Array.from({ length: CHANGES }, (_, n) => setState(1 + (n % agents), n % 2 ? "INUSE" : "BUSY")));
    const withoutMembers = ((await settled(cpuMs)) - idle) / CHANGES;

    const queuesOf = (agent: number) => Array.from({ length: each }, (_, n) => 1 + ((agent * each + n) % queues));
    const from = performance.now();
    const before = cpuMs();
    // A few agents at a time, as they log in; each into all of his queues at once.
    await inLanes(everyone, LANES, (agent) =>
      Promise.all(
        queuesOf(agent).map((queue) =>
          must("QueueAdd", {
            Queue: `q${queue}`,
            Interface: device(agent),
            StateInterface: device(agent),
            MemberName: `Agent ${agent}`,
            Paused: true,
          }),
        ),
      ),
    );
    const addedMs = performance.now() - from;
    const addCpu = ((await settled(cpuMs)) - before) / (agents * each);

    const start = cpuMs();
    const wall = performance.now();
    await Promise.all(Array.from({ length: CHANGES }, (_, n) => setState(1 + (n % agents), n % 2 ? "BUSY" : "INUSE")));
    const changeCpu = ((await settled(cpuMs)) - start) / CHANGES;
    const changesMs = performance.now() - wall;

    const pauses: number[] = [];
    const startPauses = cpuMs();
    for (let n = 0; n < PAUSES; n += 1) {
      const at = performance.now();
      await must("QueuePause", { Interface: device(1 + (n % agents)), Paused: n % 2 === 0, Reason: "Lunch" });
      pauses.push(performance.now() - at);
    }
    const pauseCpu = ((await settled(cpuMs)) - startPauses) / PAUSES;
    const at = performance.now();
    const listed = await ami.list("QueueStatus");
    const statusMs = performance.now() - at;
    const what = `${queues} queues, ${agents} agents in ${each}`;
    print(
      `${what}: add ${addedMs.toFixed(0)} ms (${addCpu.toFixed(3)} ms cpu each) · state ${withoutMembers.toFixed(2)} -> ${changeCpu.toFixed(2)} ms cpu (${changesMs.toFixed(0)} ms wall) · pause ${percentile(pauses, 0.5).toFixed(1)} / ${percentile(pauses, 0.99).toFixed(1)} ms, ${pauseCpu.toFixed(2)} ms cpu · status ${statusMs.toFixed(0)} ms ${listed.ok ? listed.items.length : listed.why}`,
    );
    return [
      { what: `${what}: all put in`, value: addedMs, unit: "ms" },
      { what: `${what}: a telephone's state changes`, value: changeCpu - withoutMembers, unit: "ms cpu" },
      { what: `${what}: one pause p99`, value: percentile(pauses, 0.99), unit: "ms" },
      { what: `${what}: one pause`, value: pauseCpu, unit: "ms cpu" },
      { what: `${what}: QueueStatus`, value: statusMs, unit: "ms" },
    ];
  } finally {
    ami.stop();
    await rig.stop();
  }
}

/** User and system time of a process, milliseconds (fields 14 and 15 of /proc/PID/stat, proc(5)). */
function processorMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

/** The processor time once Asterisk has come to rest. */
async function settled(cpuMs: () => number): Promise<number> {
  let last = cpuMs();
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 400));
    const now = cpuMs();
    if (now - last <= TICK_MS) return now;
    last = now;
  }
}

/** Works through all of them, `lanes` at a time. */
async function inLanes<T>(all: readonly T[], lanes: number, work: (one: T) => Promise<unknown>): Promise<void> {
  const left = [...all];
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (let one = left.shift(); one !== undefined; one = left.shift()) await work(one);
    }),
  );
}
