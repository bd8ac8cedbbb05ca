import { type RawBuilder, type SqlBool, sql } from "kysely";
import type { ReportCallRow } from "../../contract/views.ts";
import { contains } from "../db/page.ts";
import type { Db } from "../db/pool.ts";
import { type ReportFilter, type ReportSort, reportCursor } from "./report-filter.ts";

/** What a page is ordered by, as a number that a cursor can hold: milliseconds; calls under way are the shortest. */
const SORT_KEYS: Record<string, RawBuilder<number>> = {
  startedAt: sql<number>`floor(extract(epoch from r.started_at) * 1000)::bigint`,
  durationS: sql<number>`coalesce(r.duration_ms, -1)`,
  billableS: sql<number>`coalesce(r.billable_ms, -1)`,
};

const keyOf = (sort: ReportSort): RawBuilder<number> =>
  SORT_KEYS[sort.replace("-", "")] ?? sql<number>`floor(extract(epoch from r.started_at) * 1000)::bigint`;

const reportRows = (db: Db) =>
  db
    .selectFrom("report_calls as r")
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
    ]);

type Row = Awaited<ReturnType<ReturnType<typeof reportRows>["execute"]>>[number];

/** One page of Report Call. */
export async function listReportCalls(
  db: Db,
  filter: ReportFilter,
): Promise<{ rows: ReportCallRow[]; next: string | null }> {
  const key = keyOf(filter.sort);
  const down = filter.sort.startsWith("-");
  const { after, limit } = filter;
  const found = await reportRows(db)
    .select(key.as("key"))
    .where((eb) => eb.and(conditions(filter)))
    .$if(after !== null, (query) =>
      query.where(
        down
          ? sql<boolean>`(${key}, r.id) < (${after?.value}::bigint, ${after?.id})`
          : sql<boolean>`(${key}, r.id) > (${after?.value}::bigint, ${after?.id})`,
      ),
    )
    .$if(filter.sort.endsWith("startedAt"), (query) =>
      // By the column itself, so that the index gives the order; it holds milliseconds, so the order is the same.
      query.orderBy("r.started_at", down ? "desc" : "asc"),
    )
    .$if(!filter.sort.endsWith("startedAt"), (query) => query.orderBy(key, down ? "desc" : "asc"))
    .orderBy("r.id", down ? "desc" : "asc")
    .limit(limit + 1)
    .execute();
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    rows: shown.map(present),
    next: found.length > limit && last !== undefined ? reportCursor(filter.sort, last.key, last.id) : null,
  };
}

export async function findReportCall(db: Db, id: string): Promise<ReportCallRow | null> {
  const row = await reportRows(db).where("r.id", "=", id).executeTakeFirst();
  return row === undefined ? null : present(row);
}

function conditions(filter: ReportFilter): RawBuilder<SqlBool>[] {
  const {
    from,
    to,
    type,
    userId,
    agentId,
    telephoneId,
    linkedId,
    queue,
    number,
    answered,
    result,
    chosen,
    after,
    sort,
  } = filter;
  const all: RawBuilder<SqlBool>[] = [];
  if (from !== null) all.push(sql`r.started_at >= ${from}`);
  if (to !== null) all.push(sql`r.started_at < ${to}`);
  // The page's place once more, in a form the index on the start can be read from.
  if (after !== null && sort === "-startedAt") all.push(sql`r.started_at <= ${new Date(after.value)}`);
  if (after !== null && sort === "startedAt") all.push(sql`r.started_at >= ${new Date(after.value)}`);
  if (type !== null) all.push(sql`r.type = ${type}`);
  if (userId !== null) all.push(sql`r.user_id = ${userId}`);
  if (agentId !== null) {
    all.push(sql`(r.user_id = ${agentId} or (r.seated_agent_id = ${agentId}
      and not exists (select from agents where agents.staff_id = r.user_id)))`);
  }
  if (linkedId !== null) all.push(sql`r.linked_id = ${linkedId}`);
  if (telephoneId !== null) all.push(sql`r.telephone_id = ${telephoneId}`);
  if (typeof queue === "number") all.push(sql`r.queue_id = ${queue}`);
  if (typeof queue === "string") all.push(sql`lower(q.name) = lower(${queue})`);
  if (number !== null) all.push(contains([sql`r.source`, sql`r.destination`], number));
  if (answered !== null) all.push(answered ? sql`r.answered_at is not null` : sql`r.answered_at is null`);
  if (result !== null) all.push(sql`r.disposition = ${result}`);
  if (chosen !== null) all.push(sql`${chosen} in (d.level1, d.level2, d.level3)`);
  return all;
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
  };
}
