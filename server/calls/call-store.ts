import { type Insertable, sql } from "kysely";
import { type Database, type Db, inTransaction } from "../db/pool.ts";
import type { Tables } from "../db/tables.ts";
import { stayAt, type UndisposedUser, userOf } from "./attribution.ts";
import { addMonths, callAt } from "./call-at.ts";
import { legsElsewhere, putRows, readCalls, removeRows } from "./call-row-store.ts";
import type { FoldedCall } from "./folded-call.ts";
import { putMovedChannels } from "./moved-channel-store.ts";
import { rowChanges } from "./row-changes.ts";
import { readSurroundings, type Surroundings } from "./surroundings-store.ts";

const ms = (us: number) => Math.floor(us / 1000);
const date = (us: number) => new Date(ms(us));
const dateOrNull = (us: number | null) => (us === null ? null : date(us));
const lengthMs = (us: number | null) => (us === null ? null : Math.round(us / 1000));

/**
 * Puts these calls in the place of what was folded of them before, under the same keys; what has not changed is not
 * written. Answers the agents who have a call among them to dispose.
 */
export async function replaceCalls(
  tx: Db,
  node: string,
  calls: readonly FoldedCall[],
  undisposedUser: UndisposedUser,
): Promise<Set<number>> {
  if (calls.length === 0) return new Set();
  const around = await readSurroundings(tx, calls, undisposedUser);
  const rows = calls.flatMap((call) => rowColumns(call, around));
  const kept = await readCalls(tx, calls);
  const legs = calls.flatMap((call) => call.legs.map((leg) => ({ leg, row: legColumns(call, leg, around) })));
  const moved = new Set(legs.filter(({ leg }) => leg.movedIn).map(({ row }) => row.leg_id));
  const ours = rowChanges(
    kept.legs,
    // A leg that moved from one call into another belongs to the one it moved into, in whatever order they are folded.
    legs.filter(({ leg, row }) => leg.movedIn || !moved.has(row.leg_id)).map(({ row }) => row),
    (leg) => `${leg.leg_id} ${leg.linked_id}`,
  );
  const elsewhere = await legsElsewhere(tx, ours.changed);
  await removeRows(tx, "legs", "leg_id", [...ours.gone, ...elsewhere.filter(({ leg_id }) => moved.has(leg_id))]);
  const taken = new Set(elsewhere.filter(({ leg_id }) => !moved.has(leg_id)).map(({ leg_id }) => leg_id));
  await putRows(
    tx,
    "calls",
    "linked_id",
    rowChanges(
      kept.calls,
      calls.map((call) => callColumns(call, node)),
      byCall,
    ).changed,
  );
  await putRows(
    tx,
    "legs",
    "leg_id",
    ours.changed.filter(({ leg_id }) => !taken.has(leg_id)),
  );
  await putMovedChannels(tx, calls);
  const visits = rowChanges(
    kept.visits,
    calls.flatMap((call) => visitColumns(call, around)),
    byId,
  );
  await removeRows(tx, "queue_visits", "id", visits.gone);
  await putRows(tx, "queue_visits", "id", visits.changed);
  const reported = rowChanges(kept.rows, rows, byId);
  await removeRows(tx, "report_calls", "id", reported.gone);
  await putRows(tx, "report_calls", "id", reported.changed);
  const agents = new Set<number>();
  for (const row of rows) {
    const agentId = row.owner_agent_id ?? row.seated_agent_id;
    if (agentId != null && row.answered_at != null && row.ended_at != null) agents.add(agentId);
  }
  return agents;
}

const byCall = (row: { linked_id: string }) => row.linked_id;
const byId = (row: { id: string }) => row.id;

/** Calls that were under way before an instant and have no end. */
export async function openCallsBefore(tx: Db, node: string, atUs: number): Promise<string[]> {
  const rows = await tx
    .selectFrom("calls")
    .where("node", "=", node)
    .where("ended_at", "is", null)
    .where("started_at", "<", date(atUs))
    .select("linked_id")
    .execute();
  return rows.map((row) => row.linked_id);
}

/** Calls without an end of which nothing was written since `before`, with the instant of their last line. */
export async function quietOpenCalls(
  db: Db,
  node: string,
  before: Date,
): Promise<{ linkedId: string; startedAt: Date; lastUs: number }[]> {
  const rows = await db
    .selectFrom("calls")
    .innerJoin("journal_lines", (join) =>
      join
        .onRef("journal_lines.linked_id", "=", "calls.linked_id")
        .onRef("journal_lines.call_at", "=", "calls.call_at"),
    )
    .where("calls.node", "=", node)
    .where("calls.ended_at", "is", null)
    .groupBy(["calls.linked_id", "calls.started_at"])
    .having((eb) => eb(eb.fn.max("journal_lines.at"), "<", before))
    .select(["calls.linked_id as linkedId", "calls.started_at as startedAt"])
    .select(sql<number>`(extract(epoch from max(journal_lines.at)) * 1000000)::bigint`.as("lastUs"))
    .execute();
  return rows;
}

