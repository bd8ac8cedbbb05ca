import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Agent, Health, Queue, Session, Telephone } from "../../contract/views.ts";
import type { Api } from "../../demo/api.ts";
import { SEATS_FAMILY } from "../../server/asterisk/names.ts";
import { readSeat } from "../../server/asterisk/seat-value.ts";
import { type EmbeddedDatabase, startEmbeddedDatabase } from "../../server/db/embedded.ts";
import { type Database, openDatabase } from "../../server/db/pool.ts";
import { openLog } from "../../server/log.ts";
import { readPidFile } from "../../server/process-identity.ts";
import type { Member, Seat } from "../../server/telephony.ts";
import { memberWrongs, seatWrongs } from "../model/invariants.ts";
import { readOpen, readWrongs } from "../model/truth.ts";
import { type HoldingProxy, startHoldingProxy } from "../rig/holding-proxy.ts";
import { type HouseRig, startHouse } from "../rig/house-rig.ts";
import { type PerchProcess, perchProcess } from "../rig/perch-process.ts";
import { until } from "../until.ts";

/**
 * Five agents do something at once – one logs in, one pauses, one logs out, one moves, one takes a telephone over – and
 * after so many words to the database, or so many that ask something of Asterisk, a part is killed as `kill -9` does.
 * All together they say more than 40 to the one and more than 20 to the other.
 */
const POINTS = {
  "the database": points(process.env.PERCH_KILL_POINTS ?? "1,7,13,20,28,37"),
  Asterisk: points(process.env.PERCH_KILL_ASTERISK_POINTS ?? "0,4,10,18"),
};
/** What the telephone system is asked to do, one by one; what it is only asked to tell is not counted. */
const ACTIONS = { end: "\r\n\r\n", counted: /^Action: (Queue(Add|Remove|Pause)|DB(Put|Del))\r/m };
const NAMES = ["anna", "bruno", "carla", "dario", "elena", "fabio"] as const;
type Name = (typeof NAMES)[number];

const log = openLog({ level: "silent" });
let databaseHome: string;
let database: EmbeddedDatabase;
let proxies: Record<keyof typeof POINTS, HoldingProxy>;
let db: Database;
let perch: PerchProcess;
let house: HouseRig;
let queues: Queue[];
let agents: Record<Name, Agent>;
let desks: Telephone[];
let as: Record<Name, Api>;

beforeAll(async () => {
  databaseHome = mkdtempSync(join(tmpdir(), "perch-kill-"));
  database = await startEmbeddedDatabase({ home: databaseHome, log });
  const before = await startHoldingProxy(database.port);
  db = openDatabase(database.url, { onError: () => {} });
  const url = new URL(database.url);
  url.port = String(before.port);
  perch = perchProcess();
  house = await startHouse({ databaseUrl: url.href }, perch.launch);
  // Which port Asterisk's manager listens on is known now: from the next start on it is asked through a proxy.
  const manager: { port: number } = JSON.parse(readFileSync(join(house.home, "secrets", "manager.json"), "utf8"));
  proxies = { "the database": before, Asterisk: await startHoldingProxy(manager.port, ACTIONS) };
  perch.detour({ from: manager.port, to: proxies.Asterisk.port });
  await house.stopPerch();
  await house.startPerch();
  await house.admin.patch("/settings", { phoneLossGraceSeconds: 300 });
  await house.admin.post("/pauses", { name: "Coffee" });
  queues = [await house.queue("Support", "901"), await house.queue("Sales", "902")];
  const made = [];
  for (const name of NAMES) made.push([name, await house.agent(name, `Agent ${name}`, queues)] as const);
  agents = Object.fromEntries(made) as Record<Name, Agent>;
  desks = [];
  // None is plugged in: where no telephone is registered, any may be chosen and taken over.
  for (let n = 0; n < 6; n += 1) desks.push(await house.telephone(`desk-${n}`, { plugged: false }));
  as = Object.fromEntries(await Promise.all(NAMES.map(async (name) => [name, await house.signIn(name)])));
}, 120_000);
afterAll(async () => {
  await house.stop();
  await db.destroy();
  for (const proxy of Object.values(proxies)) await proxy.stop();
  await database.stop();
  rmSync(databaseHome, { recursive: true, force: true });
});

const desk = (n: number): number => desks[n]?.id ?? 0;

/** Everybody where the acts begin: Anna out, Bruno, Carla and Dario seated, Fabio at the telephone Elena wants. */
async function seatAll(): Promise<void> {
  for (const name of NAMES) await house.admin.post(`/supervision/agents/${agents[name].id}/log-out`);
  await Promise.all(
    [["bruno", 1] as const, ["carla", 2] as const, ["dario", 3] as const, ["fabio", 5] as const].map(([name, n]) =>
      as[name].post("/session", { telephoneId: desk(n) }),
    ),
  );
}

/** All at once; true where it was answered with yes. */
async function actAll(): Promise<Record<Name, boolean>> {
  const move = fetch(`${house.address}/api/v1/session/telephone`, {
    method: "PUT",
    headers: { "content-type": "application/json", authorization: `Bearer ${as.dario.token}` },
    body: JSON.stringify({ telephoneId: desk(4) }),
  });
  const acts: Record<Exclude<Name, "fabio">, Promise<unknown>> = {
    anna: as.anna.post("/session", { telephoneId: desk(0) }),
    bruno: as.bruno.post("/session/pause", { reason: "Coffee" }),
    carla: as.carla.remove("/session"),
    dario: move.then(({ ok }) => ok || Promise.reject(new Error("not moved"))),
    elena: as.elena.post("/session", { telephoneId: desk(5), confirmTakeover: true }),
  };
  const yes = async (act: Promise<unknown>) =>
    act.then(
      () => true,
      () => false,
    );
  const [anna, bruno, carla, dario, elena] = await Promise.all(
    [acts.anna, acts.bruno, acts.carla, acts.dario, acts.elena].map(yes),
  );
  return {
    anna: anna === true,
    bruno: bruno === true,
    carla: carla === true,
    dario: dario === true,
    elena: elena === true,
    fabio: false,
  };
}

