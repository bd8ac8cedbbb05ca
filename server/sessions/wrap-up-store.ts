import { sql } from "kysely";
import type { Leg } from "../../contract/views.ts";
import type { Db } from "../db/pool.ts";

/** What a wrap-up is begun by: the end of an agent's part in a call. */
export type EndedLeg = Pick<Leg, "legId" | "telephoneId" | "state" | "answeredAt" | "endedAt" | "queue">;

/**
 * The queue calls that the journal says ended since an instant, on the telephones of those who sit there still, and that
 * no wrap-up was begun for, nor for a later one: of each agent the last. Of these calls, or of any.
 */
export async function listUnwrappedLegs(
  db: Db,
  since: Date,
  linkedIds: string[] | "any",
): Promise<{ agentId: number; leg: EndedLeg }[]> {
  const rows = await db
    .selectFrom("report_calls as row")
    .innerJoin("queues", "queues.id", "row.queue_id")
    .innerJoin("sessions", (join) =>
      join
        .onRef("sessions.agent_id", "=", "row.seated_agent_id")
        .onRef("sessions.started_at", "<=", "row.started_at")
        .on("sessions.ended_at", "is", null),
    )
    .innerJoin("leases", (join) =>
      join
        .onRef("leases.session_id", "=", "sessions.id")
        .onRef("leases.telephone_id", "=", "row.telephone_id")
        .on("leases.ended_at", "is", null),
    )
    .where("row.ended_at", ">=", since)
    .$if(linkedIds !== "any", (query) => query.where("row.linked_id", "in", linkedIds as string[]))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("pause_causes")
            .whereRef("pause_causes.session_id", "=", "sessions.id")
            .where("pause_causes.cause", "=", "wrap-up")
            .where(({ or, eb, ref }) =>
              or([
                eb("pause_causes.reason", "=", ref("row.leg_id")),
                // One of a later call was begun: that time is over.
                eb("pause_causes.started_at", ">=", ref("row.ended_at")),
              ]),
            )
            .select(sql`1`.as("one")),
        ),
      ),
    )
    .distinctOn("sessions.agent_id")
    .orderBy("sessions.agent_id")
    .orderBy("row.ended_at", "desc")
    .select([
      "sessions.agent_id as agentId",
      "row.leg_id as legId",
      "row.telephone_id as telephoneId",
      "row.answered_at as answeredAt",
      "row.ended_at as endedAt",
      "queues.id as queueId",
      "queues.name as queueName",
    ])
    .execute();
  return rows.flatMap(({ agentId, legId, telephoneId, answeredAt, endedAt, queueId, queueName }) => {
    if (legId === null || telephoneId === null || answeredAt === null || endedAt === null) return [];
    const queue = { id: queueId, name: queueName };
    const at = { answeredAt: answeredAt.toISOString(), endedAt: endedAt.toISOString() };
    return [{ agentId, leg: { legId, telephoneId, state: "ended" as const, queue, ...at } }];
  });
}

/** Whether a wrap-up of that leg was begun in this session, be it over by now. */
export async function wasWrappedUp(db: Db, sessionId: number, legId: string): Promise<boolean> {
  const row = await db
    .selectFrom("pause_causes")
    .where("session_id", "=", sessionId)
    .where("cause", "=", "wrap-up")
    .where("reason", "=", legId)
    .select("id")
    .executeTakeFirst();
  return row !== undefined;
}
