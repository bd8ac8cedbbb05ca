import { type RawBuilder, sql } from "kysely";
import type { Db } from "../db/pool.ts";
import { type Distribution, defineReport, type Fact, type ReportQuery, type Sums } from "./define-report.ts";
import { average, count, longest, percent, seconds, sumOf } from "./figures.ts";
import { BY_QUEUE, keysOf, mergedFacts, slotKeysOf, TIME_GROUPINGS } from "./groupings.ts";
import { madeWithin } from "./made-within.ts";
import { WAIT_BOUNDS_S } from "./report-params.ts";

const GROUPINGS = [BY_QUEUE, ...TIME_GROUPINGS];

const ended = (sums: Sums) =>
  ["answered", "abandoned", "timeout", "other"].reduce((all, name) => all + (sums[name] ?? 0), 0);
const opens = (outcome: string) => ({ opens: { report: "queue-calls", narrow: outcome === "" ? {} : { outcome } } });

/** What came into the queues and what became of it. */
export const queuesReport = defineReport({
  name: "queues",
  title: "Queues",
  group: "queues",
  about: "What came into the queues, what became of it, and how long people waited.",
  form: "figures",
  params: ["queueId", "threshold"],
  groupings: GROUPINGS,
  groupBy: ["queue"],
  largest: ["longestMs"],
  columns: [
    count("offered", "Offered", "entered", {
      about: "Calls that entered the queue in this time. One that enters twice counts twice.",
      ...opens(""),
    }),
    count("answered", "Answered", "answered", {
      about: "Left the queue because an agent answered.",
      ...opens("answered"),
    }),
    count("abandoned", "Abandoned", "abandoned", {
      about: "The caller hung up while waiting.",
      ...opens("abandoned"),
    }),
    count("timeout", "Waited too long", "timeout", {
      about: "Left the queue after its longest wait, for whatever follows it.",
      ...opens("timeout"),
    }),
    count("other", "Left otherwise", "other", {
      about: "Left the queue in another way, by a key or because nobody was there.",
      hidden: true,
      ...opens("other"),
    }),
    count("askedBack", "Asked to be called back", "askedBack", {
      about: "Left the queue unanswered and asked to be called back, by whatever way they left it.",
      hidden: true,
      ...opens("asked-back"),
    }),
    count("waiting", "Still waiting", (sums) => (sums.entered ?? 0) - ended(sums), {
      about: "Entered in this time and wait now.",
      hidden: true,
    }),
    count("unmanaged", "Unmanaged", "unmanaged", {
      about: "Left this queue unanswered, asked for no call back, and nobody answered the call anywhere else.",
      ...opens("unmanaged"),
    }),
    percent("answeredShare", "Answered %", sumOf("answered"), ended, {
      about: "Answered, of those that have left the queue.",
    }),
    percent("level", "Service level", sumOf("inLevel"), ended, {
      about: "Answered within the chosen time, of all that have left the queue.",
    }),
    percent("levelWithoutShort", "Level without short", sumOf("inLevel"), (sums) => ended(sums) - (sums.short ?? 0), {
      about: "The same, without those who hung up within the chosen time.",
      hidden: true,
    }),
    average("waitAnswered", "Wait, answered", "waitAnsweredMs", "answered", { about: "On average until the answer." }),
    average("waitAbandoned", "Wait, abandoned", "waitAbandonedMs", "abandoned", {
      about: "On average until the caller hung up.",
    }),
    longest("longest", "Longest wait", "longestMs", { about: "Of all that have left the queue." }),
    seconds("talk", "Talk", "talkMs", { about: "From answer to the end, on hold or not, of the queue's calls." }),
    average("talkEach", "Talk each", "talkMs", "talks", { about: "Talk for each handling that was answered." }),
    seconds("hold", "Hold", "holdMs", { hidden: true, about: "Part of talk during which the caller was on hold." }),
  ],
  charts: [
    {
      kind: "bars",
      title: "Answered, abandoned, left otherwise",
      columns: ["answered", "abandoned", "timeout", "other"],
    },
    { kind: "week", title: "Offered by weekday and hour", column: "offered" },
    { kind: "distribution", title: "How long people waited" },
  ],
  async facts(db, query) {
    const [slots, rows, talk] = await Promise.all([stays(db, query), longestStays(db, query), talked(db, query)]);
    return {
      facts: mergedFacts([slots.facts, rows, talk], ["longestMs"]),
      distribution: slots.distribution,
    };
  },
});

