import type { Clock } from "../clock.ts";
import { type Database, inTransaction } from "../db/pool.ts";
import type { Log } from "../log.ts";
import { createRounds, type Rounds } from "../rounds.ts";
import { writeAudit } from "../staff/audit-store.ts";
import { createCondemnedFiles } from "./condemned-files.ts";
import type { RecordingFolder } from "./recording-folder.ts";
import { condemnExpired, listCondemned, markRemoved } from "./recording-store.ts";

/** Removes recordings whose time is over, and the files of those that somebody removed. */
export interface RecordingRetention extends Rounds {
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
  const { db, clock } = deps;
  const removeCondemned = createCondemnedFiles({
    ...deps,
    what: "recordings",
    list: (after) => listCondemned(db, after),
    markRemoved: (ids) => markRemoved(db, ids),
  });
  /** Some at a time; answers how many. */
  const expireSome = () =>
    inTransaction(db, async (tx) => {
      const at = clock.now();
      const count = await condemnExpired(tx, deps.settings.current().recordingRetentionDays, at);
      const subject = "recordings";
      if (count > 0) await writeAudit(tx, { actorId: null, action: "recording.expire", subject, facts: { count }, at });
      return count;
    });
  const rounds = createRounds({
    ...{ ...deps, firstMs: FIRST_MS, everyMs: ROUND_MS },
    failed: "recordings could not be removed; it is tried again",
    async round(stopping) {
      while ((await expireSome()) > 0 && !stopping());
      await removeCondemned();
    },
  });
  return { ...rounds, removeCondemned };
}
