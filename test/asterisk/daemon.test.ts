import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { program } from "../../cli/programs.ts";
import { asteriskDirectories, makeAsteriskDirectories, startAsterisk } from "../../server/asterisk/daemon.ts";
import { openLog } from "../../server/log.ts";
import { identifyProcess, runningFromPidFile, stopProcess } from "../../server/process-identity.ts";
import { until } from "../until.ts";

const log = openLog({ level: "silent" });
let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "perch-asterisk-"));
});

afterEach(async () => {
  const left = runningFromPidFile(join(home, "run", "asterisk.pid"));
  if (left !== undefined) await stopProcess(left, { graceMs: 5_000 });
  rmSync(home, { recursive: true, force: true });
});

/** The least an Asterisk starts with: no channels, no ports. */
const writeConfiguration = (): void => {
  const directories = asteriskDirectories(home, program("asterisk"));
  makeAsteriskDirectories(directories);
  const { etc, modules, var: variable, data, spool, run, log: logs } = directories;
  const lines = {
    astetcdir: etc,
    astmoddir: modules,
    astvarlibdir: variable,
    astdbdir: variable,
    astkeydir: variable,
    astcachedir: variable,
    astdatadir: data,
    astagidir: variable,
    astspooldir: spool,
    astrundir: run,
    astlogdir: logs,
  };
  const text = Object.entries(lines).map(([name, path]) => `${name} => ${path}`);
  writeFileSync(join(etc, "asterisk.conf"), `[directories]\n${text.join("\n")}\n`);
  writeFileSync(join(etc, "modules.conf"), "[modules]\nautoload=no\n");
};

const start = () => startAsterisk({ home, program: program("asterisk"), log });

it("starts, is adopted, and stops without a trace", async () => {
  writeConfiguration();
  const first = await start();
  expect(first.adopted).toBe(false);
  expect(await first.console("core show version")).toMatch(/^Asterisk \d+/);
  const second = await start();
  expect(second).toMatchObject({ adopted: true, pid: first.pid });
  await second.stop();
  expect(identifyProcess(first.pid)).toBeUndefined();
  expect(first.isRunning()).toBe(false);
  expect(existsSync(join(home, "run", "asterisk.pid"))).toBe(false);
});

it("starts anew after a kill", async () => {
  writeConfiguration();
  const first = await start();
  process.kill(first.pid, "SIGKILL");
  await until("Asterisk is gone", () => !first.isRunning());
  const second = await start();
  expect(second.adopted).toBe(false);
  expect(second.pid).not.toBe(first.pid);
  await second.stop();
});

it("has a session of its own", async () => {
  writeConfiguration();
  const asterisk = await start();
  const stat = readFileSync(`/proc/${asterisk.pid}/stat`, "utf8");
  const [, , group, session] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  expect([group, session]).toEqual([String(asterisk.pid), String(asterisk.pid)]);
  await asterisk.stop();
});

it("works in a home deeper than a socket's path may be", async () => {
  const outer = home;
  home = join(home, "a-rather-long-name/".repeat(6), "home");
  mkdirSync(home, { recursive: true });
  writeConfiguration();
  const { run } = asteriskDirectories(home, program("asterisk"));
  expect(join(run, "asterisk.ctl").length).toBeLessThan(107);
  const asterisk = await start();
  expect(await asterisk.console("core show version")).toMatch(/^Asterisk \d+/);
  await asterisk.stop();
  rmSync(join(run, ".."), { recursive: true, force: true });
  home = outer;
});

it("says why Asterisk did not start", async () => {
  makeAsteriskDirectories(asteriskDirectories(home, program("asterisk")));
  writeFileSync(join(home, "asterisk", "etc", "asterisk.conf"), `[directories]\nastrundir => ${home}/not/there\n`);
  await expect(start()).rejects.toThrow(/Asterisk ended while it started/);
});