const within = (column: RawBuilder<Date>, { from, to }: ReportQuery) => sql`${column} >= ${from} and ${column} < ${to}`;
const ofQueues = ({ queueIds }: ReportQuery) =>
  queueIds === null ? sql`true` : sql`q.queue_id = any(${queueIds}::bigint[])`;
const QUEUE = { queue: sql`q.queue_id` };

async function stays(db: Db, query: ReportQuery): Promise<{ facts: Fact[]; distribution: Distribution }> {
  // A sum of the first places counts the waits of at most so many seconds.
  const places = WAIT_BOUNDS_S.filter((bound) => bound <= Number(query.choice("threshold"))).length;
  const upTo = (column: string) =>
    sql.raw(Array.from({ length: places }, (_, at) => `q.${column}[${at + 1}]`).join(" + "));
  const each = (column: string) =>
    sql.raw(
      `array[${Array.from({ length: WAIT_BOUNDS_S.length + 1 }, (_, at) => `sum(q.${column}[${at + 1}])`).join(", ")}]::bigint[]`,
    );
  const keys = keysOf(query, GROUPINGS, sql`q.slot`, QUEUE);
  const { rows } = await sql<
    { keys: (string | null)[]; answeredWaits: string[]; abandonedWaits: string[] } & Record<string, number>
  >`
    select ${keys} as keys, sum(entered)::bigint as entered, sum(answered)::bigint as answered,
      sum(abandoned)::bigint as abandoned, sum(timeout)::bigint as timeout, sum(other)::bigint as other,
      sum(wait_answered_ms)::bigint as "waitAnsweredMs", sum(wait_abandoned_ms)::bigint as "waitAbandonedMs",
      sum(${upTo("answered_waits")})::bigint as "inLevel", sum(${upTo("abandoned_waits")})::bigint as "short",
      ${each("answered_waits")} as "answeredWaits", ${each("abandoned_waits")} as "abandonedWaits"
    from queue_slots as q where ${within(sql`q.slot`, query)} and ${ofQueues(query)} and q.queue_id > 0 group by 1`.execute(
    db,
  );
  const added = (name: "answeredWaits" | "abandonedWaits") =>
    Array.from({ length: WAIT_BOUNDS_S.length + 1 }, (_, at) =>
      rows.reduce((all, row) => all + Number(row[name][at] ?? 0), 0),
    );
  return {
    facts: rows.map(({ keys: of, answeredWaits: _, abandonedWaits: __, ...sums }) => ({
      keys: of,
      sums: sums as Sums,
    })),
    distribution: {
      boundsS: WAIT_BOUNDS_S,
      series: [
        { title: "Answered", counts: added("answeredWaits") },
        { title: "Abandoned", counts: added("abandonedWaits") },
      ],
    },
  };
}

/** What sums cannot tell: the longest wait, and which calls nobody took anywhere. */
async function longestStays(db: Db, query: ReportQuery): Promise<Fact[]> {
  const keys = keysOf(query, GROUPINGS, sql`q.entered_at`, QUEUE);
  const { rows } = await sql<{ keys: (string | null)[]; longestMs: number; unmanaged: number; askedBack: number }>`
    select ${keys} as keys, max(ms_between(q.entered_at, q.left_at)) as "longestMs", count(*) filter (where
        q.outcome <> 'answered' and not q.asked_back and not exists (
          select from report_calls as r where r.linked_id = q.linked_id and r.call_at = q.call_at and r.answered_at is not null
        ))::bigint as unmanaged,
      count(*) filter (where q.asked_back)::bigint as "askedBack"
    from queue_visits as q
    where ${within(sql`q.entered_at`, query)} and ${madeWithin("q", query)} and ${ofQueues(query)} and q.queue_id is not null and q.outcome is not null
    group by 1`.execute(db);
  return rows.map(({ keys: of, ...sums }) => ({ keys: of, sums }));
}

async function talked(db: Db, query: ReportQuery): Promise<Fact[]> {
  const keys = slotKeysOf(query, GROUPINGS, sql`q.slot`, QUEUE);
  const { rows } = await sql<Record<string, unknown> & { talkMs: number; holdMs: number; talks: number }>`
    select ${keys.select} sum(talk_ms::float8) as "talkMs", sum(hold_ms::float8) as "holdMs", sum(answered::float8) as talks
    from report_slots as q ${keys.join}
    where ${within(sql`q.slot`, query)} and ${ofQueues(query)} and q.queue_id > 0 ${keys.by}`.execute(db);
  return rows.map((row) => ({
    keys: keys.of(row),
    sums: { talkMs: row.talkMs, holdMs: row.holdMs, talks: row.talks },
  }));
}
