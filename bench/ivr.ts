import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Page } from "../contract/page.ts";
import type { FlowBlock, Project, ProjectRun, ProjectRunDetails, Trunk } from "../contract/views.ts";
import { type HouseRig, OUTSIDE, startHouse } from "../test/rig/house-rig.ts";
import type { SipCall } from "../test/rig/sip/sip-call.ts";
import { SipPhone } from "../test/rig/sip/sip-phone.ts";
import { until } from "../test/until.ts";
import { type Bench, spread } from "./figure.ts";
import { inOwnProcess } from "./own-process.ts";

const CALLS_PER_SECOND = 50;
const CALLS = 1_500;
const NUMBER = "+390550006001";
/** Long enough for the question before it to be asked. */
const THINKS_MS = 1_500;
const PAGE = 200;

const at = { x: 0, y: 0 };
const block = (id: string, type: string, options: FlowBlock["options"], exits: FlowBlock["exits"]): FlowBlock => ({
  ...{ id, type, options, exits, at },
});

/** Ten blocks with two inputs. */
const BLOCKS: FlowBlock[] = [
  block("start", "start", {}, { next: "answer" }),
  block("answer", "answer", { pause: 0 }, { next: "speak" }),
  block("speak", "language", { language: "en" }, { next: "menu" }),
  block(
    "menu",
    "menu",
    { say: [{ digits: "1" }], keys: [{ key: "1", label: "One" }], wait: 10, rounds: 1, sayInvalid: [] },
    { "1": "first", "no-input": "bye", invalid: "bye" },
  ),
  block("first", "set-variable", { set: [{ variable: "first", value: "{caller}" }] }, { next: "asks" }),
  block(
    "asks",
    "condition",
    { cases: [{ name: "known", value: "{caller}", is: "filled", other: "" }] },
    { known: "digits", otherwise: "bye" },
  ),
  block(
    "digits",
    "get-digits",
    {
      ...{ say: [{ digits: "2" }], variable: "number", least: 4, most: 4, wait: 10, rounds: 1 },
      ...{ sayInvalid: [], secret: false },
    },
    { done: "again", "no-input": "bye", invalid: "bye" },
  ),
  block("again", "language", { language: "en" }, { next: "second" }),
  block("second", "set-variable", { set: [{ variable: "second", value: "{number}" }] }, { next: "bye" }),
  block("bye", "hang-up", { say: [] }, {}),
];

/** Seconds of a processor that a process and its threads have had. (proc(5), fields 14 and 15.) */
function processorSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /, "")
    .split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
}
const TICKS_A_SECOND = Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));

async function publish(house: HouseRig): Promise<number> {
  const { id } = await house.admin.post<Project>("/projects", { name: "Ten blocks" });
  await house.admin.put(`/projects/${id}/draft`, { revision: 1, flow: { blocks: BLOCKS, notes: [] } });
  await house.admin.post(`/projects/${id}/publish`, {});
  await house.admin.post("/inbound-routes", { number: NUMBER, actions: [{ project: id }] });
  return id;
}

async function allRuns(house: HouseRig, id: number): Promise<ProjectRun[]> {
  const rows: ProjectRun[] = [];
  for (let cursor = ""; ; ) {
    const page = await house.admin.get<Page<ProjectRun>>(`/projects/${id}/runs?limit=${PAGE}${cursor}`);
    rows.push(...page.rows);
    if (page.next === null) return rows;
    cursor = `&cursor=${page.next}`;
  }
}

/**
 * Callers go through a project of ten blocks with two inputs on the real telephone system: are all their keys heard,
 * what does a command take there and back, and what do we and Asterisk use of a processor.
 */
export const bench: Bench = async (print) => {
  print("starting Perch with a real Asterisk");
  const house = await startHouse({ databaseUrl: null }, inOwnProcess);
  let callers: SipPhone | null = null;
  try {
    const id = await publish(house);
    const [trunk] = (await house.admin.get<Page<Trunk>>("/trunks")).rows;
    const [ours, theirs] = [inOwnProcess.pid(house.home), asteriskOf(house.home)];
    const server = { host: "127.0.0.1", port: house.sipPort };
    const phone = { username: "outside", password: null, host: OUTSIDE, mute: true, server };
    callers = await SipPhone.start({ ...phone, ...(trunk === undefined ? {} : { port: trunk.port }) });
    const before = [processorSeconds(ours), processorSeconds(theirs)];
    const begun = performance.now();
    print(`${CALLS} callers, ${CALLS_PER_SECOND} a second, each presses 1 and then 4711`);
    const started: Promise<void>[] = [];
    while (started.length < CALLS) {
      const due = begun + (started.length * 1000) / CALLS_PER_SECOND;
      await delay(Math.max(0, due - performance.now()));
      started.push(caller(callers.dial(NUMBER, "+390555550101")));
    }
    const dialled = (performance.now() - begun) / 1000;
    await Promise.all(started);
    const after = [processorSeconds(ours), processorSeconds(theirs)];
    const seconds = (performance.now() - begun) / 1000;
    const runs = await until("all are written down", async () => {
      const rows = await allRuns(house, id);
      return rows.length >= CALLS ? rows : undefined;
    });
    const heard: ProjectRunDetails[] = [];
    for (const run of runs) heard.push(await house.admin.get<ProjectRunDetails>(`/project-runs/${run.id}`));
    const whole = heard.filter(({ variables }) => variables.second === "4711").length;
    const commands = heard.flatMap(({ path: steps }) =>
      steps.filter(({ type }) => type === "language").map(({ ms }) => ms),
    );
    const share = (index: number) => ((after[index] ?? 0) - (before[index] ?? 0)) / seconds;
    return [
      { what: "calls started a second", value: CALLS / dialled, unit: "/s" },
      {
        what: `callers of ${runs.length} whose keys were not all heard`,
        value: runs.length - whole,
        unit: "",
        aim: { atMost: 0 },
      },
      ...spread("a command there and back", commands, "ms", 5),
      { what: "of a processor, Perch", value: share(0), unit: "", aim: { atMost: share(1) } },
      { what: "of a processor, Asterisk", value: share(1), unit: "" },
    ];
  } finally {
    await callers?.stop();
    await house.stop();
  }
};

/** Presses its keys, and is rung off. */
async function caller(call: SipCall): Promise<void> {
  const waits = { timeoutMs: 60_000 };
  await until("the call is answered", () => call.state !== "dialling", waits);
  await delay(THINKS_MS);
  await call.press("1");
  await delay(THINKS_MS);
  await call.press("4711");
  await until("the call is over", () => call.state === "over", waits);
}

const asteriskOf = (home: string) => Number.parseInt(readFileSync(path.join(home, "run", "asterisk.pid"), "utf8"), 10);
