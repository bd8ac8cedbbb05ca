import type { Clock } from "./clock.ts";
import type { Log } from "./log.ts";

const LOOK_EVERY_MS = 1000;
const LONGEST_WAIT_MS = 30_000;

/** A process of its own that Perch leans on: Asterisk, the embedded database. */
interface Kept {
  isRunning(): boolean;
  stop(): Promise<void>;
}

export interface Keeper {
  /** Starts or adopts it, and from then on starts it again whenever it has ended. */
  start(): Promise<void>;
  /** Leaves it alone from now on. */
  release(): Promise<void>;
  /** Stops it. */
  stop(): Promise<void>;
}

/** What crashed is back as soon as it can be; what will not start is tried again, more and more rarely. */
export function createKeeper(deps: {
  /** For the log: "Asterisk". */
  name: string;
  launch: () => Promise<Kept>;
  clock: Clock;
  log: Log;
}): Keeper {
  const { name, launch, clock, log } = deps;
  let kept: Kept | null = null;
  let released = true;
  let waitMs = LOOK_EVERY_MS;
  let launching: Promise<void> = Promise.resolve();
  let cancel = () => {};

  const relaunch = async () => {
    log.error(`${name} has ended; starting it again`);
    try {
      kept = await launch();
      waitMs = LOOK_EVERY_MS;
    } catch (error) {
      log.error({ err: error, waitMs }, `${name} does not start`);
      waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
    }
  };
  const look = () => {
    if (released) return;
    launching = (kept?.isRunning() ? Promise.resolve() : relaunch()).then(() => {
      if (!released) cancel = clock.after(waitMs, look);
    });
  };
  const release = async () => {
    released = true;
    cancel();
    await launching;
  };

  return {
    async start() {
      kept = await launch();
      released = false;
      cancel = clock.after(waitMs, look);
    },
    release,
    async stop() {
      await release();
      await kept?.stop();
    },
  };
}
