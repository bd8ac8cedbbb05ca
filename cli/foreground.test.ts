import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { until } from "../test/until.ts";
import { processesOf, stopInstance, stopOrder } from "./instance.ts";
import { programName } from "./orphans.ts";

let home: string;
let children: ChildProcess[];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "perch-foreground-"));
  children = [];
});

afterEach(async () => {
  await stopInstance(home, { graceMs: 500 });
  for (const child of children) child.kill("SIGKILL");
  rmSync(home, { recursive: true, force: true });
});

const module = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);

/** A program that runs in the foreground of `home`; its start launches a process, noted as `daemon`, then does `after`. */
const perch = (daemon: string | null, after: "runs" | "fails" | "hangs") => {
  const code = `
    import { spawn } from "node:child_process";
    import { runInForeground } from ${module("./foreground.ts")};
    import { writePidFile } from ${module("../server/process-identity.ts")};
    const home = ${JSON.stringify(home)};
    process.exit(await runInForeground({ home }, (step) => console.log(step), async () => {
      const child = spawn("sleep", ["600"], { detached: true, stdio: "ignore" });
      ${daemon === null ? "" : `writePidFile(home + "/run/${daemon}.pid", child.pid);`}
      console.log("launched");
      ${after === "fails" ? "throw new Error('does not start');" : ""}
      ${after === "hangs" ? "await new Promise((resolve) => setTimeout(resolve, 600_000));" : ""}
      return { stop: async () => process.kill(child.pid) };
    }).catch((error) => { console.error(error.message); return 1; }));`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", code], { stdio: ["ignore", "pipe", "pipe"] });
  children.push(child);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (said += String(data)));
  const exitCode = new Promise<number | null>((resolve) => child.once("close", resolve));
  const says = (text: string) => until(`it says "${text}"`, () => said.includes(text), { timeoutMs: 8_000 });
  return { child, exitCode, says };
};

const running = () => processesOf(home).map(({ name }) => name);

it("stops in order when it is told to, and leaves nothing", async () => {
  const { child, exitCode, says } = perch("asterisk", "runs");
  await says("launched");
  expect(running().sort()).toEqual(["asterisk", "perch"]);
  child.kill("SIGTERM");
  expect(await exitCode).toBe(0);
  await until("the daemon is gone", () => running().length === 0);
  expect(existsSync(join(home, "run", "perch.pid"))).toBe(false);
});

it("refuses a second one on the same home", async () => {
  const first = perch("asterisk", "runs");
  await first.says("launched");
  const second = perch("database", "runs");
  expect(await second.exitCode).toBe(1);
  await second.says("already running on");
  expect(running().sort()).toEqual(["asterisk", "perch"]);
});

it("told to stop while it starts, ends what it has launched", async () => {
  const { child, exitCode, says } = perch("asterisk", "hangs");
  await says("launched");
  child.kill("SIGINT");
  expect(await exitCode).toBe(130);
  expect(running()).toEqual([]);
});

it("whose start fails, leaves alone what ran before it", async () => {
  const first = perch("asterisk", "runs");
  await first.says("launched");
  first.child.kill("SIGKILL");
  await first.exitCode;
  expect(running()).toEqual(["asterisk"]);
  const second = perch("database", "fails");
  expect(await second.exitCode).toBe(1);
  expect(running()).toEqual(["asterisk"]);
});

it("killed, is cleared up after", async () => {
  const { child, exitCode, says } = perch("database", "runs");
  await says("launched");
  child.kill("SIGKILL");
  await exitCode;
  const stopped: string[] = [];
  await stopInstance(home, { stopped: (name, how) => stopped.push(`${how} ${name}`) });
  expect(stopped).toEqual(["stopped database"]);
  await stopInstance(home, { stopped: (name) => stopped.push(name) });
  expect(stopped).toHaveLength(1);
});

it("killed, leaves no phone that nobody noted", async () => {
  const { child, exitCode, says } = perch(null, "runs");
  await says("launched");
  child.kill("SIGKILL");
  await exitCode;
  const stopped: string[] = [];
  await stopInstance(home, { stopped: (name, how) => stopped.push(`${how} ${name}`) });
  expect(stopped).toEqual(["stopped sleep"]);
});

it("goes before its phones, its phones before Asterisk, the database last", () => {
  const names = ["database", "asterisk", "phone-101", "perch"];
  expect(names.sort((a, b) => stopOrder(a) - stopOrder(b))).toEqual(["perch", "phone-101", "asterisk", "database"]);
});

it("names the program a loader runs", () => {
  expect(programName(["/r/ld-linux-x86-64.so.2", "--library-path", "/r/lib", "/r/usr/bin/baresip", "-f"])).toBe(
    "baresip",
  );
  expect(programName(["/usr/bin/sleep", "600", ""])).toBe("sleep");
});
