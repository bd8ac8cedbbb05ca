import type { Clock } from "../clock.ts";
import type { Hub } from "../hub.ts";
import { type Comparison, comparison } from "../reconcile/comparer.ts";
import { quietOpenCalls } from "./call-store.ts";
import { type BatchDeps, endCalls } from "./journal-batch.ts";
import { type LostCall, lostCalls, type QuietCall } from "./lost-calls.ts";

/** A call of which nothing was written for so long may have been lost; a conversation is quiet for longer. */
const QUIET_MS = 5 * 60_000;

/** Ends the calls that the journal left open and that the telephone system does not have: their end was never written. */
export function createOpenCallComparer(
  deps: BatchDeps & { clock: Clock; hub: Hub; journal: { lagMs(): number | null } },
): Comparison {
  const { db, clock, hub, node, journal } = deps;
  return comparison<string[], QuietCall[], LostCall>({
    name: "calls",
    have: (state) => state.linkedIds,
    // What is not read yet may be the end.
    want: async () =>
      journal.lagMs() === 0 ? quietOpenCalls(db, node, new Date(clock.now().getTime() - QUIET_MS)) : [],
    compare: lostCalls,
    describe: ({ linkedId, startedAt }) => ({
      key: `open ${linkedId}`,
      words: `A call of ${startedAt.toISOString()} was left open and is over.`,
      agentId: null,
    }),
    async perform({ linkedId, endUs }) {
      const { linkedIds, agentIds } = await endCalls(deps, [{ linkedId, atUs: endUs }]);
      for (const folded of linkedIds) hub.publish({ type: "call.folded", linkedId: folded });
      for (const agentId of agentIds) hub.publish({ type: "to-dispose.changed", agentId });
      return { ok: true };
    },
  });
}
