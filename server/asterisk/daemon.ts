import { execFile, spawn } from "node:child_process";
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { socketDirectory } from "../config.ts";
import type { Log } from "../log.ts";
import {
  EndedAtOnce,
  isRunning,
  type ProcessIdentity,
  runningFromPidFile,
  stopProcess,
  writePidFile,
} from "../process-identity.ts";

/** An Asterisk that was found: how to spawn it, and where its modules, sounds and documentation lie. */
export type AsteriskProgram = {
  command: string;
  /** Come before Asterisk's own arguments. */
  args: string[];
  moduleDir: string;
  dataDir: string;
};

/** The folders of one instance; `[directories]` of asterisk.conf names them. `etc` holds asterisk.conf itself. */
export type AsteriskDirectories = {
  etc: string;
  log: string;
  spool: string;
  var: string;
  /** Holds the control socket, whose path must be short: in a deep home it lies elsewhere. */
  run: string;
  modules: string;
  data: string;
};

export const asteriskDirectories = (
  home: string,
  program: Pick<AsteriskProgram, "moduleDir" | "dataDir">,
): AsteriskDirectories => ({
  etc: join(home, "asterisk", "etc"),
  log: join(home, "asterisk", "log"),
  spool: join(home, "asterisk", "spool"),
  var: join(home, "asterisk", "var"),
  run: join(socketDirectory({ home }), "asterisk"),
  modules: program.moduleDir,
  data: program.dataDir,
});

const INBOX = join("..", "..", "recordings", "inbox");

/** Where Asterisk puts recordings: in the home, not in its own folders, so that they can lie on a disk of their own. */
export const recordingsFolder = ({ spool }: Pick<AsteriskDirectories, "spool">): string => join(spool, INBOX);

/** Where what we say to callers lies as files. Asterisk plays them by their whole path. */
export const voicesFolder = ({ var: variable }: Pick<AsteriskDirectories, "var">): string => join(variable, "voices");

/** Makes those of the folders that are ours, closed to others: passwords lie in them. */
export const makeAsteriskDirectories = (directories: AsteriskDirectories): void => {
  const { etc, log, spool, var: variable, run } = directories;
  for (const folder of [etc, log, join(log, "cel-custom"), spool, recordingsFolder(directories), variable, run]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
  }
  // A recording whose name is no path goes here; a path of ours may hold a comma, which would end it in the dial plan.
  const monitor = join(spool, "monitor");
  if (!existsSync(monitor)) symlinkSync(INBOX, monitor);
};

export type AsteriskOptions = { home: string; program: AsteriskProgram; log: Log };

export type Asterisk = {
  pid: number;
  adopted: boolean;
  isRunning(): boolean;
  /** What Asterisk's console prints for a command. */
  console(command: string): Promise<string>;
  stop(): Promise<void>;
};

const START_TIMEOUT_MS = 60_000;
const STOP_GRACE_MS = 10_000;

const run = promisify(execFile);

/**
 * Starts the Asterisk of this home, whose asterisk.conf has been written, or adopts the one that runs. It has its own
 * session and outlives us. Answers once it is fully booted.
 */
export const startAsterisk = async ({ home, program, log }: AsteriskOptions): Promise<Asterisk> => {
  const directories = asteriskDirectories(home, program);
  const pidFile = join(home, "run", "asterisk.pid");
  makeAsteriskDirectories(directories);
  mkdirSync(dirname(pidFile), { recursive: true, mode: 0o700 });

  const command = (...args: string[]): [string, string[]] => [
    program.command,
    [...program.args, "-C", join(directories.etc, "asterisk.conf"), ...args],
  ];
  const console = async (line: string): Promise<string> => {
    const [file, args] = command("-r", "-x", line);
    return (await run(file, args, { timeout: 30_000, maxBuffer: 64 * 1024 * 1024 })).stdout;
  };

  const running = runningFromPidFile(pidFile);
  const startLog = join(directories.log, "start.log");
  const identity = running ?? launch(command("-f"), startLog, pidFile);
  await untilBooted(identity, console, startLog);
  log.info({ pid: identity.pid }, running === undefined ? "started Asterisk" : "adopted the running Asterisk");
  return {
    pid: identity.pid,
    adopted: running !== undefined,
    isRunning: () => isRunning(identity),
    console,
    async stop() {
      await stopProcess(identity, { graceMs: STOP_GRACE_MS });
      rmSync(pidFile, { force: true });
    },
  };
};

/** In the foreground (-f) of a session of its own; never with -c, which reads its console from standard input. */
const launch = ([file, args]: [string, string[]], startLog: string, pidFile: string): ProcessIdentity => {
  const output = openSync(startLog, "w", 0o600);
  const child = spawn(file, args, { cwd: "/", detached: true, stdio: ["ignore", output, output] });
  closeSync(output);
  child.on("error", () => {}); // no pid: seen below
  child.unref();
  if (child.pid === undefined) throw new Error(`${file} cannot be started`);
  try {
    return writePidFile(pidFile, child.pid);
  } catch (error) {
    throw error instanceof EndedAtOnce ? endedWhileStarting(startLog) : error;
  }
};

const endedWhileStarting = (startLog: string) =>
  new Error(`Asterisk ended while it started: ${readFileSync(startLog, "utf8").trim().slice(-2000)}`);

const untilBooted = async (
  identity: ProcessIdentity,
  console: (line: string) => Promise<string>,
  startLog: string,
): Promise<void> => {
  const deadline = performance.now() + START_TIMEOUT_MS;
  for (;;) {
    let last: string;
    try {
      last = await console("core waitfullybooted");
      if (last.includes("fully booted")) return;
    } catch (error) {
      last = String(error);
    }
    if (!isRunning(identity)) throw endedWhileStarting(startLog);
    if (performance.now() > deadline) throw new Error(`Asterisk has not booted in ${START_TIMEOUT_MS} ms: ${last}`);
    await delay(50);
  }
};
