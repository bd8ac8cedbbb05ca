import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { identifyProcess, type ProcessIdentity } from "../server/process-identity.ts";

/**
 * Whatever an instance starts inherits this variable. So what a killed one left behind is found although nobody noted
 * it: a demo's phones and callers, or a daemon whose starter died before it had written the pid down.
 */
const MARK = "PERCHED_IN";

/** From now on, what this process starts carries the home's mark. */
export const markChildren = (home: string): void => {
  process.env[MARK] = home;
};

export type Orphan = { name: string; identity: ProcessIdentity };

/** Marked processes whose parent neither is `known` nor carries the mark: the others end with their parent. */
export const orphansOf = (home: string, known: ReadonlySet<number>): Orphan[] => {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const marked = new Set(pids.map(Number).filter((pid) => environmentOf(pid).includes(`${MARK}=${home}`)));
  const family = new Set([...marked, ...known]);
  return [...marked].flatMap((pid) => {
    const identity = identifyProcess(pid);
    const parent = parentOf(pid);
    if (identity === undefined || known.has(pid) || (parent !== undefined && family.has(parent))) return [];
    return [{ name: programName(read(`/proc/${pid}/cmdline`).split("\0")), identity }];
  });
};

/** Another user's process, or one that ended just now, reads as empty. */
const read = (path: string): string => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
};

const environmentOf = (pid: number): string[] => read(`/proc/${pid}/environ`).split("\0");

const parentOf = (pid: number): number | undefined => {
  const parent = /^PPid:\s+(\d+)$/m.exec(read(`/proc/${pid}/status`))?.[1];
  return parent === undefined ? undefined : Number(parent);
};

/** The program's name; for one that is run by a loader (`ld-linux --library-path … program`) that program's. */
export const programName = (commandLine: string[]): string => {
  const [program = "", , , loaded] = commandLine;
  return basename(basename(program).startsWith("ld-linux") && loaded !== undefined ? loaded : program);
};
