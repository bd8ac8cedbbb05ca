import { join } from "node:path";
import type { Clock } from "../clock.ts";
import { type Database, inTransaction } from "../db/pool.ts";
import type { Log } from "../log.ts";
import { type ArchiveKind, archiveName, dueOf, type Retention } from "./archive.ts";
import { writeArchive } from "./archive-file.ts";
import { analyzeCalls, archiveLines, countOpenCalls, dropMonth, holdMonth, readMonths } from "./archive-store.ts";
import { addMonths, monthOf } from "./call-at.ts";
import { openMonths } from "./call-month-store.ts";

export interface ArchiveService {
  start(): void;
  stop(): Promise<void>;
  /** Makes the months to come, and archives those that are due; answers the files that were written. */
  round(): Promise<string[]>;
}

/** Months are made before they are needed, so that no call waits for it. */
const MONTHS_AHEAD = 3;
const EVERY_MS = 3_600_000;

/**
 * Writes months that need not be kept any more into files under `directory`, then takes them out of the database; the
 * file is whole on the disk before. What breaks off has taken nothing out, and is done again an hour later.
 */
export function createArchiveService(deps: {
  db: Database;
  clock: Clock;
  log: Log;
  directory: string;
  settings: { current(): Retention };
}): ArchiveService {
  const { db, clock, log, directory, settings } = deps;
  let stopped = true;
  let running: Promise<unknown> = Promise.resolve();
  let cancel = () => {};

  const archive = async (kind: ArchiveKind, month: string): Promise<string> => {
    const path = join(directory, archiveName(kind, month));
    const lines = await inTransaction(db, async (tx) => {
      await holdMonth(tx, kind, month);
      const written = await writeArchive(path, archiveLines(tx, kind, month));
      await dropMonth(tx, kind, month, clock.now());
      return written;
    });
    log.info({ path, lines }, "a month was archived");
    return path;
  };

  const round = async (): Promise<string[]> => {
    const thisMonth = monthOf(clock.now());
    const ahead = Array.from({ length: MONTHS_AHEAD + 1 }, (_, n) => new Date(`${addMonths(thisMonth, n)}T00:00:00Z`));
    await inTransaction(db, (tx) => openMonths(tx, ahead));
    const done: string[] = [];
    for (const one of await readMonths(db)) {
      const due = dueOf(one, thisMonth, settings.current());
      if (due.length === 0) continue;
      const open = await countOpenCalls(db, one.month);
      if (open > 0) {
        log.warn({ month: one.month, open }, "a month has calls without an end and is not archived");
        continue;
      }
      for (const kind of due) done.push(await archive(kind, one.month));
    }
    return done;
  };

  const tick = (hour: number) => {
    running = (async () => {
      try {
        await round();
        if (hour % 24 === 0) await inTransaction(db, analyzeCalls);
      } catch (error) {
        log.error({ err: error }, "months could not be made or archived; it is tried again in an hour");
      }
      if (!stopped) cancel = clock.after(EVERY_MS, () => tick(hour + 1));
    })();
  };

  return {
    start() {
      stopped = false;
      tick(0);
    },
    async stop() {
      stopped = true;
      cancel();
      await running;
    },
    round,
  };
}
