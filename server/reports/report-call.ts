import { type AliasedExpression, type RawBuilder, type Selectable, type SqlBool, sql } from "kysely";
import type { ReportCallRow } from "../../contract/views.ts";
import { addMonths, callAt } from "../calls/call-at.ts";
import { monthsBetween } from "../calls/call-month-store.ts";
import { contains } from "../db/page.ts";
import { type Database, type Db, inTransaction } from "../db/pool.ts";
import type { Tables } from "../db/tables.ts";
import { recordingsOfRow } from "../recordings/recording-rows.ts";
import { OUTCOME_STEP, type ReportFilter, type ReportSort, reportCursor } from "./report-filter.ts";

/** What a page is ordered by; calls under way are the shortest. The indexes are of these expressions. */
const SORT_KEYS = {
  startedAt: sql<number>`r.started_at`,
  durationS: sql<number>`coalesce(r.duration_ms, -1)`,
  billableS: sql<number>`coalesce(r.billable_ms, -1)`,
};

const sortOf = (sort: ReportSort) => {
  const down = sort.startsWith("-");
  const name = (down ? sort.slice(1) : sort) as keyof typeof SORT_KEYS;
  return { down, name, key: SORT_KEYS[name] };
};

/** The longest day there is, when clocks are put back. */
const DAY_MS = 25 * 3_600_000;

/**
 * What it is ordered by in a statement. The rows of a day are found by their start and sorted: in the order of an index
 * of lengths a whole month would be passed for them, and those at its beginning were not answered. Added to, it is not
 * what the index is of.
 */
function orderOf({ sort, from, to }: ReportFilter): RawBuilder<number> {
  const { name, key } = sortOf(sort);
  const ofDay = from !== null && to !== null && to.getTime() - from.getTime() <= DAY_MS;
  return ofDay && name !== "startedAt" ? sql`(${key} + 0)` : key;
}

/** The rows of Report Call that a filter leaves, in its order; from its place on. */
export async function narrowed(db: Db, filter: ReportFilter) {
  const { down, name } = sortOf(filter.sort);
  const key = orderOf(filter);
  const { after } = filter;
  const value = after === null ? null : name === "startedAt" ? new Date(after.value) : after.value;
  const all = await conditions(db, filter);
  if (after !== null) all.push(sql`(${key}, r.id) ${sql.raw(down ? "<" : ">")} (${value}, ${after.id})`);
  return db
    .selectFrom("report_calls as r")
    .where((eb) => eb.and(all))
    .orderBy(key, down ? "desc" : "asc")
    .orderBy("r.id", down ? "desc" : "asc");
}

/**
 * Runs queries that are planned for their very values. A plan for all values would look for a number that few rows have
 * as it looks for one that many have: through the newest rows, to the end.
 */
export function plannedAnew<T>(db: Database, work: (tx: Db) => Promise<T>): Promise<T> {
  return inTransaction(db, async (tx) => {
    await sql`set local plan_cache_mode = force_custom_plan`.execute(tx);
    return work(tx);
  });
}

/**
 * A page with the names that its rows say. They are looked up for the rows that are shown: joined before, the database
 * may begin at the names.
 */
const withNames = (db: Db, page: AliasedExpression<Selectable<Tables["report_calls"]>, "r">) =>
  db
    .selectFrom(page)
    .leftJoin("staff as u", "u.id", "r.user_id")
    .leftJoin("staff as t", "t.id", "r.telephone_id")
    .leftJoin("staff as s", "s.id", "r.seated_agent_id")
    .leftJoin("queues as q", "q.id", "r.queue_id")
    .leftJoin("leg_dispositions as d", "d.leg_id", "r.leg_id")
    .leftJoin("contacts as c", "c.id", "d.contact_id")
    .select([
      "r.id",
      "r.leg_id as legId",
      "r.linked_id as linkedId",
      "r.type",
      "r.source",
      "r.destination",
      "r.caller_id as callerId",
      "r.started_at as startedAt",
      "r.answered_at as answeredAt",
      "r.ended_at as endedAt",
      "r.duration_ms as durationMs",
      "r.billable_ms as billableMs",
      "r.hold_ms as holdMs",
      "r.disposition",
      "d.level1",
      "d.level2",
      "d.level3",
      "r.user_id as userId",
      "u.kind as userKind",
      "u.full_name as userName",
      "r.telephone_id as telephoneId",
      "t.full_name as telephoneName",
      "r.seated_agent_id as seatedAgentId",
      "s.full_name as seatedAgentName",
      "d.contact_id as contactId",
      "c.full_name as contactName",
      "d.note",
      "q.name as queue",
      "r.account_code as accountCode",
      "r.prefix",
      "r.ended_by as endedBy",
    ])
    // Those that have something of the row's talk, as far as they are still there.
    .select(
      sql<number[]>`(select coalesce(json_agg(rec.id order by rec.started_at, rec.id), '[]')
        from ${recordingsOfRow} and rec.state in ('kept', 'damaged'))`.as("recordingIds"),
    );