/**
 * Rows whose user would be another under the other setting get it, month by month: a house of years has millions of
 * them. Broken off, it is begun again.
 */
export async function reattribute(db: Database, undisposedUser: UndisposedUser): Promise<void> {
  const user =
    undisposedUser === "seated-agent"
      ? sql<number>`coalesce(seated_agent_id, telephone_id)`
      : sql<number>`telephone_id`;
  const months = await db
    .selectFrom("call_months")
    .where("calls_archived_at", "is", null)
    .select(sql<string>`month::text`.as("month"))
    .execute();
  for (const { month } of months) {
    await inTransaction(db, async (tx) => {
      await sql`set local statement_timeout = 0`.execute(tx);
      await tx
        .updateTable("report_calls")
        .set({ user_id: user })
        .where(sql<boolean>`call_at >= ${`${month}T00:00:00Z`} and call_at < ${`${addMonths(month, 1)}T00:00:00Z`}`)
        .where("telephone_id", "is not", null)
        .where("owner_agent_id", "is", null)
        .where("disposed_agent_id", "is", null)
        .where(sql<boolean>`user_id is distinct from ${user}`)
        .execute();
    });
  }
}

function callColumns(call: FoldedCall, node: string): Insertable<Tables["calls"]> {
  return {
    linked_id: call.linkedId,
    call_at: callAt(call.linkedId),
    node,
    type: call.type,
    started_at: date(call.startedUs),
    ended_at: dateOrNull(call.endedUs),
    end_reason: call.endReason,
  };
}

function legColumns(
  call: FoldedCall,
  leg: FoldedCall["legs"][number],
  around: Surroundings,
): Insertable<Tables["legs"]> {
  return {
    leg_id: leg.legId,
    linked_id: call.linkedId,
    call_at: callAt(call.linkedId),
    telephone_id: stayAt(around.telephones.get(leg.endpoint) ?? [], ms(leg.rangUs))?.telephoneId ?? null,
    endpoint: leg.endpoint,
    direction: leg.direction,
    queue_id: queueId(leg.queueId, around),
    rang_at: date(leg.rangUs),
    answered_at: dateOrNull(leg.answeredUs),
    ended_at: dateOrNull(leg.endedUs),
  };
}

function visitColumns(call: FoldedCall, around: Surroundings): Insertable<Tables["queue_visits"]>[] {
  return call.visits.map((visit) => ({
    id: visit.id,
    linked_id: call.linkedId,
    call_at: callAt(call.linkedId),
    queue_id: queueId(visit.queueId, around),
    entered_at: date(visit.enteredUs),
    left_at: dateOrNull(visit.leftUs),
    outcome: visit.outcome,
    asked_back: visit.askedBack,
  }));
}

function rowColumns(call: FoldedCall, around: Surroundings): Insertable<Tables["report_calls"]>[] {
  return call.rows.map((row) => {
    const rangMs = ms(row.rangUs ?? row.startedUs);
    const telephone = stayAt(around.telephones.get(row.endpoint ?? "") ?? [], rangMs);
    const lease = telephone === null ? null : stayAt(around.leases.get(telephone.telephoneId) ?? [], rangMs);
    const chosen = row.legId === null ? undefined : around.disposedBy.get(row.legId);
    const facts = {
      telephoneId: telephone?.telephoneId ?? null,
      ownerAgentId: telephone?.ownerAgentId ?? null,
      seatedAgentId: lease?.agentId ?? null,
      disposedAgentId: chosen?.agentId ?? null,
    };
    return {
      id: row.id,
      leg_id: row.legId,
      linked_id: call.linkedId,
      call_at: callAt(call.linkedId),
      type: row.type,
      // A telephone without an internal number says none.
      source: row.source || (telephone?.internal ?? row.endpoint ?? ""),
      destination: row.destination,
      caller_id: row.callerId,
      started_at: date(row.startedUs),
      rang_at: dateOrNull(row.rangUs),
      answered_at: dateOrNull(row.answeredUs),
      ended_at: dateOrNull(row.endedUs),
      duration_ms: lengthMs(row.endedUs === null ? null : row.endedUs - row.startedUs),
      billable_ms: lengthMs(row.talkUs),
      hold_ms: lengthMs(row.holdUs),
      disposition: row.disposition,
      telephone_id: facts.telephoneId,
      owner_agent_id: facts.ownerAgentId,
      seated_agent_id: facts.seatedAgentId,
      disposed_agent_id: facts.disposedAgentId,
      chosen: chosen?.path ?? null,
      user_id: userOf(facts, around.undisposedUser),
      queue_id: queueId(row.queueId, around),
      account_code: row.accountCode,
      prefix: row.prefix,
      ended_by: row.endedBy,
    };
  });
}

/** A journal can be older than the database it is read into: queues that are not there are left out. */
const queueId = (id: number | null, around: Surroundings) => (id !== null && around.queues.has(id) ? id : null);
