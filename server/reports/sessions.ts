import { sql } from "kysely";
import { defineReport } from "./define-report.ts";
import { END_WORDS } from "./end-words.ts";

interface Row {
  id: string;
  agentId: number;
  agent: string;
  startedAt: Date;
  endedAt: Date | null;
  endReason: string | null;
  endedBy: string | null;
  unattended: boolean;
  telephones: string | null;
  pauses: number;
  ms: number;
}

/** Each session: who, from when to when, where, and how it ended. */
export const sessionsReport = defineReport({
  name: "sessions",
  title: "Sessions",
  group: "agents",
  about: "Each login with its end, its telephones and its pauses. A session counts where it touches this time.",
  form: "list",
  params: ["agentId", "telephoneId"],
  forAgents: "own",
  columns: [
    { key: "agent", title: "Agent", kind: "text" },
    { key: "startedAt", title: "Login", kind: "instant" },
    { key: "endedAt", title: "Logout", kind: "instant" },
    { key: "length", title: "Length", kind: "seconds", about: "The whole session; until now where it goes on." },
    { key: "end", title: "Ended", kind: "text" },
    { key: "endedBy", title: "By", kind: "text", hidden: true },
    { key: "telephones", title: "Telephones", kind: "text", about: "In the order they were held." },
    {
      key: "pauses",
      title: "Pauses",
      kind: "count",
      about: "Causes of every kind.",
      opens: { report: "pauses", narrow: {} },
    },
  ],
  async page(db, { from, to, now, agentId, telephoneId }, after, limit) {
    const { rows } = await sql<Row>`
      select s.id::text, s.agent_id as "agentId", agent.full_name as agent, s.started_at as "startedAt", s.ended_at as "endedAt",
        s.end_reason as "endReason", by.full_name as "endedBy", s.unattended_since is not null as unattended,
        (select string_agg(t.full_name, ', ' order by l.started_at) from leases as l join staff as t on t.id = l.telephone_id
          where l.session_id = s.id) as telephones,
        (select count(*) from pause_causes as c where c.session_id = s.id)::int as pauses,
        ms_between(s.started_at, coalesce(s.ended_at, ${now})) as ms
      from sessions as s join staff as agent on agent.id = s.agent_id left join staff as by on by.id = s.ended_by
      where s.started_at < ${to} and (s.ended_at is null or s.ended_at > ${from})
        and ${agentId === null ? sql`true` : sql`s.agent_id = ${agentId}`}
        and ${telephoneId === null ? sql`true` : sql`exists (select from leases as l where l.session_id = s.id and l.telephone_id = ${telephoneId})`}
        and ${after === null ? sql`true` : sql`(s.started_at, s.id) < (${after.at}, ${Number(after.id)})`}
      order by s.started_at desc, s.id desc limit ${limit}`.execute(db);
    return {
      rows: rows.map((row) => ({
        cells: {
          agent: row.agent,
          startedAt: row.startedAt.toISOString(),
          endedAt: row.endedAt?.toISOString() ?? null,
          length: Math.max(0, row.ms) / 1000,
          end:
            row.endReason === null
              ? row.unattended
                ? "Goes on, desktop away"
                : "Goes on"
              : (END_WORDS.get(row.endReason) ?? row.endReason),
          endedBy: row.endedBy,
          telephones: row.telephones,
          pauses: row.pauses,
        },
        narrow: { agentId: String(row.agentId) },
      })),
      places: rows.map(({ startedAt, id }) => ({ at: startedAt, id })),
    };
  },
});
