import { Readable } from "node:stream";
import { stringify } from "csv-stringify";
import type { ReportCallRow } from "../../contract/views.ts";

type Cell = string | number | null;

/** The columns of the file, in order. Numbers carry their unit in the heading. */
const COLUMNS: [title: string, cell: (row: ReportCallRow, local: (instant: string | null) => string | null) => Cell][] =
  [
    ["Start", (row, local) => local(row.startedAt)],
    ["Answer", (row, local) => local(row.answeredAt)],
    ["End", (row, local) => local(row.endedAt)],
    ["Type", (row) => row.type],
    ["Source", (row) => row.source],
    ["Destination", (row) => row.destination],
    ["Caller id", (row) => row.callerId],
    ["Queue", (row) => row.queue],
    ["User", (row) => row.userName],
    ["User kind", (row) => row.userKind],
    ["Telephone", (row) => row.telephoneName],
    ["Seated agent", (row) => row.seatedAgentName],
    ["Result", (row) => row.disposition],
    ["Disposition 1", (row) => row.userDisposition],
    ["Disposition 2", (row) => row.userSecondDisposition],
    ["Disposition 3", (row) => row.userThirdDisposition],
    ["Duration s", (row) => row.durationS],
    ["Billable s", (row) => row.billableS],
    ["Hold s", (row) => row.holdS],
    ["Contact", (row) => row.contactName],
    ["Note", (row) => row.note],
    ["Ended by", (row) => row.endedBy],
    ["Account code", (row) => row.accountCode],
    ["Prefix", (row) => row.prefix],
    ["Row", (row) => row.id],
    ["Call", (row) => row.linkedId],
  ];

/**
 * The rows as CSV (RFC 4180, UTF-8 with a mark, so that spreadsheets read it as such). They are asked for page after
 * page while the file is read, so a year fits in little memory. Instants stand in the time zone given.
 */
export function reportCsv(pages: AsyncIterable<ReportCallRow[]>, timeZone: string): Readable {
  const local = localInstant(timeZone);
  const lines = async function* () {
    yield COLUMNS.map(([title]) => (/^(Start|Answer|End)$/.test(title) ? `${title} (${timeZone})` : title));
    for await (const rows of pages) {
      for (const row of rows) yield COLUMNS.map(([, cell]) => safeCell(cell(row, local)));
    }
  };
  const source = Readable.from(lines());
  const csv = stringify({ bom: true, record_delimiter: "windows" });
  source.on("error", (error) => csv.destroy(error));
  csv.on("close", () => source.destroy());
  return source.pipe(csv);
}

/** A telephone number; a spreadsheet may take it for one, but not for a formula. */
const NUMBER = /^\+?[0-9]+$/;

/**
 * A caller may send any name he likes: what a spreadsheet would run as a formula gets an apostrophe in front (OWASP,
 * "CSV Injection").
 */
export function safeCell(cell: Cell): Cell {
  if (typeof cell !== "string" || NUMBER.test(cell)) return cell;
  return /^[=+\-@\t\r\n\uff0b\uff0d\uff1d\uff20]/.test(cell.trimStart()) || /^[\t\r\n]/.test(cell) ? `'${cell}` : cell;
}

/** `2026-03-29 09:41:07` in the zone. */
function localInstant(timeZone: string): (instant: string | null) => string | null {
  // Sweden writes dates as ISO 8601 does.
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
  return (instant) => (instant === null ? null : format.format(new Date(instant)));
}
