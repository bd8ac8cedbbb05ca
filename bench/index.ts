import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Bench, machine, table, yardstickMs } from "./figure.ts";

const load: Record<string, () => Promise<{ bench: Bench }>> = {
  fold: () => import("./fold.ts"),
  choices: () => import("./choices.ts"),
  login: () => import("./login.ts"),
  "first-ring": () => import("./first-ring.ts"),
  race: () => import("./race.ts"),
  pause: () => import("./pause.ts"),
  recover: () => import("./recover.ts"),
  "app-queue": () => import("./app-queue.ts"),
  memory: () => import("./memory.ts"),
  report: () => import("./report.ts"),
  export: () => import("./export.ts"),
  lag: () => import("./lag.ts"),
  ivr: () => import("./ivr.ts"),
  keypad: () => import("./keypad.ts"),
  "catch-up": () => import("./catch-up.ts"),
};

const RESULTS = path.join(import.meta.dirname, "results");

/** The benchmarks by name. Each prints its machine, what it does and its figures, and writes them as JSON. */
export const benches: Record<string, () => Promise<void>> = Object.fromEntries(
  Object.entries(load).map(([name, module]) => [name, () => run(name, module)]),
);

async function run(name: string, module: () => Promise<{ bench: Bench }>): Promise<void> {
  const { bench } = await module();
  const on = machine();
  console.log(
    `\n${Object.entries(on)
      .map(([what, value]) => `${what}: ${value}`)
      .join(" · ")}`,
  );
  const before = yardstickMs();
  const figures = await bench((line) => console.log(`  ${line}`));
  const yardstick = { beforeMs: before, afterMs: yardstickMs() };
  console.log(`\n${table(name, figures)}`);
  console.log(`  yardstick: ${yardstick.beforeMs} ms before, ${yardstick.afterMs} ms after`);
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(
    path.join(RESULTS, `${name}.json`),
    `${JSON.stringify({ name, machine: on, yardstick, figures }, null, 2)}\n`,
  );
}
