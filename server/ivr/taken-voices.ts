import { randomUUID } from "node:crypto";
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";

/**
 * Voices that were taken of callers, as files of this node. Each is its run's, which removes it when it is over; whoever
 * wants to keep one moves it away before.
 */
export interface TakenVoices {
  start(): Promise<void>;
  stop(): void;
  /** A name for one: a path without its ending, as the telephone system takes it. */
  fresh(): string;
  /** Whether that is the name of one. */
  isOne(name: string): boolean;
  /** How long it is in milliseconds; 0 where nothing is there. */
  lengthMs(name: string): Promise<number>;
  /** What is none is left alone; what is not there is removed. */
  remove(name: string): Promise<void>;
}

const ENDING = ".wav";
const NAME = /^perch-voice-[a-f0-9-]{36}$/;
/** As Asterisk writes `wav`: 8000 samples of two bytes a second behind a head. */
const HEAD_BYTES = 44;
const BYTES_PER_MS = 16;
/** A call that goes on while we are away still has its own; one this old was left by a crash. */
const OLDEST_MS = 24 * 3600_000;
const SWEEP_MS = 3600_000;

/** Opens the folder at that path. */
export function openTakenVoices(deps: { folder: string; clock: Clock; log: Log }): TakenVoices {
  const { folder, clock, log } = deps;
  let cancel = () => {};
  const isOne = (name: string) => dirname(name) === folder && NAME.test(basename(name));
  const remove = async (name: string) => {
    if (isOne(name)) await rm(`${name}${ENDING}`, { force: true });
  };

  const sweep = async () => {
    const files = await readdir(folder);
    const stemOf = (file: string) => file.split(".", 1)[0];
    const messages = new Set(files.filter((file) => file.endsWith(".json")).map(stemOf));
    for (const file of files) {
      // A message on its way: who keeps it removes it.
      if (messages.has(stemOf(file))) continue;
      const path = join(folder, file);
      const written = await stat(path).catch(() => null);
      if (written !== null && written.mtimeMs < clock.now().getTime() - OLDEST_MS) await rm(path, { force: true });
    }
  };
  const sweepAndAgain = async () => {
    await sweep().catch((err: unknown) => log.warn({ err }, "voices that calls have left could not be removed"));
    cancel = clock.after(SWEEP_MS, () => void sweepAndAgain());
  };

  return {
    async start() {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await sweepAndAgain();
    },
    stop: () => cancel(),
    fresh: () => join(folder, `perch-voice-${randomUUID()}`),
    isOne,
    async lengthMs(name) {
      const file = isOne(name) ? await stat(`${name}${ENDING}`).catch(() => null) : null;
      return file === null ? 0 : Math.max(0, file.size - HEAD_BYTES) / BYTES_PER_MS;
    },
    remove,
  };
}
