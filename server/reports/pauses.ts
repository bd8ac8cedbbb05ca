import { type RawBuilder, sql } from "kysely";
import type { Db } from "../db/pool.ts";
import { defineReport, type ReportQuery } from "./define-report.ts";
import { LOST_WORDS } from "./end-words.ts";
import { average, count, longest, seconds } from "./figures.ts";
import { BY_AGENT, byText, keysOf, TIME_GROUPINGS } from "./groupings.ts";
import { paramView } from "./report-params.ts";

const CAUSES = new Map(paramView("cause").choices.map(({ value, label }) => [value, label]));

const GROUPINGS = [
  byText("reason", "Cause", "", {
    names: async (_db, keys) => new Map(keys.map((key) => [key, CAUSES.get(key) ?? key])),
  }),
  BY_AGENT,
  ...TIME_GROUPINGS,
];

/** A break is called by its reason; the reason of another cause is the server's own matter. */
const REASON = sql`case when c.cause = 'break' then 'Break: ' || coalesce(c.reason, 'no reason') else c.cause end`;

const lengthUntil = (now: Date) => sql`ms_between(c.started_at, coalesce(c.ended_at, ${now}))`;

const narrowed = ({ from, to, agentId, choice }: ReportQuery): RawBuilder<boolean> => {
  const cause = choice("cause");
  return sql`c.started_at >= ${from} and c.started_at < ${to}
    and ${agentId === null ? sql`true` : sql`s.agent_id = ${agentId}`}
    and ${cause === "" ? sql`true` : sql`c.cause = ${cause}`}`;
};

/** How often agents paused, why, and how long. */
export const pauseReasonsReport = defineReport({
  name: "pause-reasons",
  title: "Pauses by cause",
  group: "agents",
  about:
    "How often agents paused and how long, by cause. A pause counts whole, where it began. Several causes may hold at once: their lengths are not states and do not add up to a session.",
  form: "figures",
  params: ["agentId", "cause"],
  forAgents: "own",
  groupings: GROUPINGS,
  groupBy: ["reason"],
  largest: ["longestMs"],
  columns: [
    count("pauses", "Pauses", "pauses", { about: "That began in this time.", opens: { report: "pauses", narrow: {} } }),
    seconds("length", "Length", "lengthMs", { about: "Of all of them; until now where one goes on." }),
    average("each", "Each", "lengthMs", "pauses"),
    longest("longest", "Longest", "longestMs"),
    count("over", "Too long", "over", { about: "Breaks longer than their reason allows." }),
  ],
  charts: [{ kind: "bars", title: "Length", columns: ["length"] }],
  async facts(db, query) {
    const keys = keysOf(query, GROUPINGS, sql`c.started_at`, { reason: REASON, agent: sql`s.agent_id` });
    const ms = lengthUntil(query.now);
    const { rows } = await sql<{
      keys: (string | null)[];
      pauses: number;
      lengthMs: number;
      longestMs: number;
      over: number;
    }>`
      select ${keys} as keys, count(*)::bigint as pauses, sum(${ms})::bigint as "lengthMs", max(${ms}) as "longestMs",
        count(*) filter (where ${ms} > limits.minutes * 60000)::bigint as over
      from pause_causes as c join sessions as s on s.id = c.session_id
      left join (select lower(name) as name, max(max_minutes) as minutes from pause_reasons where deleted_at is null group by 1)
        as limits on c.cause = 'break' and limits.name = lower(c.reason)
      where ${narrowed(query)} group by 1`.execute(db);
    return { facts: rows.map(({ keys: of, ...sums }) => ({ keys: of, sums })) };
  },
});

interface Row {
  id: string;
  agentId: number;
  agent: string;
  cause: string;
  reason: string | null;
  by: string | null;
  at: Date;
  endedAt: Date | null;
  ms: number;
}

/** Each pause. */
export const pausesReport = defineReport({
  name: "pauses",
  title: "Pauses",
  group: "agents",
  about: "Each cause for which an agent was offered nothing.",
  form: "list",
  params: ["agentId", "cause"],
  forAgents: "own",
  columns: [
    { key: "agent", title: "Agent", kind: "text" },
    { key: "cause", title: "Cause", kind: "text" },
    { key: "reason", title: "Reason", kind: "text" },
    { key: "startedAt", title: "From", kind: "instant" },
    { key: "endedAt", title: "To", kind: "instant" },
    { key: "length", title: "Length", kind: "seconds" },
    { key: "by", title: "By", kind: "text", about: "The supervisor whose act it was." },
  ],
  page: listPauses,
});

async function listPauses(db: Db, query: ReportQuery, after: { at: Date; id: string } | null, limit: number) {
  const { rows } = await sql<Row>`
    select c.id::text, s.agent_id as "agentId", agent.full_name as agent, c.cause,
      case when c.cause in ('break', 'supervisor', 'phone-lost') then c.reason end as reason, by.full_name as by,
      c.started_at as at, c.ended_at as "endedAt", ${lengthUntil(query.now)} as ms
    from pause_causes as c join sessions as s on s.id = c.session_id join staff as agent on agent.id = s.agent_id
    left join staff as by on by.id = c.by_id
    where ${narrowed(query)} and ${after === null ? sql`true` : sql`(c.started_at, c.id) < (${after.at}, ${Number(after.id)})`}
    order by c.started_at desc, c.id desc limit ${limit}`.execute(db);
  return {
    rows: rows.map((row) => ({
      cells: {
        agent: row.agent,
        cause: CAUSES.get(row.cause) ?? row.cause,
        reason: LOST_WORDS.get(row.reason ?? "") ?? row.reason,
        startedAt: row.at.toISOString(),
        endedAt: row.endedAt?.toISOString() ?? null,
        length: Math.max(0, row.ms) / 1000,
        by: row.by,
      },
      narrow: { agentId: String(row.agentId) },
    })),
    places: rows.map(({ at, id }) => ({ at, id })),
  };
}