type Row = Awaited<ReturnType<ReturnType<typeof withNames>["execute"]>>[number];

/**
 * One page of Report Call. The newest rows are looked for in the newest months first: a statement over all years is
 * planned for every month of them, and few pages reach so far.
 */
export async function listReportCalls(
  db: Db,
  filter: ReportFilter,
): Promise<{ rows: ReportCallRow[]; next: string | null }> {
  const newest = await newestMonths(db, filter);
  const first = newest === null ? [] : await readPage(db, newest);
  const found = first.length > filter.limit ? first : await readPage(db, filter);
  const shown = found.slice(0, filter.limit);
  const last = shown.at(-1);
  const after = found.length > filter.limit && last !== undefined ? placeAfter(filter.sort, last) : null;
  return { rows: shown.map(present), next: after === null ? null : reportCursor(filter.sort, after.value, after.id) };
}

/** The rows of a page, and one more where there are more. */
async function readPage(db: Db, filter: ReportFilter): Promise<Row[]> {
  const { down, key } = sortOf(filter.sort);
  const page = (await narrowed(db, filter))
    .limit(filter.limit + 1)
    .selectAll("r")
    .as("r");
  return withNames(db, page)
    .orderBy(key, down ? "desc" : "asc")
    .orderBy("r.id", down ? "desc" : "asc")
    .execute();
}

/** The filter within the last two months that it reaches; null where it reaches no further, or wants others first. */
async function newestMonths(db: Db, filter: ReportFilter): Promise<ReportFilter | null> {
  const { sort, from, linkedId } = filter;
  if (sort !== "-startedAt" || linkedId !== null) return null;
  const months = await monthsBetween(db, from, untilOf(filter));
  if (months === null) return null;
  const since = addMonths(months.to, -2);
  return since > months.from ? { ...filter, from: latest(from, new Date(`${since}T00:00:00Z`)) } : null;
}

/** The place behind a row, as a filter's `after`. */
export function placeAfter(
  sort: ReportSort,
  row: { id: string; startedAt: Date; durationMs: number | null; billableMs: number | null },
): { value: number; id: string } {
  const { name } = sortOf(sort);
  const value = { startedAt: row.startedAt.getTime(), durationS: row.durationMs, billableS: row.billableMs }[name];
  return { value: value ?? -1, id: row.id };
}

export async function findReportCall(db: Db, id: string): Promise<ReportCallRow | null> {
  const one = db.selectFrom("report_calls as r").where("r.id", "=", id).selectAll("r").as("r");
  const row = await withNames(db, one).executeTakeFirst();
  return row === undefined ? null : present(row);
}

/** What of a row says whom or what it belongs to; null where it belongs to none. */
export const WHAT_ROWS_HAVE = {
  agent: sql<number | null>`agent_of(r.user_id, r.telephone_id, r.seated_agent_id)`,
  user: sql<number | null>`r.user_id`,
  telephone: sql<number | null>`r.telephone_id`,
  queue: sql<number | null>`r.queue_id`,
  outcome: sql<string | null>`nullif(array_to_string(r.chosen, ${sql.lit(OUTCOME_STEP)}), '')`,
  prefix: sql<string | null>`nullif(r.prefix, '')`,
};

