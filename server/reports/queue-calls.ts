import { sql } from "kysely";
import type { Db } from "../db/pool.ts";
import { defineReport, type ListPlace, type ListReport, type ReportQuery } from "./define-report.ts";
import { madeWithin } from "./made-within.ts";
import { digitsOf, SAME_NUMBER } from "./same-number.ts";

const OUTCOMES: Record<string, string> = {
  answered: "Answered",
  abandoned: "Abandoned",
  timeout: "Waited too long",
  other: "Left otherwise",
};

const COLUMNS: ListReport["columns"] = [
  { key: "enteredAt", title: "Entered", kind: "instant" },
  { key: "queue", title: "Queue", kind: "text" },
  { key: "number", title: "Caller", kind: "number", opens: { report: "report-call", narrow: {} } },
  { key: "contact", title: "Contact", kind: "text", hidden: true },
  {
    key: "position",
    title: "Place",
    kind: "count",
    about:
      "How far the caller had come when the wait ended: 1 was next. Counted by who had entered before and still waited.",
  },
  { key: "wait", title: "Wait", kind: "seconds", about: "From entering the queue to leaving it." },
  { key: "outcome", title: "Outcome", kind: "text" },
  { key: "agent", title: "Answered by", kind: "text" },
  {
    key: "after",
    title: "Afterwards",
    kind: "text",
    about:
      "Of a call that nobody answered: called back (a call from here to that number was answered), tried (it was not), came again (the same number called again and was answered), or nothing, each within the chosen time.",
  },
  { key: "afterAt", title: "When", kind: "instant", about: "When that was." },
];

interface Visit {
  id: string;
  at: Date;
  linkedId: string;
  queue: string;
  number: string;
  contact: string | null;
  place: number | null;
  waitMs: number | null;
  outcome: string | null;
  askedBack: boolean;
  agent: string | null;
  backAt: Date | null;
  triedAt: Date | null;
  againAt: Date | null;
  managed: boolean;
}

/** Each stay in a queue. */
export const queueCallsReport = defineReport({
  name: "queue-calls",
  title: "Calls of the queues",
  group: "queues",
  about: "Each stay in a queue: who, how long, and what became of it.",
  form: "list",
  params: ["queueId", "outcome", "number", "backWithin"],
  columns: COLUMNS,
  page: (db, query, after, limit) => visits(db, query, query.choice("outcome"), after, limit),
});

/** Those who hung up while they waited: whom to call back. */
export const abandonedReport = defineReport({
  name: "abandoned",
  title: "Abandoned",
  group: "queues",
  about: "Callers who hung up while they waited, and whether somebody called them back.",
  form: "list",
  params: ["queueId", "number", "backWithin"],
  forAgents: "queues",
  columns: COLUMNS.filter(({ key }) => key !== "outcome" && key !== "agent"),
  page: (db, query, after, limit) => visits(db, query, "abandoned", after, limit),
});

