import { type Insertable, sql } from "kysely";
import type { Db } from "../db/pool.ts";
import type { Tables } from "../db/tables.ts";
import { stayAt, type UndisposedUser, userOf } from "./attribution.ts";
import type { FoldedCall } from "./folded-call.ts";
import { readSurroundings, type Surroundings } from "./surroundings-store.ts";

const ms = (us: number) => Math.floor(us / 1000);
const date = (us: number) => new Date(ms(us));
const dateOrNull = (us: number | null) => (us === null ? null : date(us));
const lengthMs = (us: number | null) => (us === null ? null : Math.round(us / 1000));

/**
 * Puts these calls in the place of what was folded of them before, under the same keys. Answers the agents who have a
 * call among them to dispose.
 */
export async function replaceCalls(
  tx: Db,
  node: string,
  calls: readonly FoldedCall[],
  undisposedUser: UndisposedUser,
): Promise<Set<number>> {
  if (calls.length === 0) return new Set();
  const around = await readSurroundings(tx, calls, undisposedUser);
  // Legs, visits and rows go with their call.
  await sql`delete from calls where linked_id = any(${calls.map((call) => call.linkedId)}::text[])`.execute(tx);
  for (const piece of pieces(calls.map((call) => callColumns(call, node)))) {
    await tx.insertInto("calls").values(piece).execute();
  }
  await insertLegs(tx, calls, around);
  for (const piece of pieces(calls.flatMap((call) => visitColumns(call, around)))) {
    await tx.insertInto("queue_visits").values(piece).execute();
  }
  const rows = calls.flatMap((call) => rowColumns(call, around));
  for (const piece of pieces(rows)) await tx.insertInto("report_calls").values(piece).execute();
  const agents = new Set<number>();
  for (const row of rows) {
    const agentId = row.owner_agent_id ?? row.seated_agent_id;
    if (agentId != null && row.answered_at != null && row.ended_at != null) agents.add(agentId);
  }
  return agents;
}

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
    .innerJoin("journal_lines", "journal_lines.linked_id", "calls.linked_id")
    .where("calls.node", "=", node)
    .where("calls.ended_at", "is", null)
    .groupBy(["calls.linked_id", "calls.started_at"])
    .having((eb) => eb(eb.fn.max("journal_lines.at"), "<", before))
    .select(["calls.linked_id as linkedId", "calls.started_at as startedAt"])
    .select(sql<number>`(extract(epoch from max(journal_lines.at)) * 1000000)::bigint`.as("lastUs"))
    .execute();
  return rows;
}

/** Rows whose user would be another under the other setting get it. */
export async function reattribute(tx: Db, undisposedUser: UndisposedUser): Promise<void> {
  const user =
    undisposedUser === "seated-agent"
      ? sql<number>`coalesce(seated_agent_id, telephone_id)`
      : sql<number>`telephone_id`;
  await tx
    .updateTable("report_calls")
    .set({ user_id: user })
    .where("telephone_id", "is not", null)
    .where("owner_agent_id", "is", null)
    .where("disposed_agent_id", "is", null)
    .where(sql<boolean>`user_id is distinct from ${user}`)
    .execute();
}

/** PostgreSQL takes 65,535 parameters a statement; the widest row here has 25. */
const ROWS_A_STATEMENT = 1000;

function* pieces<Row>(rows: readonly Row[]): Iterable<Row[]> {
  for (let from = 0; from < rows.length; from += ROWS_A_STATEMENT) yield rows.slice(from, from + ROWS_A_STATEMENT);
}

/** A leg that moved from one call into another belongs to the one it moved into, in whatever order they are folded. */
async function insertLegs(tx: Db, calls: readonly FoldedCall[], around: Surroundings): Promise<void> {
  const all = calls.flatMap((call) =>
    call.legs.map((leg) => ({ movedIn: leg.movedIn, row: legColumns(call, leg, around) })),
  );
  const stayed = all.filter((leg) => !leg.movedIn).map((leg) => leg.row);
  const moved = all.filter((leg) => leg.movedIn).map((leg) => leg.row);
  for (const piece of pieces(stayed)) {
    await tx
      .insertInto("legs")
      .values(piece)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  for (const row of moved) {
    await tx
      .insertInto("legs")
      .values(row)
      .onConflict((conflict) => conflict.column("leg_id").doUpdateSet(row))
      .execute();
  }
}

function callColumns(call: FoldedCall, node: string): Insertable<Tables["calls"]> {
  return {
    linked_id: call.linkedId,
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
    queue_id: queueId(visit.queueId, around),
    entered_at: date(visit.enteredUs),
    left_at: dateOrNull(visit.leftUs),
    outcome: visit.outcome,
  }));
}

function rowColumns(call: FoldedCall, around: Surroundings): Insertable<Tables["report_calls"]>[] {
  return call.rows.map((row) => {
    const rangMs = ms(row.rangUs ?? row.startedUs);
    const telephone = stayAt(around.telephones.get(row.endpoint ?? "") ?? [], rangMs);
    const lease = telephone === null ? null : stayAt(around.leases.get(telephone.telephoneId) ?? [], rangMs);
    const facts = {
      telephoneId: telephone?.telephoneId ?? null,
      ownerAgentId: telephone?.ownerAgentId ?? null,
      seatedAgentId: lease?.agentId ?? null,
      disposedAgentId: row.legId === null ? null : (around.disposedBy.get(row.legId) ?? null),
    };
    return {
      id: row.id,
      leg_id: row.legId,
      linked_id: call.linkedId,
      type: call.type,
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