/** What Asterisk itself shows. */
async function members(): Promise<Member[]> {
  let queueId = 0;
  return (await house.console("queue show")).split("\n").flatMap((line): Member[] => {
    queueId = Number(/^q(\d+)\s/.exec(line)?.[1] ?? queueId);
    const found = /^\s+(.+?) \(PJSIP\/([^ )]+)/.exec(line);
    if (found === null) return [];
    const [, agentName = "", endpoint = ""] = found;
    return [{ queueId, endpoint, agentName, paused: /\(paused/.test(line), pauseReason: null }];
  });
}

/** Who Asterisk's own database says sits where. */
async function seats(): Promise<Seat[]> {
  const shown = await house.console(`database show ${SEATS_FAMILY}`);
  return [...shown.matchAll(/^\/\S+\/(\S+)\s*: (.*)$/gm)].flatMap(
    ([, endpoint = "", value = ""]) => readSeat(endpoint, value.trim()) ?? [],
  );
}

const lastWords = () =>
  readFileSync(join(house.home, "log", "perch.log"), "utf8")
    .trim()
    .split("\n")
    .slice(-12)
    .join("\n");

/** Until health is well, which includes that it is known which telephones are there, and Asterisk shows what the database says. */
async function untilTrue(): Promise<void> {
  await until(
    "Perch is well",
    async () => {
      const health = await house.admin.get<Health>("/health");
      if (health.status !== "ok") throw new Error(`${JSON.stringify(health)}; its last words: ${lastWords()}`);
      return true;
    },
    { timeoutMs: 60_000 },
  );
  await until(
    "Asterisk agrees with the database",
    async () => {
      const open = await readOpen(db);
      const wrongs = [
        ...(await readWrongs(db)),
        ...memberWrongs(open, await members()),
        ...seatWrongs(open, await seats()),
      ];
      if (wrongs.length > 0) throw new Error(wrongs.join("; "));
      return true;
    },
    { timeoutMs: 60_000 },
  );
}

const at = async (name: Name) => {
  const session = await as[name].get<Session>("/session").catch(() => null);
  return session === null ? null : desks.findIndex(({ id }) => id === session.telephone.id);
};

/** What each act may have come to; one that was answered has happened. */
async function expectAllowed(done: Record<Name, boolean>, said: string): Promise<void> {
  const [anna, carla, dario, elena, fabio] = await Promise.all(
    (["anna", "carla", "dario", "elena", "fabio"] as const).map(at),
  );
  const bruno = await as.bruno.get<Session>("/session");
  expect(done.anna ? [0] : [0, null], `${said}: the login`).toContain(anna);
  expect(bruno.telephone.id, `${said}: the pause`).toBe(desk(1));
  if (done.bruno) expect(bruno.causes, `${said}: the pause`).toMatchObject([{ cause: "break", reason: "Coffee" }]);
  expect(done.carla ? [null] : [2, null], `${said}: the logout`).toContain(carla);
  expect(done.dario ? [4] : [3, 4], `${said}: the move`).toContain(dario);
  const takeover = done.elena
    ? [[5, null]]
    : [
        [5, null],
        [null, 5],
        [null, null],
      ];
  expect(takeover, `${said}: the takeover`).toContainEqual([elena, fabio]);
}

const VICTIMS: Record<string, { kill(): Promise<void>; bringBack(): Promise<void> }> = {
  Perch: { kill: () => perch.kill(), bringBack: () => house.startPerch() },
  Asterisk: {
    async kill() {
      const identity = readPidFile(join(house.home, "run", "asterisk.pid"));
      if (identity !== undefined) process.kill(identity.pid, "SIGKILL");
    },
    async bringBack() {},
  },
  PostgreSQL: {
    async kill() {
      process.kill(database.pid, "SIGKILL");
    },
    async bringBack() {
      const start = () => startEmbeddedDatabase({ home: databaseHome, log, port: database.port });
      // What the killed one left behind dies some moments after it.
      database = await until("PostgreSQL runs again", start, { timeoutMs: 60_000 });
    },
  },
};

const CASES = Object.keys(VICTIMS).flatMap((victim) =>
  Object.entries(POINTS).map(([listener, after]) => ({ victim, listener: listener as keyof typeof POINTS, after })),
);

it.each(CASES)(
  "kill -9 of $victim between words to $listener leaves a state that the rules allow, and Asterisk agrees with it",
  async ({ victim, listener, after }) => {
    const { kill, bringBack } = VICTIMS[victim] ?? { kill: async () => {}, bringBack: async () => {} };
    for (const point of after) {
      await seatAll();
      const killed = new Promise<void>((resolve, reject) =>
        proxies[listener].holdAfter(point, () => {
          const end = kill();
          end.then(resolve, reject);
          return end;
        }),
      );
      const acts = actAll();
      await killed;
      await bringBack();
      const done = await acts;
      await untilTrue();
      await expectAllowed(done, `after ${point} words to ${listener}`);
    }
  },
  400_000,
);

function points(list: string): number[] {
  return list.split(",").map(Number);
}
