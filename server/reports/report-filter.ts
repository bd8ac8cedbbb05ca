import { Refusal } from "../refusal.ts";

export const REPORT_SORTS = ["startedAt", "-startedAt", "durationS", "-durationS", "billableS", "-billableS"] as const;
export type ReportSort = (typeof REPORT_SORTS)[number];

const RESULTS = ["ANSWERED", "NO ANSWER", "BUSY", "FAILED"] as const;
type Result = (typeof RESULTS)[number];

/** What a row can be without. */
export const WITHOUT = ["agent", "user", "telephone", "queue", "outcome", "prefix"] as const;
type Without = (typeof WITHOUT)[number];

/** Between the levels of an outcome, where they are one text; the desktop writes it so as well. */
export const OUTCOME_STEP = " › ";

/** Report Call's filters as they are asked for over HTTP; all narrow. */
export interface ReportQuery {
  from?: string;
  to?: string;
  type?: "inbound" | "outbound" | "internal";
  userId?: number;
  /** Whose figures it counts in: the user where that is an agent, else who sat there. */
  agentId?: number;
  telephoneId?: number;
  /** All rows of one call. */
  linkedId?: string;
  /** An id, or a name. */
  queue?: string;
  queueId?: number;
  number?: string;
  answered?: boolean;
  /** One of Asterisk's four results; any other text is an outcome an agent chose. */
  disposition?: string;
  userDisposition?: string;
  /** Exactly these levels of an outcome, as one text. */
  outcomePath?: string;
  /** Of the outbound route it went by. */
  prefix?: string;
  /** Several of `WITHOUT`, with commas. */
  without?: string;
  sort?: ReportSort;
  limit?: number;
  cursor?: string;
}

/** The same, read and checked. Null does not narrow. */
export interface ReportFilter {
  from: Date | null;
  to: Date | null;
  type: "inbound" | "outbound" | "internal" | null;
  userId: number | null;
  agentId: number | null;
  telephoneId: number | null;
  linkedId: string | null;
  queue: number | string | null;
  number: string | null;
  answered: boolean | null;
  result: Result | null;
  chosen: string | null;
  outcomePath: readonly string[] | null;
  prefix: string | null;
  without: readonly Without[] | null;
  sort: ReportSort;
  limit: number;
  after: { value: number; id: string } | null;
}

export const LONGEST_REPORT_PAGE = 500;
const USUAL_PAGE = 100;

/** Rows themselves are added up for a quarter of a year at most, whenever its clocks change; the reports do it for more. */
export const LONGEST_ADDED_MS = 93 * 86_400_000 + 3_600_000;

/** Reads a query. An instant that is none and a cursor of another sort are refused. */
export function readReportQuery(query: ReportQuery): ReportFilter | Refusal {
  const from = instant(query.from);
  const to = instant(query.to);
  if (from === undefined || to === undefined) {
    return new Refusal("request.invalid", "from and to are instants such as 2026-03-01T00:00:00Z.");
  }
  const sort = query.sort ?? "-startedAt";
  const after = query.cursor === undefined ? null : readReportCursor(query.cursor, sort);
  if (after === undefined) {
    return new Refusal("request.invalid", "The cursor is not one that this list has given out.");
  }
  const asked = query.disposition ?? null;
  const result = RESULTS.find((one) => one === asked) ?? null;
  const named = query.queue?.trim() || null;
  return {
    from,
    to,
    type: query.type ?? null,
    userId: query.userId ?? null,
    agentId: query.agentId ?? null,
    linkedId: query.linkedId ?? null,
    telephoneId: query.telephoneId ?? null,
    queue: query.queueId ?? (named !== null && /^[1-9][0-9]{0,14}$/.test(named) ? Number(named) : named),
    number: query.number?.trim() || null,
    answered: query.answered ?? null,
    result,
    chosen: query.userDisposition ?? (result === null ? asked : null),
    outcomePath: query.outcomePath ? query.outcomePath.split(OUTCOME_STEP) : null,
    prefix: query.prefix || null,
    without: query.without ? WITHOUT.filter((one) => query.without?.split(",").includes(one)) : null,
    sort,
    limit: Math.min(query.limit ?? USUAL_PAGE, LONGEST_REPORT_PAGE),
    after,
  };
}

/** Null: not asked for. Undefined: not an instant. */
function instant(text: string | undefined): Date | null | undefined {
  if (text === undefined) return null;
  const date = new Date(text);
  // PostgreSQL's timestamps end long before JavaScript's, and nobody telephoned before 1970.
  const ms = date.getTime();
  return Number.isNaN(ms) || ms < 0 || ms > 253_402_300_799_999 ? undefined : date;
}

export function reportCursor(sort: ReportSort, value: number, id: string): string {
  return Buffer.from(JSON.stringify([sort, value, id])).toString("base64url");
}

/** Undefined: not a cursor of this sort. */
function readReportCursor(cursor: string, wanted: ReportSort): { value: number; id: string } | undefined {
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    const [sort, value, id] = Array.isArray(read) ? read : [];
    if (sort !== wanted || !Number.isSafeInteger(value) || typeof id !== "string" || id.includes("\0"))
      return undefined;
    return { value, id };
  } catch {
    return undefined;
  }
}
