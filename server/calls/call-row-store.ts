import { type RawBuilder, type Selectable, sql } from "kysely";
import type { Db } from "../db/pool.ts";
import type { Tables } from "../db/tables.ts";
import { callAt } from "./call-at.ts";
import type { Cells } from "./row-changes.ts";

interface KeptCalls {
  calls: Selectable<Tables["calls"]>[];
  legs: Selectable<Tables["legs"]>[];
  visits: Selectable<Tables["queue_visits"]>[];
  rows: Selectable<Tables["report_calls"]>[];
}

/** Narrows to these calls, and to the months they were made in. There is one at least. */
function ofCalls(linkedIds: readonly string[]): RawBuilder<boolean> {
  const made = linkedIds.map((linkedId) => callAt(linkedId).getTime());
  const first = new Date(made.reduce((one, other) => Math.min(one, other)));
  const last = new Date(made.reduce((one, other) => Math.max(one, other)));
  return sql`linked_id = any(${linkedIds}::text[]) and call_at between ${first} and ${last}`;
}

/** What is kept of these calls. */
export async function readCalls(tx: Db, calls: readonly { linkedId: string }[]): Promise<KeptCalls> {
  const ours = ofCalls(calls.map(({ linkedId }) => linkedId));
  return {
    calls: await tx.selectFrom("calls").where(ours).selectAll().execute(),
    legs: await tx.selectFrom("legs").where(ours).selectAll().execute(),
    visits: await tx.selectFrom("queue_visits").where(ours).selectAll().execute(),
    rows: await tx.selectFrom("report_calls").where(ours).selectAll().execute(),
  };
}

/** Those of these legs that another call has as well. */
export async function legsElsewhere(
  tx: Db,
  legs: readonly { leg_id: string; linked_id: string }[],
): Promise<{ leg_id: string; linked_id: string; call_at: Date }[]> {
  if (legs.length === 0) return [];
  const { rows } = await sql<{ leg_id: string; linked_id: string; call_at: Date }>`
    select l.leg_id, l.linked_id, l.call_at
    from unnest(${legs.map((leg) => leg.leg_id)}::text[], ${legs.map((leg) => leg.linked_id)}::text[]) as n (leg_id, linked_id)
    join legs l on l.leg_id = n.leg_id and l.linked_id <> n.linked_id`.execute(tx);
  return rows;
}

type CallTable = "calls" | "legs" | "queue_visits" | "report_calls";

/** Writes rows under their keys, whether they are there or not. All have the same columns. */
export async function putRows(tx: Db, table: CallTable, key: string, rows: readonly Cells[]): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const columns = Object.keys(first);
  const set = columns.map((column) => sql`${sql.ref(column)} = excluded.${sql.ref(column)}`);
  // One value for any number of rows: the text of the statement stays the same, and short.
  await sql`
    insert into ${sql.table(table)} (${sql.join(columns.map((column) => sql.ref(column)))})
    select ${sql.join(columns.map((column) => sql.ref(column)))}
    from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb)
    on conflict (${sql.ref(key)}, call_at) do update set ${sql.join(set)}`.execute(tx);
}

/** Takes rows away that are there. */
export async function removeRows(tx: Db, table: CallTable, key: string, rows: readonly Cells[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    delete from ${sql.table(table)} as t
    using jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb) as gone
    where t.${sql.ref(key)} = gone.${sql.ref(key)} and t.call_at = gone.call_at`.execute(tx);
}

/** Takes whole calls away, with their legs, stays and rows. Answers the agents who sat at a telephone of theirs. */
export async function removeCalls(tx: Db, linkedIds: readonly string[]): Promise<Set<number>> {
  if (linkedIds.length === 0) return new Set();
  const ours = ofCalls(linkedIds);
  // The rows are read as they were before the statement.
  const { rows } = await sql<{ agent_id: number }>`
    with gone as (delete from calls where ${ours})
    select distinct coalesce(owner_agent_id, seated_agent_id) as agent_id from report_calls
    where ${ours} and coalesce(owner_agent_id, seated_agent_id) is not null`.execute(tx);
  return new Set(rows.map((row) => row.agent_id));
}