async function visits(db: Db, query: ReportQuery, outcome: string, after: ListPlace | null, limit: number) {
  const { from, to, queueIds, number } = query;
  const back = `${query.choice("backWithin")} days`;
  const answeredAnywhere = sql`exists (
    select from report_calls as r where r.linked_id = v.linked_id and r.call_at = v.call_at and r.answered_at is not null)`;
  const narrowed = {
    "": sql`true`,
    "not-answered": sql`v.outcome <> 'answered'`,
    "asked-back": sql`v.asked_back`,
    unmanaged: sql`v.outcome <> 'answered' and not v.asked_back and not ${answeredAnywhere}`,
  }[outcome];
  const { rows } = await sql<Visit>`
    with page as (
      select v.*, first.source as number
      from queue_visits as v
      cross join lateral (
        select case r.type when 'outbound' then r.destination else r.source end as source
        from report_calls as r where r.linked_id = v.linked_id and r.call_at = v.call_at
        order by r.started_at, r.id limit 1
      ) as first
      where v.entered_at >= ${from} and v.entered_at < ${to} and ${madeWithin("v", query)} and v.queue_id is not null
        and ${queueIds === null ? sql`true` : sql`v.queue_id = any(${queueIds}::bigint[])`}
        and ${narrowed ?? sql`v.outcome = ${outcome}`}
        and ${number === null ? sql`true` : sql`first.source like ${`%${number}%`}`}
        and ${after === null ? sql`true` : sql`(v.entered_at, v.id) < (${after.at}, ${after.id})`}
      order by v.entered_at desc, v.id desc limit ${limit}
    )
    select v.id, v.entered_at as at, v.linked_id as "linkedId", queues.name as queue, v.number,
      ms_between(v.entered_at, v.left_at) as "waitMs", v.outcome,
      v.asked_back as "askedBack", answer.agent, ${answeredAnywhere} as managed,
      (select count(*) + 1 from queue_visits as w where w.queue_id = v.queue_id and w.entered_at < v.entered_at
        and w.entered_at > v.entered_at - interval '1 day' and (w.left_at is null or w.left_at > v.left_at))::int as place,
      (select c.full_name from contact_numbers as n join contacts as c on c.id = n.contact_id
        where ${digitsOf(sql`n.canonical`)} = ${digitsOf(sql`v.number`)} and c.deleted_at is null
          and ${SAME_NUMBER(sql`v.number`)} order by c.id limit 1) as contact,
      afterwards."backAt", afterwards."triedAt", afterwards."againAt"
    from page as v
    join queues on queues.id = v.queue_id
    left join lateral (
      select coalesce(s.full_name, u.full_name) as agent
      from report_calls as r
      left join staff as u on u.id = r.user_id
      left join staff as s on s.id = r.seated_agent_id and u.kind <> 'agent'
      where v.outcome = 'answered' and r.linked_id = v.linked_id and r.call_at = v.call_at and r.queue_id = v.queue_id
        and r.answered_at >= v.entered_at
      order by r.answered_at limit 1
    ) as answer on true
    left join lateral (
      select min(r.started_at) filter (where r.type = 'outbound' and r.answered_at is not null) as "backAt",
        min(r.started_at) filter (where r.type = 'outbound' and r.answered_at is null) as "triedAt",
        min(r.started_at) filter (where r.type = 'inbound' and r.answered_at is not null) as "againAt"
      from report_calls as r
      where v.outcome <> 'answered' and ${SAME_NUMBER(sql`v.number`)}
        and r.started_at > v.left_at and r.started_at <= v.left_at + ${back}::interval and r.linked_id <> v.linked_id
        and r.call_at > v.left_at - interval '7 days' and r.call_at <= v.left_at + ${back}::interval
        and ((r.type = 'outbound' and ${digitsOf(sql`r.destination`)} = ${digitsOf(sql`v.number`)})
          or (r.type = 'inbound' and ${digitsOf(sql`r.source`)} = ${digitsOf(sql`v.number`)}))
    ) as afterwards on true
    order by v.entered_at desc, v.id desc`.execute(db);
  return {
    rows: rows.map((row) => ({
      cells: {
        enteredAt: row.at.toISOString(),
        queue: row.queue,
        number: row.number,
        contact: row.contact,
        position: row.outcome === null ? null : row.place,
        wait: row.waitMs === null ? null : row.waitMs / 1000,
        outcome: outcomeOf(row),
        agent: row.agent,
        ...afterwards(row),
      },
      narrow: { call: row.linkedId, from: dayBefore(row.at), to: dayAfter(row.at) },
    })),
    places: rows.map(({ at, id }) => ({ at, id })),
  };
}

/** Who asked to be called back has left the queue for that, in whatever way. */
function outcomeOf({ outcome, askedBack }: Visit): string {
  if (outcome === null) return "Waiting";
  return askedBack ? "Asked to be called back" : (OUTCOMES[outcome] ?? outcome);
}

const DAY_MS = 86_400_000;
const dayBefore = (at: Date) => new Date(at.getTime() - DAY_MS).toISOString();
const dayAfter = (at: Date) => new Date(at.getTime() + DAY_MS).toISOString();

function afterwards(visit: Visit): { after: string | null; afterAt: string | null } {
  if (visit.outcome === null || visit.outcome === "answered") return { after: null, afterAt: null };
  if (visit.managed) return { after: "Answered elsewhere", afterAt: null };
  const { backAt, triedAt, againAt } = visit;
  if (backAt !== null) return { after: "Called back", afterAt: backAt.toISOString() };
  if (againAt !== null) return { after: "Came again", afterAt: againAt.toISOString() };
  if (triedAt !== null) return { after: "Tried", afterAt: triedAt.toISOString() };
  return { after: "Nothing", afterAt: null };
}
