import { type SqlBool, sql } from "kysely";
import { defineReport, type ListRow } from "./define-report.ts";
import { digitsOf, SAME_NUMBER } from "./same-number.ts";

const KINDS: Record<string, string> = { voicemail: "Voicemail", callback: "Callback" };
const STATES: Record<string, string> = { open: "Open", taken: "Taken", done: "Done" };

interface Row {
  id: string;
  at: Date;
  linkedId: string;
  kind: string;
  state: string;
  queue: string | null;
  owner: string | null;
  number: string;
  contact: string | null;
  saidMs: number | null;
  attempts: number;
  calledMs: number | null;
  person: string | null;
  doneMs: number | null;
  doneAt: Date | null;
  disposition: string[] | null;
  note: string | null;
}

const seconds = (ms: number | null) => (ms === null ? null : ms / 1000);

/** Voicemails and callbacks, each with what became of it. */
export const itemsReport = defineReport({
  name: "items",
  title: "Items",
  group: "callers",
  about: "Voicemails and callbacks: how long each waited, who worked it off and how it ended.",
  form: "list",
  params: ["queueId", "agentId", "number", "itemKind", "itemState"],
  columns: [
    { key: "since", title: "Since", kind: "instant", about: "When the caller came." },
    { key: "kind", title: "Kind", kind: "text" },
    { key: "queue", title: "Queue", kind: "text" },
    { key: "owner", title: "Left for", kind: "text" },
    { key: "number", title: "Number", kind: "number", opens: { report: "report-call", narrow: {} } },
    { key: "contact", title: "Contact", kind: "text", hidden: true },
    { key: "said", title: "Message", kind: "seconds", about: "How long the caller spoke." },
    { key: "state", title: "State", kind: "text" },
    { key: "person", title: "By", kind: "text", about: "Who has it, or who disposed it." },
    { key: "attempts", title: "Calls", kind: "count", about: "How often the caller was called on account of it." },
    { key: "first", title: "Until called", kind: "seconds", about: "From when the caller came to the first of them." },
    { key: "waited", title: "Until done", kind: "seconds", about: "From when the caller came to its end." },
    { key: "doneAt", title: "Done at", kind: "instant", hidden: true },
    { key: "disposition", title: "Disposition", kind: "text" },
    { key: "note", title: "Note", kind: "text", hidden: true },
  ],
  async page(db, query, after, limit) {
    const { from, to, queueIds, agentId, number } = query;
    const [kind, state] = [query.choice("itemKind"), query.choice("itemState")];
    const like = `%${number}%`;
    const waits = sql<SqlBool>`i.state <> 'done'`;
    const { rows } = await sql<Row>`
      select i.id, i.since as at, i.linked_id as "linkedId", i.kind, i.state, i.number, i.disposition, i.note,
        q.name as queue, o.full_name as owner, coalesce(t.full_name, d.full_name) as person, i.done_at as "doneAt",
        v.length_ms as "saidMs", ms_between(i.since, i.done_at) as "doneMs",
        called.times as attempts, ms_between(i.since, called.first) as "calledMs",
        coalesce(c.full_name, (select k.full_name from contact_numbers as n join contacts as k on k.id = n.contact_id
          where ${digitsOf(sql`n.canonical`)} = ${digitsOf(sql`i.number`)} and k.deleted_at is null
            and ${SAME_NUMBER(sql`i.number`)} order by k.id limit 1)) as contact
      from items as i
      left join queues as q on q.id = i.queue_id
      left join staff as o on o.id = i.owner_id
      left join staff as t on t.id = i.taken_by
      left join staff as d on d.id = i.done_by
      left join contacts as c on c.id = i.contact_id
      left join voicemails as v on v.item_id = i.id
      cross join lateral (
        select count(*)::int as times, min(a.at) as first from item_attempts as a where a.item_id = i.id
      ) as called
      where i.since >= ${from} and i.since < ${to}
        and ${queueIds === null ? sql`true` : sql`i.queue_id = any(${queueIds}::bigint[])`}
        and ${agentId === null ? sql`true` : sql`${agentId} in (i.owner_id, i.taken_by, i.done_by)`}
        and ${number === null ? sql`true` : sql`(i.number like ${like} or i.caller like ${like})`}
        and ${kind === "" ? sql`true` : sql`i.kind = ${kind}`}
        and ${state === "" ? sql`true` : state === "waiting" ? waits : sql`i.state = ${state}`}
        and ${after === null ? sql`true` : sql`(i.since, i.id) < (${after.at}, ${after.id})`}
      order by i.since desc, i.id desc limit ${limit}`.execute(db);
    return { rows: rows.map(present), places: rows.map(({ at, id }) => ({ at, id: String(id) })) };
  },
});

function present(row: Row): ListRow {
  const day = (days: number) => new Date(row.at.getTime() + days * 86_400_000).toISOString();
  return {
    cells: {
      ...{ since: row.at.toISOString(), kind: KINDS[row.kind] ?? row.kind, queue: row.queue, owner: row.owner },
      ...{ number: row.number, contact: row.contact, said: seconds(row.saidMs), state: STATES[row.state] ?? row.state },
      ...{ person: row.person, attempts: row.attempts, first: seconds(row.calledMs), waited: seconds(row.doneMs) },
      ...{ doneAt: row.doneAt?.toISOString() ?? null, note: row.note },
      disposition: row.disposition?.join(" › ") ?? null,
    },
    narrow: { call: row.linkedId, from: day(-1), to: day(1) },
  };
}
