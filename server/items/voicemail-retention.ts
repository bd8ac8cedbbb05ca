import type { Clock } from "../clock.ts";
import { type Database, inTransaction } from "../db/pool.ts";
import type { Log } from "../log.ts";
import { createCondemnedFiles } from "../recordings/condemned-files.ts";
import type { RecordingFolder } from "../recordings/recording-folder.ts";
import { createRounds, type Rounds } from "../rounds.ts";
import { writeAudit } from "../staff/audit-store.ts";
import { condemnOldVoicemails, listCondemnedVoicemails, markVoicemailsRemoved } from "./voicemail-store.ts";

/** Removes messages whose time is over, and the files of those that somebody removed. */
export interface VoicemailRetention extends Rounds {
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
  alarm: (alarm: { subject: string; kind: string; words: string; times: number }) => Promise<void>;
}): VoicemailRetention {
  const { db, clock, settings } = deps;
  const removeCondemned = createCondemnedFiles({
    ...deps,
    what: "messages of callers",
    list: (after) => listCondemnedVoicemails(db, after),
    markRemoved: (ids) => markVoicemailsRemoved(db, ids),
  });
  /** Some at a time; answers how many. */
  const expireSome = async () => {
    const days = settings.current().voicemailRetentionDays;
    if (days === null) return 0;
    return inTransaction(db, async (tx) => {
      const at = clock.now();
      const ids = await condemnOldVoicemails(tx, days, at);
      for (const id of ids) {
        await writeAudit(tx, { actorId: null, action: "item.remove-sound", subject: `item ${id}`, at });
      }
      return ids.length;
    });
  };
  const rounds = createRounds({
    ...{ ...deps, firstMs: FIRST_MS, everyMs: ROUND_MS },
    failed: "messages could not be removed; it is tried again",
    async round(stopping) {
      while ((await expireSome()) > 0 && !stopping());
      await removeCondemned();
    },
  });
  return { ...rounds, removeCondemned };
}
