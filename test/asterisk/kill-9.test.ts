import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Agent, Health, Queue, Session, Telephone } from "../../contract/views.ts";
import type { Api } from "../../demo/api.ts";
import { type EmbeddedDatabase, startEmbeddedDatabase } from "../../server/db/embedded.ts";
import { type Database, openDatabase } from "../../server/db/pool.ts";
import { openLog } from "../../server/log.ts";
import { readPidFile } from "../../server/process-identity.ts";
import type { Member } from "../../server/telephony.ts";
import { memberWrongs } from "../model/invariants.ts";
import { readOpen, readWrongs } from "../model/truth.ts";
import { type HoldingProxy, startHoldingProxy } from "../rig/holding-proxy.ts";
import { type HouseRig, startHouse } from "../rig/house-rig.ts";
import { type PerchProcess, perchProcess } from "../rig/perch-process.ts";
import { until } from "../until.ts";

/**
 * Five agents do something at once – one logs in, one pauses, one logs out, one moves, one takes a telephone over – and
 * after so many words to the database a part is killed as `kill -9` does. All together they say more than 40.
 */
const POINTS = (process.env.PERCH_KILL_POINTS ?? "1,3,5,7,10,13,16,20,24,28,32,37").split(",").map(Number);
const NAMES = ["anna", "bruno", "carla", "dario", "elena", "fabio"] as const;
type Name = (typeof NAMES)[number];

const log = openLog({ level: "silent" });
let databaseHome: string;
let database: EmbeddedDatabase;
let proxy: HoldingProxy;
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
  proxy = await startHoldingProxy(database.port);
  db = openDatabase(database.url, { onError: () => {} });
  const url = new URL(database.url);
  url.port = String(proxy.port);
  perch = perchProcess();
  house = await startHouse({ databaseUrl: url.href }, perch.launch);
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
  await proxy.stop();
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

/** Until health is well, which includes that it is known which telephones are there, and Asterisk shows what the database says. */
async function untilTrue(): Promise<void> {
  await until("Perch is well", async () => (await house.admin.get<Health>("/health")).status === "ok", {
    timeoutMs: 60_000,
  });
  await until(
    "Asterisk agrees with the database",
    async () => {
      const wrongs = [...(await readWrongs(db)), ...memberWrongs(await readOpen(db), await members())];
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
async function expectAllowed(done: Record<Name, boolean>, point: number): Promise<void> {
  const [anna, carla, dario, elena, fabio] = await Promise.all(
    (["anna", "carla", "dario", "elena", "fabio"] as const).map(at),
  );
  const bruno = await as.bruno.get<Session>("/session");
  const said = `after ${point}`;
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

it.each(Object.keys(VICTIMS))(
  "kill -9 of %s in the middle of five acts leaves a state that the rules allow, and Asterisk agrees with it",
  async (victim) => {
    const { kill, bringBack } = VICTIMS[victim] ?? { kill: async () => {}, bringBack: async () => {} };
    for (const point of POINTS) {
      await seatAll();
      const killed = new Promise<void>((resolve, reject) =>
        proxy.holdAfter(point, () => {
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
      await expectAllowed(done, point);
    }
  },
  400_000,
);
