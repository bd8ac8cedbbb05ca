import type { Clock } from "../clock.ts";
import { isOutage } from "../db/outage.ts";
import type { Hub } from "../hub.ts";
import type { JournalRead, JournalSource } from "../journal.ts";
import { reattribute } from "./call-store.ts";
import { type BatchDeps, takeBatch, takeBatchCallByCall } from "./journal-batch.ts";
import { countDamage, readCheckpoints } from "./journal-store.ts";

export interface JournalService {
  start(): void;
  /** Ends after the batch that is being stored. */
  stop(): Promise<void>;
  /** How long ago the journal was last known to be read to its end; 0 when it is now, null before the first look. */
  lagMs(): number | null;
  /** Lines that were set aside, ever. */
  damagedLines(): number;
}

const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 5000;
const TIDY_MS = 30_000;

/**
 * Follows the journal for as long as Perch runs. While the database is away it holds the batch in its hands and tries
 * again; what comes meanwhile stays in the files.
 */
export function createJournalService(
  deps: BatchDeps & {
    clock: Clock;
    hub: Hub;
    source: JournalSource;
    settings: { onChange(listener: () => void): () => void };
  },
): JournalService {
  const { db, clock, hub, log, node, source, settings } = deps;
  const committed = new Map<string, number>();
  let stopped = true;
  let running: Promise<void> = Promise.resolve();
  let endWait: (() => void) | null = null;
  let looked = false;
  let behindSince: Date | null = null;
  let damaged = 0;
  let attributedBy: string | null = null;
  let endListening = () => {};

  const wait = (waitMs: number) =>
    new Promise<void>((resolve) => {
      if (stopped) return resolve();
      const cancel = clock.after(waitMs, () => endWait?.());
      endWait = () => {
        endWait = null;
        cancel();
        resolve();
      };
    });

  /** Tries until it works or we are stopped; null is stopped. */
  const persistently = async <T>(what: string, act: () => Promise<T>): Promise<T | null> => {
    for (let retryMs = FIRST_RETRY_MS; !stopped; retryMs = Math.min(2 * retryMs, LONGEST_RETRY_MS)) {
      try {
        return await act();
      } catch (error) {
        log.warn({ err: error, retryMs }, `${what} failed; the journal waits`);
        await wait(retryMs);
      }
    }
    return null;
  };

  const take = async (lines: JournalRead[]) => {
    try {
      return await takeBatch(deps, lines);
    } catch (error) {
      if (isOutage(error)) throw error;
      log.error({ err: error, lines: lines.length }, "a batch of the journal failed; taking it call by call");
      return takeBatchCallByCall(deps, lines, isOutage);
    }
  };

  const begin = async () => {
    const checkpoints = await readCheckpoints(db, node);
    damaged = await countDamage(db, node);
    committed.clear();
    for (const [fileId, next] of checkpoints) committed.set(fileId, next);
    source.resume(committed);
    return true;
  };

  /** Between two batches, so that no row is folded by one setting and attributed by the other. */
  const attribute = async () => {
    const { undisposedUser } = settings.current();
    await persistently("attributing calls", async () => {
      await reattribute(db, undisposedUser);
      attributedBy = undisposedUser;
      return true;
    });
  };

  const follow = async () => {
    await persistently("reading the journal's checkpoint", begin);
    let tidiedAt = 0;
    while (!stopped) {
      if (attributedBy !== settings.current().undisposedUser) await attribute();
      const asked = clock.now();
      const lines = await persistently("reading the journal", () => source.next());
      looked = true;
      if (lines !== null && lines.length > 0) {
        behindSince ??= asked;
        const done = await persistently("storing the journal", () => take(lines));
        if (done === null) return;
        for (const line of lines) committed.set(line.fileId, Math.max(line.nextByte, committed.get(line.fileId) ?? 0));
        damaged += done.damaged;
        for (const linkedId of done.linkedIds) hub.publish({ type: "call.folded", linkedId });
        for (const agentId of done.agentIds) hub.publish({ type: "to-dispose.changed", agentId });
      }
      if (lines?.length === 0 || source.unreadBytes() === 0) behindSince = null;
      if (clock.now().getTime() - tidiedAt < TIDY_MS) continue;
      tidiedAt = clock.now().getTime();
      await source.tidy(committed).catch((error) => log.warn({ err: error }, "journal files could not be tidied"));
    }
  };

  return {
    start() {
      stopped = false;
      endListening = settings.onChange(source.wake);
      running = follow();
    },
    async stop() {
      stopped = true;
      endListening();
      endWait?.();
      source.stop();
      await running;
    },
    lagMs() {
      if (!looked) return null;
      return behindSince === null ? 0 : clock.now().getTime() - behindSince.getTime();
    },
    damagedLines: () => damaged,
  };
}
