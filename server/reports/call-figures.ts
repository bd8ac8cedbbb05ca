import { type RawBuilder, sql } from "kysely";
import type { Db } from "../db/pool.ts";
import type { Fact, FigureColumn, Grouping, ReportQuery } from "./define-report.ts";
import { average, count, percent, seconds, sumOf } from "./figures.ts";
import { slotKeysOf } from "./groupings.ts";

const opens = (narrow: Record<string, string>) => ({ opens: { report: "report-call", narrow } });

/** What rows of Report Call come to. `of` says whose they are, for the words. */
export const callColumns = (of: string): FigureColumn[] => [
  count("rows", "Calls", "rows", { about: `Rows of Report Call ${of}: one for each handling.`, ...opens({}) }),
  count("answered", "Answered", "answered", { ...opens({ answered: "yes" }) }),
  count("missed", "Not answered", (sums) => (sums.rows ?? 0) - (sums.answered ?? 0), { ...opens({ answered: "no" }) }),
  percent("answeredShare", "Answered %", sumOf("answered"), sumOf("rows")),
  seconds("talk", "Talk", "talkMs", { about: "From answer to the end, on hold or not." }),
  average("talkEach", "Talk each", "talkMs", "answered", { about: "Talk for each call that was answered." }),
  seconds("hold", "Hold", "holdMs", { about: "Part of talk during which the other side was on hold." }),
  average("ringEach", "Ring each", "ringMs", "rows", {
    about: "From the first ring to the answer, or to the end where there was none, for each row.",
  }),
  count("disposed", "Disposed", "disposed", { about: "Answered ones whose outcome was chosen." }),
  percent("disposedShare", "Disposed %", sumOf("disposed"), sumOf("answered"), { hidden: true }),
];

/** What is added up, and of which column. */
const SUMS = [
  ["rows", "rows"],
  ["answered", "answered"],
  ["ringMs", "ring_ms"],
  ["talkMs", "talk_ms"],
  ["holdMs", "hold_ms"],
  ["disposed", "disposed"],
] as const;

/** Sums of the rows of Report Call, from the quarters of an hour. */
export async function callFacts(
  db: Db,
  query: ReportQuery,
  groupings: readonly Grouping[],
  only: RawBuilder<boolean> = sql`true`,
): Promise<Fact[]> {
  const { from, to, queueIds, agentId } = query;
  const type = query.choice("type");
  const keys = slotKeysOf(query, groupings, sql`s.slot`, {
    queue: sql`s.queue_id`,
    agent: sql`s.agent_id`,
    type: sql`s.type`,
  });
  // Whole numbers, exact up to 2^53 milliseconds; added up as bigint they would be numeric, five times as slow.
  const sums = SUMS.map(([name, column]) => sql`sum(${sql.ref(`s.${column}`)}::float8) as ${sql.ref(name)}`);
  const { rows } = await sql<Record<string, unknown> & Record<(typeof SUMS)[number][0], number>>`
    select ${keys.select} ${sql.join(sums)}
    from report_slots as s ${keys.join}
    where s.slot >= ${from} and s.slot < ${to} and ${only}
      and ${queueIds === null ? sql`true` : sql`s.queue_id = any(${queueIds}::bigint[])`}
      and ${agentId === null ? sql`true` : sql`s.agent_id = ${agentId}`}
      and ${type === "" ? sql`true` : sql`s.type = ${type}`}
    ${keys.by}`.execute(db);
  return rows.map((row) => ({
    keys: keys.of(row),
    sums: Object.fromEntries(SUMS.map(([name]) => [name, row[name]])),
  }));
}
