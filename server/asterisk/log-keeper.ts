import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";

const LOOK_MS = 10 * 60_000;
const FULL_BYTES = 16 * 1024 * 1024;
/** `messages.0` is the newest of those put away. */
const KEPT = 3;

/** Keeps Asterisk's own log bounded: has it put away when it is full, and removes what is older than the newest few. */
export function createLogKeeper(deps: {
  /** The folder of Asterisk's logs. */
  directory: string;
  /** Asks Asterisk to put its log away and begin another. */
  rotate: () => Promise<unknown>;
  clock: Clock;
  log: Log;
  fullBytes?: number;
}): { start(): void; stop(): void; look(): Promise<void> } {
  const { directory, rotate, clock, log, fullBytes = FULL_BYTES } = deps;
  let cancel = () => {};
  let stopped = true;

  const look = async () => {
    try {
      const { size } = await stat(join(directory, "messages"));
      if (size >= fullBytes) await rotate();
      for (const name of await readdir(directory)) {
        const number = /^messages\.([0-9]+)$/.exec(name)?.[1];
        if (number !== undefined && Number(number) >= KEPT) await rm(join(directory, name), { force: true });
      }
    } catch (error) {
      log.debug({ err: error }, "Asterisk's log could not be looked after");
    }
    if (!stopped) cancel = clock.after(LOOK_MS, () => void look());
  };

  return {
    start() {
      stopped = false;
      void look();
    },
    stop() {
      stopped = true;
      cancel();
    },
    look,
  };
}
