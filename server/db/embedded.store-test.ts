import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, it } from "vitest";
import { until } from "../../test/until.ts";
import { systemClock } from "../clock.ts";
import { createKeeper } from "../keeper.ts";
import { openLog } from "../log.ts";
import { identifyProcess, readPidFile } from "../process-identity.ts";
import { startEmbeddedDatabase } from "./embedded.ts";

let folder: string;
let home: string;
const log = openLog({ level: "silent" });

const start = (durable = false) => startEmbeddedDatabase({ home, log, durable });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "perch-database-"));
  // A home that nobody else may enter, deeper than a Unix socket's path may be.
  chmodSync(folder, 0o700);
  home = join(folder, "a-rather-long-name/".repeat(6), "home");
  mkdirSync(home, { recursive: true });
});

afterEach(async () => {
  const left = readPidFile(join(home, "run", "database.pid"));
  if (left !== undefined && identifyProcess(left.pid) !== undefined) {
    await (await start()).stop();
  }
  rmSync(folder, { recursive: true, force: true });
});

const query = async (url: string, text: string): Promise<unknown[]> => {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {}); // the server is killed under it
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
};

it("keeps what was written over a stop and a start, and leaves no process", async () => {
  const first = await start();
  await query(first.url, "create table kept (word text)");
  await query(first.url, "insert into kept values ('straße')");
  await first.stop();
  expect(identifyProcess(first.pid)).toBeUndefined();
  expect(existsSync(join(home, "run", "database.pid"))).toBe(false);

  const second = await start();
  expect(await query(second.url, "select upper(word) as word from kept")).toEqual([{ word: "STRAßE" }]);
  await second.stop();
});

it("is back where it was after a crash", async () => {
  const keeper = createKeeper({
    name: "the database",
    launch: async () => (last = await again()),
    clock: systemClock,
    log,
  });
  let last = await start();
  const again = () => startEmbeddedDatabase({ home, log, durable: false, port: last.port });
  await keeper.start();
  const { url, pid } = last;
  process.kill(pid, "SIGKILL");
  await until(
    "it answers at the same address",
    async () => {
      if (last.pid === pid) return null;
      return (await query(url, "select 1 as one").catch(() => [])).length === 1 ? true : null;
    },
    { timeoutMs: 30_000 },
  );
  await keeper.stop();
  expect(last.isRunning()).toBe(false);
});

it("outlives a killed starter and is adopted by the next", async () => {
  const starter = spawn(
    process.execPath,
    [
      "--input-type=module",
      "--eval",
      `import { startEmbeddedDatabase } from ${JSON.stringify(new URL("./embedded.ts", import.meta.url).href)};
       import { openLog } from ${JSON.stringify(new URL("../log.ts", import.meta.url).href)};
       await startEmbeddedDatabase({ home: ${JSON.stringify(home)}, log: openLog({ level: "silent" }), durable: false });
       console.log("started");
       setInterval(() => {}, 1000);`,
    ],
    { detached: true, stdio: ["ignore", "pipe", "inherit"] },
  );
  await new Promise((resolve) => starter.stdout.once("data", resolve));
  if (starter.pid === undefined) throw new Error("the starter has no pid");
  process.kill(-starter.pid, "SIGKILL"); // its whole process group
  await new Promise((resolve) => starter.once("close", resolve));

  const adopted = await start();
  expect(adopted.adopted).toBe(true);
  await adopted.stop();
  expect(identifyProcess(adopted.pid)).toBeUndefined();
});

it("adopts one whose start was not noted", async () => {
  const first = await start();
  rmSync(join(home, "run", "database.pid"));
  const second = await start();
  expect(second).toMatchObject({ adopted: true, pid: first.pid });
  await second.stop();
});

it("recovers what was committed before it was killed", async () => {
  const first = await start(true);
  await query(first.url, "create table kept as select generate_series(1, 1000) as n");
  process.kill(first.pid, "SIGKILL");
  await until("PostgreSQL is gone", () => identifyProcess(first.pid) === undefined);
  const second = await start(true);
  expect(second.adopted).toBe(false);
  expect(await query(second.url, "select count(*)::int as n from kept")).toEqual([{ n: 1000 }]);
  await second.stop();
});

it("does not take a foreign process named in a stale postmaster.pid for PostgreSQL", async () => {
  const first = await start();
  const postmaster = join(home, "db", "postmaster.pid");
  const text = readFileSync(postmaster, "utf8");
  await first.stop();
  writeFileSync(postmaster, text.replace(/^\d+/, String(process.pid)));
  const second = await start();
  expect(second.adopted).toBe(false);
  await second.stop();
});
