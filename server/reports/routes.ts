import { sql } from "kysely";
import { defineReport } from "./define-report.ts";
import { average, count, percent, seconds, sumOf } from "./figures.ts";
import { byText, keysOf, TIME_GROUPINGS } from "./groupings.ts";
import { madeWithin } from "./made-within.ts";

const GROUPINGS = [
  byText("dialled", "Number called", "None", { kind: "number" }),
  byText("prefix", "Prefix", "No prefix"),
  byText("account", "Account code", "No account code"),
  ...TIME_GROUPINGS,
];

/** Which numbers people called us at, and which ways our calls went out. */
export const routesReport = defineReport({
  name: "routes",
  title: "Routes and prefixes",
  group: "calls",
  about: "Calls by the number that was called, by the prefix of the outbound route, and by account code.",
  form: "figures",
  params: ["type", "number"],
  groupings: GROUPINGS,
  groupBy: ["prefix"],
  columns: [
    count("calls", "Calls", "calls", { about: "Calls, each once, however many people handled it." }),
    count("answered", "Answered", "answered", { about: "By anybody." }),
    percent("answeredShare", "Answered %", sumOf("answered"), sumOf("calls")),
    seconds("talk", "Talk", "talkMs", { about: "Of all handlings." }),
    average("talkEach", "Talk each", "talkMs", "answered"),
    seconds("length", "Length", "lengthMs", {
      about: "From first ring to last hang-up of the handlings.",
      hidden: true,
    }),
  ],
  charts: [
    { kind: "bars", title: "Calls answered", columns: ["answered"] },
    { kind: "week", title: "Calls by weekday and hour", column: "calls" },
  ],
  async facts(db, query) {
    const { from, to, number } = query;
    const type = query.choice("type");
    // By the first row of a call: a transfer makes more rows, and no more calls.
    const keys = keysOf(query, GROUPINGS, sql`c.at`, {
      dialled: sql`c.destination`,
      prefix: sql`c.prefix`,
      account: sql`c.account_code`,
    });
    const { rows } = await sql<{
      keys: (string | null)[];
      calls: number;
      answered: number;
      talkMs: number;
      lengthMs: number;
    }>`
      with c as (
        select r.linked_id, min(r.started_at) as at, (array_agg(r.destination order by r.started_at, r.id))[1] as destination,
          (array_agg(r.prefix order by r.started_at, r.id) filter (where r.prefix is not null))[1] as prefix,
          (array_agg(r.account_code order by r.started_at, r.id) filter (where r.account_code is not null))[1] as account_code,
          bool_or(r.answered_at is not null) as answered, coalesce(sum(r.billable_ms), 0) as talk, coalesce(sum(r.duration_ms), 0) as length
        from report_calls as r
        where r.started_at >= ${from} and r.started_at < ${to} and ${madeWithin("r", query)}
          and ${type === "" ? sql`true` : sql`r.type = ${type}`}
        group by r.linked_id
      )
      select ${keys} as keys, count(*)::bigint as calls, count(*) filter (where c.answered)::bigint as answered,
        sum(c.talk)::bigint as "talkMs", sum(c.length)::bigint as "lengthMs"
      from c where ${number === null ? sql`true` : sql`c.destination like ${`%${number}%`}`} group by 1`.execute(db);
    return { facts: rows.map(({ keys: of, ...sums }) => ({ keys: of, sums })) };
  },
});
