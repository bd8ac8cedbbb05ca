import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { claimPidFile, isRunning, type ProcessIdentity, readPidFile, stopProcess } from "../server/process-identity.ts";
import { orphansOf } from "./orphans.ts";

/** One that runs of a home. What outlives Perch is noted in PERCH_HOME/run/NAME.pid. */
export type InstanceProcess = { name: string; pidFile?: string; identity: ProcessIdentity };

const runFolder = (home: string): string => join(home, "run");

/** Makes this process the one instance of its home, or answers who is. */
export const claimHome = (home: string): { release(): void } | { heldBy: ProcessIdentity } => {
  mkdirSync(runFolder(home), { recursive: true, mode: 0o700 });
  return claimPidFile(join(runFolder(home), "perch.pid"));
};

const notedProcesses = (home: string): InstanceProcess[] => {
  if (!existsSync(runFolder(home))) return [];
  const files = readdirSync(runFolder(home)).filter((file) => file.endsWith(".pid"));
  return files.flatMap((file) => {
    const pidFile = join(runFolder(home), file);
    const identity = readPidFile(pidFile);
    return identity !== undefined && isRunning(identity) ? [{ name: basename(file, ".pid"), pidFile, identity }] : [];
  });
};

/** What runs of a home: what has noted itself, and orphans that carry the home's mark. */
export const processesOf = (home: string): InstanceProcess[] => {
  const noted = notedProcesses(home);
  return [...noted, ...orphansOf(home, new Set(noted.map(({ identity }) => identity.pid)))];
};

/**
 * Perch goes first, so that nobody starts again what is being stopped, and it takes its Asterisk and its database along;
 * then phones and callers, and last what all others lean on.
 */
export const stopOrder = (name: string): number => {
  const place = ["perch", "*", "asterisk", "database"].indexOf(name);
  return place === -1 ? 1 : place;
};

const GRACE_MS: Record<string, number> = { perch: 45_000, database: 60_000 };
const OTHER_GRACE_MS = 10_000;

export type StopInstanceOptions = {
  /** Processes to leave alone, by pid. */
  except?: ReadonlySet<number>;
  /** Bounds the wait for each process before it is killed. */
  graceMs?: number;
  stopped?: (name: string, how: "stopped" | "killed") => void;
};

/** Stops what runs of a home, in order, and clears pid files that speak of nothing. */
export const stopInstance = async (home: string, options: StopInstanceOptions = {}): Promise<void> => {
  // What had to be killed may leave orphans of its own: look again.
  for (let pass = 0; pass < 3; pass += 1) {
    const running = processesOf(home).filter(({ identity }) => options.except?.has(identity.pid) !== true);
    if (running.length === 0) return;
    await stopInOrder(running, options);
  }
};

const stopInOrder = async (running: InstanceProcess[], options: StopInstanceOptions): Promise<void> => {
  const places = new Set(running.map(({ name }) => stopOrder(name)).sort());
  for (const place of places) {
    const together = running.filter(({ name }) => stopOrder(name) === place);
    await Promise.all(
      together.map(async ({ name, identity, pidFile }) => {
        const graceMs = Math.min(GRACE_MS[name] ?? OTHER_GRACE_MS, options.graceMs ?? Number.POSITIVE_INFINITY);
        const how = await stopProcess(identity, { graceMs });
        if (how !== "gone") options.stopped?.(name, how);
        if (pidFile !== undefined && readPidFile(pidFile)?.startTicks === identity.startTicks) {
          rmSync(pidFile, { force: true });
        }
      }),
    );
  }
};
