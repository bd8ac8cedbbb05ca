import { Refusal } from "../refusal.ts";
import type { Grouping, ReportQuery } from "./define-report.ts";
import { BY_AGENT, BY_QUEUE, BY_TELEPHONE, BY_TYPE, byText, TIME_GROUPINGS } from "./groupings.ts";
import { LONGEST_ADDED_MS, type ReportFilter } from "./report-filter.ts";

const RESULTS: Record<string, string> = {
  ANSWERED: "Answered",
  "NO ANSWER": "No answer",
  BUSY: "Busy",
  FAILED: "Failed",
};

/** By what the rows of Report Call can be grouped. Each group can be asked for as a filter of the rows. */
export const CALL_GROUPINGS: readonly Grouping[] = [
  { ...BY_AGENT, narrowNone: { without: "agent" } },
  {
    ...BY_TELEPHONE,
    ...{ key: "user", title: "User", none: "Nobody" },
    narrow: (key) => ({ userId: key }),
    narrowNone: { without: "user" },
  },
  { ...BY_TELEPHONE, narrowNone: { without: "telephone" } },
  { ...BY_QUEUE, narrowNone: { without: "queue" } },
  BY_TYPE,
  byText("result", "Result", "", {
    names: async () => new Map(Object.entries(RESULTS)),
    narrow: (result) => ({ result }),
  }),
  byText("outcome", "Disposition", "Not disposed", {
    narrow: (outcomePath) => ({ outcomePath }),
    narrowNone: { without: "outcome" },
  }),
  byText("prefix", "Prefix", "No prefix", { narrow: (prefix) => ({ prefix }), narrowNone: { without: "prefix" } }),
  ...TIME_GROUPINGS,
];

/** The words of those groupings, as they are asked for. */
export const CALL_GROUP_KEYS: readonly string[] = CALL_GROUPINGS.map(({ key }) => key);

/** What the sums by quarters of an hour can be grouped by, apart from time. */
const SUMMED: ReadonlySet<string> = new Set(["agent", "queue", "type"]);
const QUARTER_MS = 15 * 60_000;
/** As far as reports reach: a leap year and the days beside it that weeks may take. */
const LONGEST_SUMS_MS = 401 * 86_400_000;

/** A filter of Report Call and the question in it, as the reports ask. */
export interface GroupedCalls {
  filter: ReportFilter;
  query: ReportQuery;
  /** The sums by quarters of an hour know all of it, and no row has to be read. */
  fromSums: boolean;
}

/**
 * Reads by what the rows of a filter are to be grouped. Refused: what they cannot be grouped by, no time, and more of it
 * than is added up.
 */
export function readCallGroups(
  filter: ReportFilter,
  groupBy: string,
  house: { now: Date; timeZone: string; firstDayOfWeek: number },
): GroupedCalls | Refusal {
  if (!CALL_GROUP_KEYS.includes(groupBy)) return invalid(`Report Call cannot be grouped by ${groupBy}.`, "groupBy");
  const { from, to, type, agentId, queue, number } = filter;
  if (from === null || to === null) return invalid("Rows are grouped between from and to.", "from");
  if (from >= to) return invalid("from lies before to.", "to");
  const fromSums = knownBySums(filter, groupBy);
  const length = to.getTime() - from.getTime();
  if (length > LONGEST_SUMS_MS) return invalid("Rows are grouped for 400 days at most.", "from");
  if (!fromSums && length > LONGEST_ADDED_MS) {
    return invalid(
      "Rows are grouped for 93 days at most; for more where they are narrowed and grouped by type, queue, agent and time alone.",
      "from",
    );
  }
  const query: ReportQuery = {
    ...{ from, to, now: house.now, zone: house.timeZone, firstDay: house.firstDayOfWeek, groupBy: [groupBy] },
    ...{ queueIds: typeof queue === "number" ? [queue] : null, agentId, telephoneId: filter.telephoneId, number },
    choice: (param) => (param === "type" ? (type ?? "") : ""),
  };
  return { filter, query, fromSums };
}

/** Whether sums that are kept by quarter of an hour, type, queue and agent say it. */
function knownBySums(filter: ReportFilter, groupBy: string): boolean {
  const {
    from,
    to,
    type: _type,
    agentId: _agent,
    queue,
    sort: _sort,
    limit: _limit,
    after: _after,
    ...others
  } = filter;
  const onQuarter = (at: Date | null) => at !== null && at.getTime() % QUARTER_MS === 0;
  return (
    onQuarter(from) &&
    onQuarter(to) &&
    typeof queue !== "string" &&
    Object.values(others).every((value) => value === null) &&
    (SUMMED.has(groupBy) || CALL_GROUPINGS.some(({ key, unit }) => key === groupBy && unit !== undefined))
  );
}

const invalid = (title: string, field: string) => new Refusal("request.invalid", title, { field });
