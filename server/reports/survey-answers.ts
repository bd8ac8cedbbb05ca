import { sql } from "kysely";
import { defineReport, type FigureColumn, type Sums } from "./define-report.ts";
import { count, percent, sumOf } from "./figures.ts";
import { BY_AGENT, byText, keysOf, TIME_GROUPINGS } from "./groupings.ts";

const GROUPINGS = [
  byText("question", "Question", "No question"),
  byText("answer", "Answer", "No answer"),
  BY_AGENT,
  byText("project", "Project", "No project"),
  ...TIME_GROUPINGS,
];

/** More answers than a telephone has keys have no columns of their own; by Answer all of them are rows. */
const MOST_COLUMNS = 12;
/** No call lasts longer. */
const LONGEST_CALL_MS = 7 * 86_400_000;

const mean: FigureColumn = {
  key: "mean",
  title: "Mean",
  kind: "decimal",
  about: "Of the answers that are marks.",
  value: ({ marks = 0, total = 0 }: Sums) => (marks === 0 ? null : total / marks),
};

/** What callers answered to questions, and whom they had talked to. */
export const surveyAnswersReport = defineReport({
  name: "survey-answers",
  title: "Survey answers",
  group: "calls",
  about: "What callers answered in IVR projects, by question, by answer, and by the agent who had talked last.",
  form: "figures",
  params: ["agentId"],
  groupings: GROUPINGS,
  groupBy: ["question"],
  columns: [count("answers", "Answers", "answers"), mean],
  charts: [{ kind: "bars", title: "Answers", columns: ["answers"] }],
  async facts(db, query) {
    const { from, to, agentId } = query;
    const keys = keysOf(query, GROUPINGS, sql`a.at`, {
      question: sql`a.question`,
      // A key of 0 belongs to none, and a mark of 0 is a mark.
      answer: sql`case when a.label = '0' then '0 ' else a.label end`,
      agent: sql`t.agent_id`,
      project: sql`p.name`,
    });
    const { rows } = await sql<{
      keys: (string | null)[];
      label: string;
      answers: number;
      marks: number;
      total: number;
    }>`
      select ${keys} as keys, a.label, count(*)::bigint as answers,
        count(a.mark)::bigint as marks, coalesce(sum(a.mark), 0)::bigint as total
      from survey_answers as a join projects as p on p.id = a.project_id
      left join lateral (
        select case when u.kind = 'agent' then r.user_id else r.seated_agent_id end as agent_id
        from report_calls as r left join staff as u on u.id = r.user_id
        where r.linked_id = a.linked_id and r.call_at = call_at(a.linked_id)
          and r.call_at >= ${new Date(from.getTime() - LONGEST_CALL_MS)} and r.call_at < ${to}
          and r.answered_at <= a.at
        order by r.answered_at desc, r.id limit 1
      ) as t on true
      where a.at >= ${from} and a.at < ${to} and ${agentId === null ? sql`true` : sql`t.agent_id = ${agentId}`}
      group by 1, 2`.execute(db);
    const labels = [...new Set(rows.map(({ label }) => label))].sort((one, other) =>
      one.localeCompare(other, "en", { numeric: true }),
    );
    const facts = rows.map(({ keys: of, label, ...sums }) => ({
      keys: of,
      sums: { ...sums, [`of ${label}`]: sums.answers },
    }));
    const shares = labels.slice(0, MOST_COLUMNS).map((label, nth) =>
      percent(`share${nth}`, `${label} %`, sumOf(`of ${label}`), sumOf("answers"), {
        about: "Of the answers in this row.",
      }),
    );
    return { facts, more: shares };
  },
});
