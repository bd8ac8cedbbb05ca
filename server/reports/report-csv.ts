import { Readable } from "node:stream";
import { EXPORT_COLUMNS } from "./report-call-export.ts";

type Cell = string | number | null;

/**
 * The rows of Report Call as CSV (RFC 4180, UTF-8 with a mark, so that spreadsheets read it as such), from what
 * `exportReportCalls` reads. Instants stand in the time zone given. Throws RangeError where there is no such zone.
 */
export function reportCsv(pieces: AsyncIterable<string[][]>, timeZone: string): Readable {
  const local = localText(timeZone);
  const head = EXPORT_COLUMNS.map(({ title, kind }) => (kind === "instant" ? `${title} (${timeZone})` : title));
  const text = async function* () {
    yield `\uFEFF${head.map(quoted).join(",")}\r\n`;
    for await (const rows of pieces) {
      // Joined: a text that grows by pieces is a tree of them until it is read, and half of the time went into moving those.
      const lines = rows.map((cells) => line(cells, local));
      if (lines.length > 0) yield Buffer.from(`${lines.join("\r\n")}\r\n`);
    }
  };
  return Readable.from(text(), { objectMode: false });
}

/** Writes every cell into its place. A loop rather than mapped: it runs for every cell of ten million rows. */
function line(cells: string[], local: (utc: string) => string): string {
  for (let n = 0; n < EXPORT_COLUMNS.length; n += 1) {
    const value = cells[n] ?? "";
    if (value === "") continue;
    const kind = EXPORT_COLUMNS[n]?.kind;
    if (kind === "instant") cells[n] = local(value);
    else if (kind === "seconds") cells[n] = secondsOf(Number(value));
    else if (!PLAIN.test(value)) cells[n] = quoted(safeCell(value));
  }
  return cells.join(",");
}

/** What stands behind the whole seconds, by milliseconds: nothing, `.001`, … `.999`. */
const FRACTIONS = Array.from({ length: 1000 }, (_, ms) => String(ms / 1000).slice(1));

/** Whole milliseconds in seconds, as `String(ms / 1000)` says them, several times as fast. */
export function secondsOf(ms: number): string {
  return ms < 0 ? String(ms / 1000) : `${Math.floor(ms / 1000)}${FRACTIONS[ms % 1000]}`;
}

/** Neither a formula nor anything that has to stand in quotes, as most are. */
const PLAIN = /^[A-Za-z0-9][^",\r\n]*$/;

const quoted = (cell: Cell) => {
  const text = String(cell ?? "");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

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

/** Minutes that are remembered: rows of one minute stand together. */
const MOST_MINUTES = 10_000;

/** From `2026-03-29 07:41:07.123` in UTC to `2026-03-29 09:41:07` in the zone. No zone is off by less than a minute. */
function localText(timeZone: string): (utc: string) => string {
  // Sweden writes dates as ISO 8601 does.
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" });
  const minutes = new Map<string, string>();
  return (utc) => {
    const minute = utc.slice(0, 16);
    let there = minutes.get(minute);
    if (there === undefined) {
      if (minutes.size >= MOST_MINUTES) minutes.clear();
      there = format.format(new Date(`${minute.replace(" ", "T")}Z`));
      minutes.set(minute, there);
    }
    return there + utc.slice(16, 19);
  };
}
