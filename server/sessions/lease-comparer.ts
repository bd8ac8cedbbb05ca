import type { Clock } from "../clock.ts";
import { type Database, inTransaction } from "../db/pool.ts";
import type { Hub } from "../hub.ts";
import { type Comparison, comparison } from "../reconcile/comparer.ts";
import { type LeaseRepair, leaseRepairs, type OpenRows } from "./lease-order.ts";
import { readOpenRows } from "./lease-order-store.ts";
import { endCauses } from "./pause-store.ts";
import { endLease, endSession } from "./session-store.ts";

/**
 * Keeps sessions, leases and causes in order among themselves. The constraints keep two from having one telephone; that
 * an open session has its lease, and that nothing outlives its session, is looked after here.
 */
export function createLeaseComparer(deps: { db: Database; clock: Clock; hub: Hub }): Comparison {
  const { db, clock, hub } = deps;
  return comparison<OpenRows, null, LeaseRepair>({
    name: "sessions",
    have: () => readOpenRows(db),
    want: async () => null,
    compare: leaseRepairs,
    describe: (repair) => ({
      key: `${repair.kind} ${repair.sessionId}`,
      words: WORDS[repair.kind](repair.agentName),
      agentId: repair.agentId,
    }),
    async perform({ kind, sessionId, agentId, telephoneId, at }) {
      if (kind === "session without telephone") {
        await inTransaction(db, (tx) => endSession(tx, sessionId, clock.now(), "repaired"));
      } else if (kind === "lease without session") {
        await endLease(db, sessionId, at ?? clock.now(), "repaired");
      } else {
        await endCauses(db, sessionId, "all", at ?? clock.now());
      }
      if (telephoneId !== null) hub.publish({ type: "telephone.changed", telephoneId });
      hub.publish({ type: "session.changed", agentId });
      return { ok: true };
    },
  });
}

const WORDS: Record<LeaseRepair["kind"], (name: string) => string> = {
  "session without telephone": (name) => `${name} was logged in without a telephone.`,
  "lease without session": (name) => `${name} held a telephone after the end of the session.`,
  "pause without session": (name) => `${name} was paused after the end of the session.`,
};
