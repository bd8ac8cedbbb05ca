import type { ChildProcess } from "node:child_process";

const running = new Set<ChildProcess>();
let watching = false;

/** Programs that a test, the demo or a bench starts end with it, however it ends. */
export function endsWithUs(child: ChildProcess): void {
  running.add(child);
  child.once("exit", () => running.delete(child));
  if (watching) return;
  watching = true;
  process.once("exit", () => {
    for (const each of running) each.kill("SIGKILL");
  });
}

/** Asks it to end, then makes it. Answers when it has. */
export async function end(child: ChildProcess, signal: NodeJS.Signals = "SIGTERM", graceMs = 3_000): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill(signal);
  const late = setTimeout(() => child.kill("SIGKILL"), graceMs);
  await gone;
  clearTimeout(late);
}
