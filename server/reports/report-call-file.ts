import type { Cells, ReportAsked, ReportCallRow, ReportColumn } from "../../contract/views.ts";
import { type ReportFile, reportFile } from "./report-file.ts";
import type { ReportQuery } from "./report-filter.ts";

const column = (key: string, title: string, kind: ReportColumn["kind"] = "text"): ReportColumn => ({
  ...{ key, title, kind, about: "", hidden: false, opens: null },
});

/** The columns of the spreadsheet, in order; the CSV file has the same. */
const COLUMNS: readonly ReportColumn[] = [
  column("startedAt", "Start", "instant"),
  column("answeredAt", "Answer", "instant"),
  column("endedAt", "End", "instant"),
  column("type", "Type"),
  column("source", "Source", "number"),
  column("destination", "Destination", "number"),
  column("callerId", "Caller id"),
  column("queue", "Queue"),
  column("userName", "User"),
  column("userKind", "User kind"),
  column("telephoneName", "Telephone"),
  column("seatedAgentName", "Seated agent"),
  column("disposition", "Result"),
  column("userDisposition", "Disposition 1"),
  column("userSecondDisposition", "Disposition 2"),
  column("userThirdDisposition", "Disposition 3"),
  column("durationS", "Duration", "seconds"),
  column("billableS", "Billable", "seconds"),
  column("holdS", "Hold", "seconds"),
  column("contactName", "Contact"),
  column("note", "Note"),
  column("endedBy", "Ended by"),
  column("accountCode", "Account code"),
  column("prefix", "Prefix"),
  column("id", "Row"),
  column("linkedId", "Call"),
];

/** Report Call as a spreadsheet, asked for page after page while it is read. */
export function reportCallXlsx(pages: AsyncIterable<ReportCallRow[]>, zone: string): ReportFile {
  const rows = async function* (): AsyncGenerator<Cells> {
    for await (const page of pages) {
      for (const row of page) yield Object.fromEntries(COLUMNS.map(({ key }) => [key, cellOf(row, key)]));
    }
  };
  return reportFile(
    { title: "Report Call", zone, columns: COLUMNS, rows: rows(), totals: null },
    "xlsx",
    "report-call",
  );
}

function cellOf(row: ReportCallRow, key: string): string | number | null {
  const value: unknown = Reflect.get(row, key);
  return typeof value === "string" || typeof value === "number" ? value : null;
}

const TEXTS = [
  "from",
  "to",
  "queue",
  "number",
  "linkedId",
  "disposition",
  "userDisposition",
  "outcomePath",
  "prefix",
  "without",
] as const;
const IDS = ["userId", "agentId", "telephoneId", "queueId"] as const;
const TYPES = ["inbound", "outbound", "internal"] as const;

/** Report Call's filters out of an address's words; others are left out. */
export function reportCallAsked(asked: ReportAsked): ReportQuery {
  const query: ReportQuery = {};
  for (const key of TEXTS) if (asked[key]) query[key] = asked[key];
  for (const key of IDS) if (/^[1-9][0-9]{0,14}$/.test(asked[key] ?? "")) query[key] = Number(asked[key]);
  const type = TYPES.find((one) => one === asked.type);
  if (type !== undefined) query.type = type;
  if (asked.answered === "true" || asked.answered === "false") query.answered = asked.answered === "true";
  return query;
}
