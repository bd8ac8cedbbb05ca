import { sql } from "kysely";
import type { Db } from "../db/pool.ts";
import { userOf } from "./attribution.ts";
import type { DisposableLeg, TreeName } from "./disposition.ts";

/** The leg as the journal knows it; null while it does not. */
export async function findDisposable(tx: Db, legId: string): Promise<DisposableLeg | null> {
  const row = await tx
    .selectFrom("report_calls")
    .where("leg_id", "=", legId)
    .select(["answered_at", "ended_at", "owner_agent_id", "seated_agent_id", "disposed_agent_id"])
    .orderBy("started_at")
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    answeredAt: row.answered_at,
    endedAt: row.ended_at,
    agentId: row.owner_agent_id ?? row.seated_agent_id ?? row.disposed_agent_id,
  };
}

export async function readTree(tx: Db): Promise<TreeName[]> {
  return tx
    .selectFrom("dispositions")
    .where("deleted_at", "is", null)
    .select(["id", "name", "parent_id as parentId"])
    .execute();
}

export async function contactExists(tx: Db, contactId: number): Promise<boolean> {
  const row = await tx
    .selectFrom("contacts")
    .where("id", "=", contactId)
    .where("deleted_at", "is", null)
    .select("id")
    .executeTakeFirst();
  return row !== undefined;
}

export interface LegDisposition {
  legId: string;
  agentId: number;
  path: string[];
  contactId: number | null;
  note: string | null;
  disposedAt: Date;
  disposedBy: number;
}

/** What was chosen before; null: nothing yet. */
export async function findDisposition(tx: Db, legId: string): Promise<LegDisposition | null> {
  const row = await tx.selectFrom("leg_dispositions").where("leg_id", "=", legId).selectAll().executeTakeFirst();
  if (row === undefined) return null;
  return {
    legId,
    agentId: row.agent_id,
    path: [row.level1, row.level2, row.level3].filter((level) => level !== null),
    contactId: row.contact_id,
    note: row.note,
    disposedAt: row.disposed_at,
    disposedBy: row.disposed_by,
  };
}

/** Keeps the choice, in the place of an earlier one, and makes the agent the user of the rows that are folded. */
export async function putDisposition(
  tx: Db,
  chosen: LegDisposition,
  undisposedUser: "telephone" | "seated-agent",
): Promise<void> {
  const [level1 = "", level2 = null, level3 = null] = chosen.path;
  const columns = {
    ...{ agent_id: chosen.agentId, level1, level2, level3, contact_id: chosen.contactId, note: chosen.note },
    disposed_at: chosen.disposedAt,
    disposed_by: chosen.disposedBy,
  };
  await tx
    .insertInto("leg_dispositions")
    .values({ leg_id: chosen.legId, ...columns })
    .onConflict((conflict) => conflict.column("leg_id").doUpdateSet(columns))
    .execute();
  const rows = await tx
    .selectFrom("report_calls")
    .where("leg_id", "=", chosen.legId)
    .select(["id", "call_at", "telephone_id", "owner_agent_id", "seated_agent_id"])
    .execute();
  for (const row of rows) {
    const user = userOf(
      {
        telephoneId: row.telephone_id,
        ownerAgentId: row.owner_agent_id,
        seatedAgentId: row.seated_agent_id,
        disposedAgentId: chosen.agentId,
      },
      undisposedUser,
    );
    await tx
      .updateTable("report_calls")
      .where("id", "=", row.id)
      .where("call_at", "=", row.call_at)
      .set({ disposed_agent_id: chosen.agentId, chosen: chosen.path, user_id: user })
      .execute();
  }
}

export interface UndisposedRow {
  legId: string;
  linkedId: string;
  type: "inbound" | "outbound" | "internal";
  source: string;
  destination: string;
  callerId: string;
  queueId: number | null;
  queueName: string | null;
  startedAt: Date;
  answeredAt: Date;
  endedAt: Date;
  billableMs: number | null;
}

/** Calls that an agent took, that have ended since `endedSince` and wait for their disposition; the oldest first. */
export async function listUndisposed(
  db: Db,
  agentId: number,
  endedSince: Date,
  page: { limit: number; after: { startedAt: Date; legId: string } | null },
): Promise<UndisposedRow[]> {
  const rows = await db
    .selectFrom("report_calls as r")
    .leftJoin("queues", "queues.id", "r.queue_id")
    .leftJoin("leg_dispositions as d", "d.leg_id", "r.leg_id")
    .where((eb) =>
      eb.or([
        eb("r.owner_agent_id", "=", agentId),
        eb.and([eb("r.owner_agent_id", "is", null), eb("r.seated_agent_id", "=", agentId)]),
      ]),
    )
    .where("r.disposed_agent_id", "is", null)
    .where("d.leg_id", "is", null)
    .where("r.answered_at", "is not", null)
    .where("r.ended_at", ">", endedSince)
    // Colleagues need no outcome of each other.
    .where("r.type", "<>", "internal")
    .$if(page.after !== null, (query) =>
      query.where(sql<boolean>`(r.started_at, r.leg_id) > (${page.after?.startedAt}, ${page.after?.legId})`),
    )
    .orderBy("r.started_at")
    .orderBy("r.leg_id")
    .limit(page.limit)
    .select([
      "r.leg_id",
      "r.linked_id as linkedId",
      "r.type",
      "r.source",
      "r.destination",
      "r.caller_id as callerId",
      "r.queue_id as queueId",
      "queues.name as queueName",
      "r.started_at as startedAt",
      "r.answered_at",
      "r.ended_at",
      "r.billable_ms as billableMs",
    ])
    .execute();
  return rows.flatMap(({ leg_id, answered_at, ended_at, ...row }) =>
    leg_id === null || answered_at === null || ended_at === null
      ? []
      : [{ ...row, legId: leg_id, answeredAt: answered_at, endedAt: ended_at }],
  );
}
