import type { Config } from "../server/config.ts";
import { claimHome, processesOf, stopInstance } from "./instance.ts";
import { markChildren } from "./orphans.ts";
import type { Progress } from "./progress.ts";

/** What `up` and `demo` start. `stop` ends all of it. */
export type Running = { stop(): Promise<void> };

/**
 * Runs one instance until it is told to end: claims the home, starts, waits for SIGINT or SIGTERM, stops. A second
 * signal forces. What this process did not start itself is left alone when the start fails.
 */
export const runInForeground = async (
  config: Pick<Config, "home">,
  progress: Progress,
  start: () => Promise<Running>,
): Promise<number> => {
  const claim = claimHome(config.home);
  if ("heldBy" in claim) {
    process.stderr.write(
      `perch: already running on ${config.home} (process ${claim.heldBy.pid}); ./perch down stops it\n`,
    );
    return 1;
  }
  markChildren(config.home);
  const before = new Set([...processesOf(config.home).map(({ identity }) => identity.pid), process.pid]);
  let signals = 0;
  let told = (): void => {};
  const asked = new Promise<void>((resolve) => {
    told = resolve;
  });
  const onSignal = (): void => {
    signals += 1;
    if (signals === 1) {
      progress("stopping (once more to force)");
      told();
      return;
    }
    void stopInstance(config.home, { except: new Set([process.pid]), graceMs: 500 }).finally(() => process.exit(130));
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  try {
    const started = start();
    const running = await Promise.race([started, asked.then(() => undefined)]);
    if (running === undefined) {
      // Asked to end while still starting: nobody can stop in order what is half there.
      started.catch(() => {});
      await stopInstance(config.home, { except: before });
      return 130;
    }
    await asked;
    await running.stop();
    progress("stopped");
    return 0;
  } catch (error) {
    await stopInstance(config.home, { except: before });
    throw error;
  } finally {
    claim.release();
  }
};
