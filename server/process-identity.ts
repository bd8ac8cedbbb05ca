import { closeSync, linkSync, openSync, readdirSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

/**
 * A process that outlives its starter is found again by pid. A pid alone may have been given to another program since,
 * so it is kept with the moment the process started and the boot that moment counts from.
 */
export type ProcessIdentity = {
  pid: number;
  /** Clock ticks after boot, field 22 of /proc/PID/stat. */
  startTicks: string;
  bootId: string;
  /** The signal that asks this process to end in good order. */
  stopSignal: StopSignal;
};

export type StopSignal = "SIGTERM" | "SIGINT";

/** The fields of a stat file from the third on. The command name, in brackets, may hold blanks and brackets itself. */
const fieldsOf = (stat: string): string[] => stat.slice(stat.lastIndexOf(")") + 2).split(" ");

const hasEnded = (stat: string): boolean => ["Z", "X"].includes(fieldsOf(stat)[0] ?? "");

/**
 * The start time out of /proc/PID/stat, undefined when the process has ended. A zombie has ended, whether or not
 * anybody reaps it, unless threads of it are still ending: they hold its sockets. `threads` answers their stat files,
 * its own among them.
 */
export const startTicksOf = (stat: string, threads: () => readonly string[]): string | undefined =>
  hasEnded(stat) && threads().every(hasEnded) ? undefined : fieldsOf(stat)[19];

const readOrUndefined = (path: string): string | undefined => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
};

const threadsOf = (pid: number): string[] => {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((id) => readOrUndefined(`/proc/${pid}/task/${id}/stat`) ?? []);
  } catch {
    return [];
  }
};

const bootId = (): string => (readOrUndefined("/proc/sys/kernel/random/boot_id") ?? "").trim();

/** The identity of a running process; undefined when there is none. */
export const identifyProcess = (pid: number, stopSignal: StopSignal = "SIGTERM"): ProcessIdentity | undefined => {
  const stat = readOrUndefined(`/proc/${pid}/stat`);
  const startTicks = stat === undefined ? undefined : startTicksOf(stat, () => threadsOf(pid));
  return startTicks === undefined ? undefined : { pid, startTicks, bootId: bootId(), stopSignal };
};

export const isRunning = (identity: ProcessIdentity): boolean => {
  const now = identifyProcess(identity.pid);
  return now !== undefined && now.startTicks === identity.startTicks && now.bootId === identity.bootId;
};

export const parsePidFile = (text: string): ProcessIdentity | undefined => {
  const [pid, startTicks, boot, stopSignal] = text.trim().split(" ");
  if (pid === undefined || !/^[1-9]\d*$/.test(pid) || startTicks === undefined || boot === undefined) return undefined;
  if (stopSignal !== "SIGTERM" && stopSignal !== "SIGINT") return undefined;
  return { pid: Number(pid), startTicks, bootId: boot, stopSignal };
};

export const formatPidFile = (identity: ProcessIdentity): string =>
  `${identity.pid} ${identity.startTicks} ${identity.bootId} ${identity.stopSignal}\n`;

export const readPidFile = (path: string): ProcessIdentity | undefined => {
  const text = readOrUndefined(path);
  return text === undefined ? undefined : parsePidFile(text);
};

/** The process a pid file speaks of, if it still runs. */
export const runningFromPidFile = (path: string): ProcessIdentity | undefined => {
  const identity = readPidFile(path);
  return identity !== undefined && isRunning(identity) ? identity : undefined;
};

const writeNew = (path: string, identity: ProcessIdentity): void => {
  const file = openSync(path, "wx", 0o600);
  writeSync(file, formatPidFile(identity));
  closeSync(file);
};

const beside = (path: string): string => `${path}.${process.pid}`;

/** A process that was just started has already ended. */
export class EndedAtOnce extends Error {}

/** Notes a process that was just started; throws EndedAtOnce. */
export const writePidFile = (path: string, pid: number, stopSignal: StopSignal = "SIGTERM"): ProcessIdentity => {
  const identity = identifyProcess(pid, stopSignal);
  if (identity === undefined) throw new EndedAtOnce(`process ${pid} ended before it could be noted in ${path}`);
  rmSync(beside(path), { force: true });
  writeNew(beside(path), identity);
  renameSync(beside(path), path);
  return identity;
};

export type PidFileClaim = { release(): void } | { heldBy: ProcessIdentity };

/**
 * Makes `path` a lock held by this process: it counts for as long as the process runs, so a killed holder locks nobody
 * out. Only one of several claimants gets it.
 */
export const claimPidFile = (path: string): PidFileClaim => {
  const own = identifyProcess(process.pid);
  if (own === undefined) throw new Error("/proc is not mounted: running processes cannot be told apart");
  rmSync(beside(path), { force: true });
  writeNew(beside(path), own);
  try {
    for (;;) {
      try {
        linkSync(beside(path), path);
        return { release: () => releasePidFile(path, own) };
      } catch (error) {
        if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
      }
      const heldBy = runningFromPidFile(path);
      if (heldBy !== undefined) return { heldBy };
      dropStale(path);
    }
  } finally {
    rmSync(beside(path), { force: true });
  }
};

/** Takes a stale file away; when another claimant replaced it in between, puts that one's back. */
const dropStale = (path: string): void => {
  const aside = `${beside(path)}.stale`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  if (runningFromPidFile(aside) !== undefined) renameSync(aside, path);
  else rmSync(aside, { force: true });
};

const releasePidFile = (path: string, own: ProcessIdentity): void => {
  if (readOrUndefined(path) === formatPidFile(own)) rmSync(path, { force: true });
};

export type StopOptions = { graceMs: number };

/** Asks a process to end, waits, and in the end kills it. Answers how it went; a process that is gone is fine. */
export const stopProcess = async (
  identity: ProcessIdentity,
  { graceMs }: StopOptions,
): Promise<"gone" | "stopped" | "killed"> => {
  if (!signal(identity, identity.stopSignal)) return "gone";
  if (await ended(identity, graceMs)) return "stopped";
  signal(identity, "SIGKILL");
  if (await ended(identity, 5_000)) return "killed";
  throw new Error(`process ${identity.pid} does not end, not even when killed`);
};

const signal = (identity: ProcessIdentity, name: NodeJS.Signals): boolean => {
  if (!isRunning(identity)) return false;
  try {
    process.kill(identity.pid, name);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ESRCH") return false;
    throw error;
  }
};

const ended = async (identity: ProcessIdentity, withinMs: number): Promise<boolean> => {
  const deadline = performance.now() + withinMs;
  while (isRunning(identity)) {
    if (performance.now() > deadline) return false;
    await delay(20);
  }
  return true;
};
