import { Readable } from "node:stream";
import { stringify } from "csv-stringify";
import type { Cells, ColumnKind, ReportColumn } from "../../contract/views.ts";
import { safeCell } from "./report-csv.ts";
import { type XlsxKind, xlsx } from "./xlsx.ts";

export const FILE_FORMATS = ["csv", "xlsx"] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];

/** What a file is made of. Rows come as they are read. */
export interface FileContent {
  title: string;
  zone: string;
  columns: readonly ReportColumn[];
  rows: AsyncIterable<Cells>;
  totals: Cells | null;
}

/** A file under way to somebody. */
export interface ReportFile {
  name: string;
  type: string;
  stream: Readable;
}

const TYPES: Record<FileFormat, string> = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

/** A report as a file. Its numbers are numbers: lengths are seconds in CSV and times of a spreadsheet in XLSX. */
export function reportFile(content: FileContent, format: FileFormat, name: string): ReportFile {
  return fileOf(name, format, format === "csv" ? csvStream(content) : xlsxStream(content));
}

/** What was made, as a file of some format. */
export function fileOf(name: string, format: FileFormat, stream: Readable): ReportFile {
  return { name: `${name}.${format}`, type: TYPES[format], stream };
}

/** An instant on the house's clock: `2026-03-29 09:41:07`. */
export function clockOf(zone: string): (instant: string) => string {
  // Sweden writes dates as ISO 8601 does.
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
  return (instant) => format.format(new Date(instant));
}

const WEEKDAYS = ["", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const UNITS: Partial<Record<ColumnKind, string>> = { seconds: " s", percent: "" };

function csvStream({ columns, rows, totals, zone }: FileContent): Readable {
  const clock = clockOf(zone);
  const line = (cells: Cells, last: boolean) =>
    columns.map(({ key, kind }, at) => {
      const cell = cells[key] ?? null;
      if (cell === null) return last && at === 0 ? "Total" : null;
      return safeCell(plainCell(cell, kind, clock));
    });
  const lines = async function* () {
    yield columns.map(({ title, kind }) =>
      kind === "instant" || kind === "hour" ? `${title} (${zone})` : `${title}${UNITS[kind] ?? ""}`,
    );
    for await (const cells of rows) yield line(cells, false);
    if (totals !== null) yield line(totals, true);
  };
  const source = Readable.from(lines());
  const csv = stringify({ bom: true, record_delimiter: "windows" });
  source.on("error", (error) => csv.destroy(error));
  csv.on("close", () => source.destroy());
  return source.pipe(csv);
}

/** A cell as people and spreadsheets read it. */
export function plainCell(
  cell: string | number,
  kind: ColumnKind,
  clock: (instant: string) => string,
): string | number {
  if (typeof cell === "number") return Math.round(cell * 1000) / 1000;
  if (kind === "instant" || kind === "hour") return clock(cell);
  if (kind === "weekday") return WEEKDAYS[Number(cell)] ?? cell;
  return kind === "hour-of-day" ? `${cell}:00` : cell;
}

const XLSX: Record<ColumnKind, { kind: XlsxKind; width: number }> = {
  text: { kind: "text", width: 24 },
  number: { kind: "text", width: 18 },
  count: { kind: "integer", width: 12 },
  decimal: { kind: "decimal", width: 12 },
  seconds: { kind: "length", width: 12 },
  percent: { kind: "percent", width: 12 },
  instant: { kind: "instant", width: 20 },
  hour: { kind: "instant", width: 20 },
  day: { kind: "day", width: 12 },
  week: { kind: "day", width: 12 },
  month: { kind: "text", width: 10 },
  weekday: { kind: "text", width: 12 },
  "hour-of-day": { kind: "text", width: 10 },
};

function xlsxStream({ title, columns, rows, totals, zone }: FileContent): Readable {
  const clock = clockOf(zone);
  const line = (cells: Cells, last: boolean) =>
    columns.map(({ key, kind }, at) => {
      const cell = cells[key] ?? null;
      if (cell === null) return last && at === 0 ? "Total" : null;
      // Words of the spreadsheet's own for times; for the others, ours.
      return kind === "weekday" || kind === "hour-of-day" ? plainCell(cell, kind, clock) : cell;
    });
  const lines = async function* () {
    for await (const cells of rows) yield line(cells, false);
  };
  return xlsx({
    sheet: title,
    zone,
    columns: columns.map((column) => ({ title: column.title, ...XLSX[column.kind] })),
    rows: lines(),
    totals: totals === null ? null : line(totals, true),
  });
}
