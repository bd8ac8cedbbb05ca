import type { Db } from "../db/pool.ts";
import { GOOD_WATCH, type PhoneWatch } from "./phone-watch.ts";

/** What was last known of the telephone of a lease. */
export async function findPhoneWatch(db: Db, leaseId: number): Promise<PhoneWatch> {
  const row = await db.selectFrom("phone_watches").where("lease_id", "=", leaseId).selectAll().executeTakeFirst();
  if (row === undefined) return GOOD_WATCH;
  return {
    line: {
      state: row.state,
      why: row.why,
      lostSince: row.lost_since,
      dueAt: row.due_at,
      flaps: row.flaps,
      flappedAt: row.flapped_at,
    },
    failedCalls: row.failed_calls,
    missedCalls: row.missed_calls,
    silentSince: row.silent_since,
  };
}

/** Writes down what is known now. */
export async function savePhoneWatch(db: Db, leaseId: number, watch: PhoneWatch): Promise<void> {
  const { state, why, lostSince, dueAt, flaps, flappedAt } = watch.line;
  const row = {
    ...{ state, why, flaps },
    lost_since: lostSince,
    due_at: dueAt,
    flapped_at: flappedAt,
    failed_calls: watch.failedCalls,
    missed_calls: watch.missedCalls,
    silent_since: watch.silentSince,
  };
  await db
    .insertInto("phone_watches")
    .values({ lease_id: leaseId, ...row })
    .onConflict((conflict) => conflict.column("lease_id").doUpdateSet(row))
    .execute();
}

/** Forgets the watches of leases that are over. */
export async function deleteOldPhoneWatches(db: Db): Promise<void> {
  const over = db.selectFrom("leases").where("ended_at", "is not", null).select("id");
  await db.deleteFrom("phone_watches").where("lease_id", "in", over).execute();
}