/** What narrows rows to a filter: written for an index and for the months it reaches. */
export async function conditions(db: Db, filter: ReportFilter): Promise<RawBuilder<SqlBool>[]> {
  const { from, to, type, userId, agentId, telephoneId, linkedId, queue, number, answered, result, chosen } = filter;
  const { after, sort, outcomePath, prefix, without } = filter;
  const at = after === null ? null : new Date(after.value);
  const all: RawBuilder<SqlBool>[] = [
    await madeBetween(db, latest(from, sort === "startedAt" ? at : null), untilOf(filter)),
  ];
  if (from !== null) all.push(sql`r.started_at >= ${from}`);
  if (to !== null) all.push(sql`r.started_at < ${to}`);
  if (type !== null) all.push(sql`r.type = ${type}`);
  if (userId !== null) all.push(sql`r.user_id = ${userId}`);
  // The user of a call that is nobody's yet is the telephone itself.
  if (agentId !== null) {
    all.push(sql`(r.user_id = ${agentId} or (r.seated_agent_id = ${agentId} and r.user_id = r.telephone_id))`);
  }
  if (linkedId !== null) all.push(sql`r.linked_id = ${linkedId} and r.call_at = ${callAt(linkedId)}`);
  if (telephoneId !== null) all.push(sql`r.telephone_id = ${telephoneId}`);
  if (typeof queue === "number") all.push(sql`r.queue_id = ${queue}`);
  if (typeof queue === "string") all.push(await ofQueueNamed(db, queue));
  if (number !== null) all.push(contains([sql`r.source`, sql`r.destination`], number));
  if (answered !== null) all.push(answered ? sql`r.answered_at is not null` : sql`r.answered_at is null`);
  if (result !== null) all.push(sql`r.disposition = ${result}`);
  if (chosen !== null) all.push(sql`r.chosen @> array[${chosen}]::text[]`);
  // The first is found by an index; the second says that there are no others.
  if (outcomePath !== null) {
    all.push(sql`r.chosen @> ${[...outcomePath]}::text[] and r.chosen = ${[...outcomePath]}::text[]`);
  }
  if (prefix !== null) all.push(sql`r.prefix = ${prefix}`);
  for (const what of without ?? []) all.push(sql`${WHAT_ROWS_HAVE[what]} is null`);
  return all;
}

/** All rows that are asked for started before this; null: whenever. */
const untilOf = ({ to, after, sort }: ReportFilter) =>
  earliest(to, sort === "-startedAt" && after !== null ? new Date(after.value + 1) : null);

const latest = (one: Date | null, other: Date | null) =>
  one === null || (other !== null && other > one) ? other : one;
const earliest = (one: Date | null, other: Date | null) =>
  one === null || (other !== null && other < one) ? other : one;

/**
 * Rows are kept by the months of their calls: which those are stands in the statement itself, so that it is planned for
 * them alone. No rows where there is no such month.
 */
async function madeBetween(db: Db, from: Date | null, to: Date | null): Promise<RawBuilder<SqlBool>> {
  const months = await monthsBetween(db, from, to);
  if (months === null) return sql`false`;
  return sql`r.call_at >= ${sql.lit(`${months.from}T00:00:00Z`)} and r.call_at < ${sql.lit(`${months.to}T00:00:00Z`)}`;
}

/** Of several queues of one name, one is there now and others were once. */
async function ofQueueNamed(db: Db, name: string): Promise<RawBuilder<SqlBool>> {
  const queues = await db.selectFrom("queues").where(sql<boolean>`lower(name) = lower(${name})`).select("id").execute();
  const [first, ...others] = queues.map(({ id }) => id);
  if (first === undefined) return sql`false`;
  return others.length === 0 ? sql`r.queue_id = ${first}` : sql`r.queue_id = any(${[first, ...others]}::bigint[])`;
}

const seconds = (ms: number | null) => (ms === null ? null : ms / 1000);

function present(row: Row): ReportCallRow {
  const kind = row.userKind;
  return {
    id: row.id,
    legId: row.legId,
    linkedId: row.linkedId,
    type: row.type,
    source: row.source,
    destination: row.destination,
    callerId: row.callerId,
    startedAt: row.startedAt.toISOString(),
    answeredAt: row.answeredAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
    durationS: seconds(row.durationMs),
    billableS: seconds(row.billableMs),
    holdS: seconds(row.holdMs),
    disposition: row.disposition,
    userDisposition: row.level1,
    userSecondDisposition: row.level2,
    userThirdDisposition: row.level3,
    userId: row.userId,
    userKind: kind === "agent" || kind === "telephone" ? kind : null,
    userName: row.userName,
    telephoneId: row.telephoneId,
    telephoneName: row.telephoneName,
    seatedAgentId: row.seatedAgentId,
    seatedAgentName: row.seatedAgentName,
    contactId: row.contactId,
    contactName: row.contactName,
    note: row.note,
    queue: row.queue,
    accountCode: row.accountCode,
    prefix: row.prefix,
    endedBy: row.endedBy as ReportCallRow["endedBy"],
    recordingIds: row.recordingIds,
  };
}
