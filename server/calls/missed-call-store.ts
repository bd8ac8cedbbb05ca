import { sql } from "kysely";
import type { Db } from "../db/pool.ts";

/** A call that rang an agent and that he did not answer, nor anybody else while it rang at his telephone. */
export interface MissedRow {
  legId: string;
  linkedId: string;
  source: string;
  callerId: string;
  queueId: number | null;
  queueName: string | null;
  rangAt: Date;
  endedAt: Date;
}

/** So long after the ring of one telephone ends the answer at another is what ended it, in milliseconds. */
const ANSWERED_ELSEWHERE_MS = 1000;

/**
 * What rang on telephones that the agent held at that instant since `from`, the newest first, at most `limit`. Whoever
 * took the telephone over later has nothing to do with it; calls that a colleague answered were not missed.
 */
export async function listMissed(db: Db, agentId: number, from: Date, limit: number): Promise<MissedRow[]> {
  const rows = await db
    .selectFrom("leases as s")
    .innerJoin("legs as l", "l.telephone_id", "s.telephone_id")
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom("report_calls")
          .whereRef("report_calls.linked_id", "=", "l.linked_id")
          .whereRef("report_calls.call_at", "=", "l.call_at")
          .select(["type", "source", "caller_id"])
          .orderBy("started_at")
          .limit(1)
          .as("r"),
      (join) => join.onTrue(),
    )
    .leftJoin("queues as q", "q.id", "l.queue_id")
    .where("s.agent_id", "=", agentId)
    .where((eb) => eb.or([eb("s.ended_at", "is", null), eb("s.ended_at", ">", from)]))
    .whereRef("l.rang_at", ">=", "s.started_at")
    .where((eb) => eb.or([eb("s.ended_at", "is", null), eb("l.rang_at", "<", eb.ref("s.ended_at"))]))
    .where("l.rang_at", ">=", from)
    .where("l.direction", "=", "to-telephone")
    .where("l.answered_at", "is", null)
    .where("l.ended_at", "is not", null)
    // His own click to dial rings his telephone too.
    .where("r.type", "<>", "outbound")
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("legs as o")
            .whereRef("o.linked_id", "=", "l.linked_id")
            .whereRef("o.call_at", "=", "l.call_at")
            .whereRef("o.answered_at", ">=", "l.rang_at")
            .where(
              sql<boolean>`o.answered_at <= l.ended_at + make_interval(secs => ${ANSWERED_ELSEWHERE_MS / 1000}::double precision)`,
            )
            .where("o.direction", "=", "to-telephone")
            .select("o.leg_id"),
        ),
      ),
    )
    .orderBy("l.rang_at", "desc")
    .orderBy("l.leg_id", "desc")
    .limit(limit)
    .select([
      "l.leg_id as legId",
      "l.linked_id as linkedId",
      "r.source",
      "r.caller_id as callerId",
      "l.queue_id as queueId",
      "q.name as queueName",
      "l.rang_at as rangAt",
      "l.ended_at",
    ])
    .execute();
  return rows.flatMap(({ ended_at, ...row }) => (ended_at === null ? [] : [{ ...row, endedAt: ended_at }]));
}
