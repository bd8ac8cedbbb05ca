import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { endsWithUs } from "./children.ts";
import type { Detour } from "./detour.ts";
import type { Launch } from "./house-rig.ts";

/** Starts Perch in a process of its own that can be killed. */
export interface PerchProcess {
  launch: Launch;
  /** The next that is started takes it. */
  detour(detour: Detour): void;
  /** As `kill -9`: answers when it is gone. */
  kill(): Promise<void>;
}

export function perchProcess(): PerchProcess {
  let child: ChildProcess | null = null;
  let detour: Detour | null = null;
  const gone = (one: ChildProcess) => one.exitCode !== null || one.signalCode !== null;
  return {
    async launch(config) {
      const mine = fork(join(import.meta.dirname, "perch-child.ts"), [], {
        execArgv: ["--disable-warning=ExperimentalWarning"],
      });
      child = mine;
      endsWithUs(mine);
      mine.send({ config, detour });
      const [said] = await Promise.race([
        once(mine, "message"),
        once(mine, "exit").then(([code]) => {
          throw new Error(`Perch ended with ${code} before it was open`);
        }),
      ]);
      return {
        address: (said as { address: string }).address,
        async stop(options) {
          if (gone(mine)) return;
          const exit = once(mine, "exit");
          mine.send(options);
          await exit;
        },
      };
    },
    detour(taken) {
      detour = taken;
    },
    async kill() {
      if (child === null || gone(child)) return;
      const exit = once(child, "exit");
      child.kill("SIGKILL");
      await exit;
    },
  };
}
