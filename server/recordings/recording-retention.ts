import type { Clock } from "../clock.ts";
import { type Database, inTransaction } from "../db/pool.ts";
import type { Log } from "../log.ts";
import { writeAudit } from "../staff/audit-store.ts";
import type { RecordingFolder } from "./recording-folder.ts";
import { condemnExpired, listCondemned, markRemoved } from "./recording-store.ts";

/** Removes recordings whose time is over, and the files of those that somebody removed. */
export interface RecordingRetention {
  start(): void;
  stop(): Promise<void>;
  /** Files of condemned recordings go now; what fails is tried again at the next round. */
  removeCondemned(): Promise<void>;
}

const ROUND_MS = 10 * 60_000;
const FIRST_MS = 5000;

/** A file goes only after what says so is committed; what is left of a round that broke off goes in the next. */
export function createRecordingRetention(deps: {
  db: Database;
  clock: Clock;
  log: Log;
  folder: Pick<RecordingFolder, "remove">;
  settings: { current(): { recordingRetentionDays: number | null } };
  alarm: (alarm: { subject: string; kind: string; words: string; times: number }) => Promise<void>;
}): RecordingRetention {
  const { db, clock, log, folder } = deps;
  let cancel = () => {};
  let stopped = true;
  let running: Promise<void> = Promise.resolve();
  let told = "";

  const removeCondemned = async () => {
    let left = 0;
    let why = "";
    for (let after = 0; ; ) {
      const condemned = await listCondemned(db, after);
      const last = condemned.at(-1);
      if (last === undefined) break;
      after = last.id;
      const gone: number[] = [];
      for (const { id, file } of condemned) {
        try {
          await folder.remove(file);
          gone.push(id);
        } catch (error) {
          // The others go all the same.
          log.warn({ err: error, id }, "the file of a recording could not be removed; it is tried again");
          left += 1;
          why = error instanceof Error ? error.message : String(error);
        }
      }
      await markRemoved(db, gone);
    }
    await tell(left === 0 ? null : { left, why });
  };
  /** Who removed them counts on it that they are gone. What was said is said again only with other words. */
  const tell = async (stays: { left: number; why: string } | null) => {
    const before = told;
    told = stays === null ? "" : `Files of recordings that were removed are still there: ${stays.why}`;
    if (stays === null || told === before) return;
    const subject = "recordings removed";
    await deps.alarm({ subject, kind: "Recordings cannot be removed", words: told, times: stays.left });
  };
  const expire = async () => {
    const days = deps.settings.current().recordingRetentionDays;
    for (;;) {
      const count = await inTransaction(db, async (tx) => {
        const at = clock.now();
        const gone = await condemnExpired(tx, days, at);
        if (gone === 0) return 0;
        const subject = "recordings";
        await writeAudit(tx, { actorId: null, action: "recording.expire", subject, facts: { count: gone }, at });
        return gone;
      });
      if (count === 0 || stopped) return;
    }
  };
  const round = () => {
    running = expire()
      .then(removeCondemned)
      .catch((error: unknown) => log.warn({ err: error }, "recordings could not be removed; it is tried again"))
      .finally(() => {
        if (!stopped) cancel = clock.after(ROUND_MS, round);
      });
  };

  return {
    start() {
      stopped = false;
      cancel = clock.after(FIRST_MS, round);
    },
    async stop() {
      stopped = true;
      cancel();
      await running;
    },
    removeCondemned,
  };
}
