import { sql } from "kysely";
import { defineReport } from "./define-report.ts";
import { END_WORDS } from "./end-words.ts";

interface Row {
  id: string;
  agentId: number;
  agent: string;
  telephoneId: number;
  telephone: string;
  place: string | null;
  at: Date;
  endedAt: Date | null;
  endReason: string | null;
  ms: number;
  calls: number;
}

/** Who sat where, and when. */
export const seatsReport = defineReport({
  name: "seats",
  title: "Who sat where",
  group: "telephones",
  about: "Each hold of a telephone by an agent. It counts where it touches this time.",
  form: "list",
  params: ["telephoneId", "agentId"],
  forAgents: "own",
  columns: [
    { key: "telephone", title: "Telephone", kind: "text" },
    { key: "place", title: "Place", kind: "text" },
    { key: "agent", title: "Agent", kind: "text" },
    { key: "startedAt", title: "From", kind: "instant" },
    { key: "endedAt", title: "To", kind: "instant" },
    { key: "length", title: "Length", kind: "seconds", about: "Until now where it goes on." },
    { key: "end", title: "Ended", kind: "text" },
    { key: "calls", title: "Calls", kind: "count", about: "Parts of calls that rang or were dialled there meanwhile." },
  ],
  async page(db, { from, to, now, agentId, telephoneId }, after, limit) {
    const { rows } = await sql<Row>`
      select l.id::text, l.agent_id as "agentId", agent.full_name as agent, l.telephone_id as "telephoneId",
        telephone.full_name as telephone, telephones.place, l.started_at as at, l.ended_at as "endedAt",
        l.end_reason as "endReason", ms_between(l.started_at, coalesce(l.ended_at, ${now})) as ms,
        (select count(*) from legs where legs.telephone_id = l.telephone_id and legs.rang_at >= l.started_at
          and legs.rang_at < coalesce(l.ended_at, 'infinity'))::int as calls
      from leases as l join staff as agent on agent.id = l.agent_id join staff as telephone on telephone.id = l.telephone_id
      join telephones on telephones.staff_id = l.telephone_id
      where l.started_at < ${to} and (l.ended_at is null or l.ended_at > ${from})
        and ${agentId === null ? sql`true` : sql`l.agent_id = ${agentId}`}
        and ${telephoneId === null ? sql`true` : sql`l.telephone_id = ${telephoneId}`}
        and ${after === null ? sql`true` : sql`(l.started_at, l.id) < (${after.at}, ${Number(after.id)})`}
      order by l.started_at desc, l.id desc limit ${limit}`.execute(db);
    return {
      rows: rows.map((row) => ({
        cells: {
          telephone: row.telephone,
          place: row.place,
          agent: row.agent,
          startedAt: row.at.toISOString(),
          endedAt: row.endedAt?.toISOString() ?? null,
          length: Math.max(0, row.ms) / 1000,
          end: row.endReason === null ? "Goes on" : (END_WORDS.get(row.endReason) ?? row.endReason),
          calls: row.calls,
        },
        narrow: { telephoneId: String(row.telephoneId) },
      })),
      places: rows.map(({ at, id }) => ({ at, id })),
    };
  },
});
