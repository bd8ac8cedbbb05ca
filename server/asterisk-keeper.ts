import type { Asterisk } from "./asterisk/daemon.ts";
import type { Clock } from "./clock.ts";
import type { Log } from "./log.ts";

const LOOK_EVERY_MS = 1000;
const LONGEST_WAIT_MS = 30_000;

export interface AsteriskKeeper {
  /** Starts or adopts Asterisk, and from then on starts it again whenever it has ended. */
  start(): Promise<void>;
  /** Leaves it alone from now on. */
  release(): Promise<void>;
  /** Stops it. */
  stop(): Promise<void>;
}

/** An Asterisk that crashed is back as soon as it can be; one that will not start is tried again, more and more rarely. */
export function createAsteriskKeeper(deps: {
  launch: () => Promise<Asterisk>;
  clock: Clock;
  log: Log;
}): AsteriskKeeper {
  const { launch, clock, log } = deps;
  let asterisk: Asterisk | null = null;
  let released = true;
  let waitMs = LOOK_EVERY_MS;
  let launching: Promise<void> = Promise.resolve();
  let cancel = () => {};

  const relaunch = async () => {
    log.error("Asterisk has ended; starting it again");
    try {
      asterisk = await launch();
      waitMs = LOOK_EVERY_MS;
    } catch (error) {
      log.error({ err: error, waitMs }, "Asterisk does not start");
      waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
    }
  };
  const look = () => {
    if (released) return;
    launching = (asterisk?.isRunning() ? Promise.resolve() : relaunch()).then(() => {
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
      asterisk = await launch();
      released = false;
      cancel = clock.after(waitMs, look);
    },
    release,
    async stop() {
      await release();
      await asterisk?.stop();
    },
  };
}
