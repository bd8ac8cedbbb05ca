import { daysOfPeriod, instantsOfDays, REPORT_PERIODS } from "../../contract/report-period.ts";
import type { ReportAsked } from "../../contract/views.ts";
import { Refusal } from "../refusal.ts";
import type { ListPlace, Report, ReportQuery } from "./define-report.ts";
import { choiceOf, PARAM_NAMES, type ParamName, paramView } from "./report-params.ts";

/** A leap year and the days beside it that weeks may take. */
const LONGEST_DAYS = 400;
const QUARTER_MS = 15 * 60_000;
const MOST_GROUPINGS = 2;

/** What reading a query needs to know of the house and of who asks. */
export interface QueryHouse {
  now: Date;
  timeZone: string;
  firstDayOfWeek: number;
  /** Set where an agent asks: himself and his queues. */
  agent: { id: number; queueIds: readonly number[] } | null;
}

/** Names in a query that are no params. */
const OWN_WORDS = new Set(["from", "to", "period", "groupBy", "sort", "limit", "cursor"]);

/** Reads what a report is asked for. Refused: unknown words, times that are none, what an agent may not see. */
export function readReportAsked(report: Report, asked: ReportAsked, house: QueryHouse): ReportQuery | Refusal {
  const unknown = Object.keys(asked).find((key) => !OWN_WORDS.has(key) && !report.params.some((one) => one === key));
  if (unknown !== undefined) return invalid(`The report ${report.name} knows no ${unknown}.`, unknown);
  const range = rangeOf(asked, house);
  if (range instanceof Refusal) return range;
  const groupBy = groupingOf(report, asked.groupBy);
  if (groupBy instanceof Refusal) return groupBy;

  const chosen = new Map<ParamName, string>();
  for (const key of PARAM_NAMES) {
    const choice = choiceOf(key, asked[key]);
    if (choice === null) return invalid(`${paramView(key).title} cannot be "${asked[key]}".`, key);
    if (/^(queue|agent|telephone)$/.test(paramView(key).kind) && !/^([1-9][0-9]{0,14})?$/.test(choice)) {
      return invalid(`${paramView(key).title} is an id.`, key);
    }
    chosen.set(key, choice);
  }
  const choice = (key: ParamName) => chosen.get(key) ?? "";
  const idOf = (key: ParamName) => (choice(key) === "" ? null : Number(choice(key)));
  const queueId = idOf("queueId");
  const query: ReportQuery = {
    ...range,
    now: house.now,
    zone: house.timeZone,
    firstDay: house.firstDayOfWeek,
    groupBy,
    queueIds: queueId === null ? null : [queueId],
    agentId: idOf("agentId"),
    telephoneId: idOf("telephoneId"),
    number: choice("number").replace(/[^0-9*#]/g, "") || null,
    choice,
  };
  return house.agent === null ? query : seenByAgent(report, query, house.agent);
}

/** An agent sees his own rows, or those of his queues; other reports are not for him. */
function seenByAgent(
  report: Report,
  query: ReportQuery,
  agent: { id: number; queueIds: readonly number[] },
): ReportQuery | Refusal {
  if (report.forAgents === "own" && (query.agentId === null || query.agentId === agent.id)) {
    return { ...query, agentId: agent.id };
  }
  if (report.forAgents === "queues") {
    const asked = query.queueIds ?? agent.queueIds;
    if (asked.every((id) => agent.queueIds.includes(id))) return { ...query, queueIds: asked };
  }
  return new Refusal("not-permitted", `An agent sees of the reports what is his own; this of ${report.title} is not.`);
}

function rangeOf(asked: ReportAsked, house: QueryHouse): { from: Date; to: Date } | Refusal {
  if (asked.period !== undefined) {
    const period = REPORT_PERIODS.find((one) => one === asked.period);
    if (period === undefined) return invalid(`There is no period "${asked.period}".`, "period");
    const calendar = { zone: house.timeZone, firstDay: house.firstDayOfWeek };
    const { from, to } = instantsOfDays(daysOfPeriod(period, house.now.toISOString(), calendar), house.timeZone);
    return { from: new Date(from), to: new Date(to) };
  }
  if (asked.from === undefined || asked.to === undefined) {
    return invalid("A report is asked for with a period, or with from and to.", "period");
  }
  const [from, to] = [new Date(asked.from), new Date(asked.to)];
  const known = (at: Date) => at.getTime() >= 0 && at.getTime() < 253_402_300_799_999;
  if (!known(from) || !known(to)) return invalid("from and to are instants such as 2026-03-01T00:00:00Z.", "from");
  if (from.getTime() % QUARTER_MS !== 0 || to.getTime() % QUARTER_MS !== 0) {
    return invalid("Reports begin and end on a quarter of an hour.", "from");
  }
  if (from >= to) return invalid("from lies before to.", "to");
  if (to.getTime() - from.getTime() > (LONGEST_DAYS + 1) * 86_400_000) {
    return invalid(`A report is of ${LONGEST_DAYS} days at most.`, "to");
  }
  return { from, to };
}

function groupingOf(report: Report, said: string | undefined): readonly string[] | Refusal {
  if (report.form === "list") {
    return said === undefined ? [] : invalid(`The report ${report.name} is a list; it has no groups.`, "groupBy");
  }
  if (said === undefined) return report.groupBy;
  const keys = said === "" ? [] : said.split(",");
  const unknown = keys.find((key) => !report.groupings.some((one) => one.key === key));
  if (unknown !== undefined) return invalid(`The report ${report.name} cannot be grouped by ${unknown}.`, "groupBy");
  if (keys.length > MOST_GROUPINGS || new Set(keys).size < keys.length) {
    return invalid(`Rows are grouped by ${MOST_GROUPINGS} different things at most.`, "groupBy");
  }
  return keys;
}

const invalid = (title: string, field: string) => new Refusal("request.invalid", title, { field });

/** A place of a list as it is given out. */
export function placeCursor({ at, id }: ListPlace): string {
  return Buffer.from(JSON.stringify([at.toISOString(), id])).toString("base64url");
}

/** What a cursor says; null where none is given. */
export function readPlace(cursor: string | undefined): ListPlace | null | Refusal {
  if (cursor === undefined || cursor === "") return null;
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    const [at, id] = Array.isArray(read) ? read : [];
    if (typeof at === "string" && !Number.isNaN(Date.parse(at)) && typeof id === "string" && !id.includes("\0")) {
      return { at: new Date(at), id };
    }
  } catch {
    // Refused below, as every other text that is none of ours.
  }
  return invalid("The cursor is not one that this report has given out.", "cursor");
}
