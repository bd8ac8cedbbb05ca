import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isMainThread } from "node:worker_threads";
import pg from "pg";
import { formatPidFile, identifyProcess } from "../server/process-identity.ts";
import { until } from "./until.ts";

export type TestDatabase = { url: string; drop(): Promise<void> };

/** A new, empty database on the PostgreSQL that all tests of this run share. */
export const testDatabase = async (): Promise<TestDatabase> => {
  const server = await sharedServer();
  const name = `test_${randomBytes(8).toString("hex")}`;
  await run(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run(server, `drop database ${name} with (force)`) };
};

const run = async (url: string, statement: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
};

const sharedServer = async (): Promise<string> => {
  // A test file runs in a process or a thread of its own; what they have in common is the process that runs them all.
  const runner = identifyProcess(isMainThread ? process.ppid : process.pid);
  if (runner === undefined) throw new Error("the process that runs the tests is not to be seen in /proc");
  const home = join(tmpdir(), `perch-test-database-${runner.pid}-${runner.startTicks}`);
  if (madeFolder(home)) startKeeper(home, formatPidFile(runner));
  const outcome = await until(
    "the tests' PostgreSQL runs",
    () => existsSync(join(home, "outcome")) && readFileSync(join(home, "outcome"), "utf8"),
    { timeoutMs: 60_000 },
  );
  const answer: { url?: string; error?: string } = JSON.parse(outcome);
  if (answer.url === undefined) throw new Error(answer.error);
  return answer.url;
};

/** True for the one caller that made it. */
const madeFolder = (path: string): boolean => {
  try {
    mkdirSync(path, { mode: 0o700 });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
};

const startKeeper = (home: string, runner: string): void => {
  const keeper = join(import.meta.dirname, "database-keeper.ts");
  spawn(process.execPath, [keeper, home, runner], { detached: true, stdio: "ignore" }).unref();
};
