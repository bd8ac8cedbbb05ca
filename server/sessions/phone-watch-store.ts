import type { Selectable } from "kysely";
import type { Db } from "../db/pool.ts";
import type { Tables } from "../db/tables.ts";
import { GOOD_WATCH, type PhoneWatch } from "./phone-watch.ts";

/** What was last known of the telephone of a lease. */
export async function findPhoneWatch(db: Db, leaseId: number): Promise<PhoneWatch> {
  const row = await db.selectFrom("phone_watches").where("lease_id", "=", leaseId).selectAll().executeTakeFirst();
  return row === undefined ? GOOD_WATCH : watchOf(row);
}

/** The same of every lease of which anything is known, by lease: a start asks once, not a thousand times. */
export async function readPhoneWatches(db: Db): Promise<Map<number, PhoneWatch>> {
  const rows = await db.selectFrom("phone_watches").selectAll().execute();
  return new Map(rows.map((row) => [row.lease_id, watchOf(row)]));
}

function watchOf(row: Selectable<Tables["phone_watches"]>): PhoneWatch {
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
