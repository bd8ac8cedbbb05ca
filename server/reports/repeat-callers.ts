import { sql } from "kysely";
import { defineReport } from "./define-report.ts";
import { count, percent, seconds, sumOf } from "./figures.ts";
import { byText } from "./groupings.ts";
import { inboundCalls } from "./inbound-calls.ts";

/** More than anybody reads; a file has as many. */
const MOST = 5000;

/** Who calls again and again. */
export const repeatCallersReport = defineReport({
  name: "repeat-callers",
  title: "Repeat callers",
  group: "callers",
  about: `Numbers that called more than once in this time, the most frequent ${MOST.toLocaleString("en")} of them. Numbers are the same whose last nine digits are.`,
  form: "figures",
  params: ["called", "number", "queueId"],
  groupings: [
    byText("number", "Number", "", {
      kind: "number",
      narrow: (number) => ({ number: number.replace(/[^0-9]/g, "").slice(-9) }),
      async names(db, keys) {
        // Whose number it is stands behind it, where a contact has it.
        const { rows } = await sql<{ tail: string; name: string }>`
          select tail_of_number(n.canonical) as tail, min(c.full_name) as name
          from contact_numbers as n join contacts as c on c.id = n.contact_id and c.deleted_at is null
          where tail_of_number(n.canonical) = any(${keys.map(tail)}::text[]) group by 1`.execute(db);
        const known = new Map(rows.map((row) => [row.tail, row.name]));
        return new Map(keys.map((key) => [key, known.has(tail(key)) ? `${key} ${known.get(tail(key))}` : key]));
      },
    }),
  ],
  groupBy: ["number"],
  sort: "-calls",
  columns: [
    count("calls", "Calls", "calls", {
      about: "Calls from outside.",
      opens: { report: "report-call", narrow: { type: "inbound" } },
    }),
    count("answered", "Answered", "answered"),
    count("lost", "Not answered", (sums) => (sums.calls ?? 0) - (sums.answered ?? 0)),
    percent("answeredShare", "Answered %", sumOf("answered"), sumOf("calls")),
    count("days", "Days", "days", { about: "On how many days." }),
    seconds("talk", "Talk", "talkMs"),
  ],
  charts: [{ kind: "bars", title: "Answered and not answered", columns: ["answered", "lost"] }],
  async facts(db, query) {
    const { from, to, queueIds, number, zone } = query;
    const { rows } = await sql<{ number: string; calls: number; answered: number; talkMs: number; days: number }>`
      with c as (${inboundCalls({ from, to }, 0)})
      select (array_agg(c.written order by c.at desc))[1] as number, count(*)::bigint as calls,
        count(*) filter (where c.answered)::bigint as answered, sum(c.talk)::bigint as "talkMs",
        count(distinct (c.at at time zone ${zone}::text)::date)::bigint as days
      from c where ${queueIds === null ? sql`true` : sql`c.queue_id = any(${queueIds}::bigint[])`}
        and ${number === null ? sql`true` : sql`c.written like ${`%${number}%`}`}
      group by c.number having count(*) >= ${Number(query.choice("called"))}
      order by count(*) desc, c.number limit ${MOST}`.execute(db);
    return {
      facts:
        query.groupBy.length === 0
          ? rows.map(({ number: _, ...sums }) => ({ keys: [], sums }))
          : rows.map(({ number: key, ...sums }) => ({ keys: [key], sums })),
    };
  },
});

const tail = (number: string) => number.replace(/[^0-9]/g, "").slice(-9);
