import type { Cells, ReportColumn } from "../../contract/views.ts";

/** What a report comes to, as it stands in the message itself; the file has all of it. */
export interface Digest {
  title: string;
  /** The days it is about, in words. */
  days: string;
  columns: readonly ReportColumn[];
  rows: readonly Cells[];
  totals: Cells | null;
  /** A cell as people read it. */
  cell(value: string | number, column: ReportColumn): string;
}

const SHOWN_ROWS = 20;
const SHOWN_COLUMNS = 8;

/** The message of a delivery, as text and as HTML. */
export function deliveryMail(digest: Digest): { text: string; html: string } {
  const columns = digest.columns.filter(({ hidden }) => !hidden).slice(0, SHOWN_COLUMNS);
  const rows = digest.rows.slice(0, SHOWN_ROWS);
  const words = (cells: Cells, column: ReportColumn) => {
    const value = cells[column.key] ?? null;
    return value === null ? "–" : digest.cell(value, column);
  };
  const more =
    digest.rows.length > rows.length ? "More rows stand in the file." : "All of it stands in the file as well.";
  const head = `${digest.title}, ${digest.days}`;
  const totals = digest.totals;
  const lines =
    totals === null
      ? []
      : columns.flatMap((column) =>
          (totals[column.key] ?? null) === null ? [] : [`${column.title}: ${words(totals, column)}`],
        );
  const html = [
    `<h1 style="font:600 18px sans-serif">${escaped(head)}</h1>`,
    rows.length === 0
      ? `<p style="${FACE}">There is nothing in this time.</p>`
      : `<table style="border-collapse:collapse;${FACE}">${[
          `<tr>${columns.map((column) => cellOf("th", column, column.title)).join("")}</tr>`,
          ...rows.map(
            (cells) => `<tr>${columns.map((column) => cellOf("td", column, words(cells, column))).join("")}</tr>`,
          ),
          ...(totals === null
            ? []
            : [
                `<tr>${columns
                  .map((column, at) =>
                    cellOf(
                      "th",
                      column,
                      at === 0 && (totals[column.key] ?? null) === null ? "Total" : words(totals, column),
                    ),
                  )
                  .join("")}</tr>`,
              ]),
        ].join("")}</table>`,
    `<p style="${FACE}">${more}</p>`,
  ].join("\n");
  return {
    text: [head, "", ...(rows.length === 0 ? ["There is nothing in this time."] : lines), "", more, ""].join("\n"),
    html,
  };
}

const FACE = "font:13px sans-serif";

function cellOf(tag: "th" | "td", { kind }: ReportColumn, text: string): string {
  const numeric = kind === "count" || kind === "decimal" || kind === "seconds" || kind === "percent";
  return `<${tag} style="padding:3px 8px;border-bottom:1px solid #ccc;text-align:${numeric ? "right" : "left"}">${escaped(text)}</${tag}>`;
}

const escaped = (text: string) =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
