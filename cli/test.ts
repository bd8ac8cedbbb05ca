import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkout } from "./checkout.ts";
import { ensureChromium } from "./chromium.ts";
import { ensureDesktop } from "./desktop-build.ts";
import { ensurePrograms } from "./programs.ts";
import { createProgress, type Progress } from "./progress.ts";
import { type Count, closingLine, countReport, planTests, type TestPlan } from "./test-plan.ts";

/** The parts of the code the import fences hold for. */
const FENCED = ["contract", "server", "desktop", "cli", "demo", "bench", "test"];

const script = (...path: string[]): string => join(checkout, "node_modules", ...path);

const checks = (): { name: string; args: string[] }[] => [
  { name: "types", args: [script("typescript", "bin", "tsc"), "--noEmit"] },
  { name: "lint", args: [script("@biomejs", "biome", "bin", "biome"), "check", "--error-on-warnings"] },
  {
    name: "import fences",
    args: [
      script("dependency-cruiser", "bin", "dependency-cruiser.mjs"),
      ...["--config", ".dependency-cruiser.cjs", "--output-type", "err"],
      ...FENCED.filter((folder) => existsSync(join(checkout, folder))),
    ],
  },
];

export const test = async (args: string[]): Promise<number> => {
  const plan = planTests(args);
  const progress = createProgress();
  const counts: Count[] = [];
  if (plan.checks) {
    for (const check of checks()) {
      progress(`check: ${check.name}`);
      counts.push((await runNode(check.args)) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
    }
  }
  if (plan.vitest) {
    counts.push(await prepare(plan, progress));
    counts.push(await runVitest(plan));
  }
  const total = counts.reduce((sum, count) => ({
    passed: sum.passed + count.passed,
    failed: sum.failed + count.failed,
  }));
  process.stdout.write(`${closingLine(total)}\n`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
};

/** Installs what the tests need. What cannot be had is a failure of its own; the tests without that need still run. */
const prepare = async ({ kinds }: TestPlan, progress: Progress): Promise<Count> => {
  const needs: { wanted: boolean; get: () => Promise<unknown> }[] = [
    { wanted: kinds.includes("asterisk") || kinds.includes("browser"), get: () => ensurePrograms(progress) },
    { wanted: kinds.includes("browser"), get: () => ensureChromium(progress) },
    { wanted: kinds.includes("browser"), get: () => ensureDesktop(progress) },
  ];
  let failed = 0;
  for (const { wanted, get } of needs) {
    if (!wanted) continue;
    try {
      await get();
    } catch (error) {
      failed += 1;
      process.stderr.write(`perch: ${error instanceof Error ? error.message : String(error)}\n`);
    }
  }
  return { passed: 0, failed };
};

const runVitest = async ({ vitestArgs }: TestPlan): Promise<Count> => {
  const folder = mkdtempSync(join(tmpdir(), "perch-test-report-"));
  const file = join(folder, "report.json");
  const filtered = vitestArgs.some((arg) => arg === "-t" || arg.startsWith("--testNamePattern"));
  try {
    const exitCode = await runNode([
      script("vitest", "vitest.mjs"),
      ...["run", "--reporter=default", "--reporter=json", `--outputFile.json=${file}`],
      ...vitestArgs,
    ]);
    if (!existsSync(file)) return { passed: 0, failed: 1 };
    return countReport(JSON.parse(readFileSync(file, "utf8")), exitCode, filtered);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Runs a script of node's in the checkout, its output and our signals passed on; answers the exit code. */
const runNode = (args: string[]): Promise<number> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", ...args], {
      cwd: checkout,
      stdio: ["ignore", "inherit", "inherit"],
    });
    const passOn = (signal: NodeJS.Signals) => child.kill(signal);
    const signals = ["SIGINT", "SIGTERM"] as const;
    for (const signal of signals) process.on(signal, passOn);
    const done = () => {
      for (const signal of signals) process.off(signal, passOn);
    };
    child.once("error", (error) => {
      done();
      reject(error);
    });
    child.once("close", (code) => {
      done();
      resolve(code ?? 1);
    });
  });
