import type { Clock } from "../clock.ts";
import { type Database, inTransaction } from "../db/pool.ts";
import type { Log } from "../log.ts";
import type { RecordingFolder } from "../recordings/recording-folder.ts";
import { writeAudit } from "../staff/audit-store.ts";
import { condemnOldVoicemails, listCondemnedVoicemails, markVoicemailRemoved } from "./voicemail-store.ts";

/** Removes messages whose time is over, and the files of those that somebody removed. */
export interface VoicemailRetention {
  start(): void;
  stop(): Promise<void>;
  /** Files of condemned messages go now; what fails is tried again at the next round. */
  removeCondemned(): Promise<void>;
}

const ROUND_MS = 10 * 60_000;
const FIRST_MS = 5000;

/** A file goes only after what says so is committed; what is left of a round that broke off goes in the next. */
export function createVoicemailRetention(deps: {
  db: Database;
  clock: Clock;
  log: Log;
  folder: Pick<RecordingFolder, "remove">;
  settings: { current(): { voicemailRetentionDays: number | null } };
}): VoicemailRetention {
  const { db, clock, log, folder, settings } = deps;
  let cancel = () => {};
  let stopped = true;
  let running: Promise<void> = Promise.resolve();

  const removeCondemned = async () => {
    let after = 0;
    for (;;) {
      const some = await listCondemnedVoicemails(db, after);
      const last = some.at(-1);
      if (last === undefined) return;
      after = last.itemId;
      for (const { itemId, file } of some) {
        try {
          await folder.remove(file);
          await markVoicemailRemoved(db, itemId);
        } catch (err) {
          // The others go all the same.
          log.warn({ err, itemId }, "a message that was to go could not be removed; it is tried again");
        }
      }
    }
  };
  const expire = async () => {
    const days = settings.current().voicemailRetentionDays;
    while (days !== null && !stopped) {
      const gone = await inTransaction(db, async (tx) => {
        const at = clock.now();
        const ids = await condemnOldVoicemails(tx, days, at);
        for (const id of ids) {
          await writeAudit(tx, { actorId: null, action: "item.remove-sound", subject: `item ${id}`, at });
        }
        return ids.length;
      });
      if (gone === 0) return;
    }
  };
  const round = () => {
    running = expire()
      .then(removeCondemned)
      .catch((err: unknown) => log.warn({ err }, "messages could not be removed; it is tried again"))
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
