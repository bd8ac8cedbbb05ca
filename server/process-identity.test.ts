import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { until } from "../test/until.ts";
import {
  claimPidFile,
  formatPidFile,
  identifyProcess,
  isRunning,
  parsePidFile,
  readPidFile,
  runningFromPidFile,
  startTicksOf,
  stopProcess,
  writePidFile,
} from "./process-identity.ts";

const statLine = (name: string, state: string) =>
  `812 (${name}) ${state} 1 812 812 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 987654 1000 10 184 1 1 0`;
const ofThreads = (states: string) => {
  const lines = [...states].map((state) => statLine("asterisk", state));
  return startTicksOf(lines[0] ?? "", () => lines);
};

describe("the start time in /proc/PID/stat", () => {
  it("is field 22, whatever the command is called", () => {
    expect(ofThreads("S")).toBe("987654");
    expect(startTicksOf(statLine("tricky) R 1 (name", "S"), () => [])).toBe("987654");
  });

  it.each(["Z", "ZZZ", "ZX", "X"])("does not count for a process that has ended with all its threads: %s", (states) => {
    expect(ofThreads(states)).toBeUndefined();
  });

  it("counts while threads of an ended process are still ending", () => {
    expect(ofThreads("ZSD")).toBe("987654");
  });
});

describe("a pid file", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "perch-pid-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("reads back what was written", () => {
    const written = writePidFile(join(folder, "a.pid"), process.pid, "SIGINT");
    expect(readPidFile(join(folder, "a.pid"))).toEqual(written);
    expect(parsePidFile(formatPidFile(written))).toEqual(written);
  });

  it.each(["", "abc", "12", "0 1 b SIGTERM", "-1 1 b SIGTERM", "12 1 b SIGKILL"])("refuses %j", (text) => {
    expect(parsePidFile(text)).toBeUndefined();
  });

  it("does not take another process with the same pid for the one that was noted", () => {
    const own = identifyProcess(process.pid);
    if (own === undefined) throw new Error("own process not found");
    expect(isRunning(own)).toBe(true);
    expect(isRunning({ ...own, startTicks: "1" })).toBe(false);
    expect(isRunning({ ...own, bootId: "another boot" })).toBe(false);
  });

  it("is claimed by one holder, and again after release", () => {
    const path = join(folder, "lock.pid");
    const first = claimPidFile(path);
    if (!("release" in first)) throw new Error("not claimed");
    expect(claimPidFile(path)).toMatchObject({ heldBy: { pid: process.pid } });
    first.release();
    expect(claimPidFile(path)).toHaveProperty("release");
    expect(readdirSync(folder)).toEqual(["lock.pid"]);
  });

  it("left by a process that is gone is claimed anew", () => {
    const path = join(folder, "lock.pid");
    writeFileSync(path, "4194304 1 another-boot SIGTERM\n");
    expect(claimPidFile(path)).toHaveProperty("release");
    expect(readFileSync(path, "utf8")).toContain(`${process.pid} `);
  });

  it("names a process that can be stopped, once", async () => {
    const child = spawn("sleep", ["60"], { stdio: "ignore" });
    if (child.pid === undefined) throw new Error("sleep did not start");
    const path = join(folder, "sleep.pid");
    const identity = writePidFile(path, child.pid);
    expect(runningFromPidFile(path)).toEqual(identity);
    expect(await stopProcess(identity, { graceMs: 2_000 })).toBe("stopped");
    expect(await stopProcess(identity, { graceMs: 2_000 })).toBe("gone");
    expect(runningFromPidFile(path)).toBeUndefined();
  });

  it("names a process that is killed when it does not listen", async () => {
    const child = spawn("sh", ["-c", "trap '' TERM; echo deaf; while :; do sleep 1; done"], { detached: true });
    if (child.pid === undefined) throw new Error("sh did not start");
    await new Promise((resolve) => child.stdout.once("data", resolve));
    const identity = writePidFile(join(folder, "deaf.pid"), child.pid);
    expect(await stopProcess(identity, { graceMs: 100 })).toBe("killed");
  });

  it("speaks of nothing once its process has ended, though nobody reaps it", async () => {
    const shell = spawn("sh", ["-c", "sleep 60 & echo $!; exec sleep 60"]);
    const line: Buffer = await new Promise((resolve) => shell.stdout.once("data", resolve));
    const identity = writePidFile(join(folder, "child.pid"), Number(line.toString()));
    // Until it has become the second sleeper, the shell may reap the first.
    const name = () => readFileSync(`/proc/${shell.pid}/comm`, "utf8").trim();
    await until("the shell is no shell any more", () => name() === "sleep");
    expect(await stopProcess(identity, { graceMs: 5_000 })).toBe("stopped");
    expect(readFileSync(`/proc/${identity.pid}/stat`, "utf8")).toContain(") Z ");
    shell.kill();
  });
});
