import { PassThrough, Readable } from "node:stream";
import { ZipFile } from "yazl";
import { offsetMs } from "../../contract/house-days.ts";

/**
 * Spreadsheets as streams (ECMA-376, SpreadsheetML): five small parts and one sheet after the other, written as its rows
 * come, so that a million of them take no memory. Texts stand in the cells themselves; nothing in them is a formula.
 */

export type XlsxKind = "text" | "integer" | "decimal" | "length" | "percent" | "instant" | "day";
export interface XlsxColumn {
  title: string;
  kind: XlsxKind;
  /** In characters. */
  width: number;
}

/** Rows of a sheet, its head included (Excel, specifications and limits). */
const LONGEST_SHEET = 1_048_576;
const LONGEST_TEXT = 32_767;
/** The numbers of `cellXfs` below. */
const STYLES: Record<XlsxKind, number> = { text: 0, integer: 2, decimal: 3, length: 4, percent: 5, instant: 6, day: 7 };
const HEAD = 1;
/** Where a total's styles begin. */
const TOTAL = 8;
/** Days between 30 December 1899, from which spreadsheets count, and 1 January 1970. */
const EPOCH_DAYS = 25_569;
const DAY_MS = 86_400_000;

type Cell = string | number | null;

/**
 * A spreadsheet of some rows. Instants come as ISO 8601 and stand in the zone, days as `2026-03-29`, lengths as seconds,
 * percentages from 0 to 100. The last row is a total where `total` says so.
 */
export function xlsx(options: {
  sheet: string;
  zone: string;
  columns: readonly XlsxColumn[];
  rows: AsyncIterable<readonly Cell[]>;
  totals: readonly Cell[] | null;
}): Readable {
  const zip = new ZipFile();
  // What a page of a thousand rows makes, a few times over.
  const out = new PassThrough({ highWaterMark: 256 * 1024 });
  const fail = (error: Error) => void out.destroy(error);
  zip.on("error", fail);
  const names: string[] = [];
  const rows = rowsOf(options);
  const add = async () => {
    for (;;) {
      const nth = names.length + 1;
      names.push(nth === 1 ? sheetName(options.sheet) : sheetName(`${options.sheet.slice(0, 26)} ${nth}`));
      const sheet = Readable.from(batched(sheetText(options.columns, rows)));
      const done = new Promise<void>((resolve, reject) => {
        sheet.on("end", resolve);
        sheet.on("error", reject);
      });
      zip.addReadStream(sheet, `xl/worksheets/sheet${nth}.xml`);
      await done;
      if (rows.ended) break;
    }
    for (const [path, text] of parts(names)) zip.addBuffer(Buffer.from(text), path);
    zip.end();
  };
  zip.outputStream.pipe(out);
  add().catch(fail);
  // Whoever stops reading stops the asking too.
  out.on("close", () => void rows.stop());
  return out;
}

interface Rows {
  ended: boolean;
  /** The next row, as the so-many-th of its sheet. */
  next(nth: number): Promise<string | null>;
  stop(): Promise<unknown>;
}

function rowsOf(options: Parameters<typeof xlsx>[0]): Rows {
  const places = options.columns.map(({ kind }, at) => ({ kind, letters: lettersOf(at) }));
  const aheadMs = offsets(options.zone);
  const source = options.rows[Symbol.asyncIterator]();
  let totals = options.totals;
  const rows: Rows = {
    ended: false,
    async next(nth) {
      if (rows.ended) return null;
      const read = await source.next();
      if (read.done !== true) return rowText(nth, read.value, places, aheadMs, 0);
      const last = totals;
      totals = null;
      if (last !== null) return rowText(nth, last, places, aheadMs, TOTAL);
      rows.ended = true;
      return null;
    },
    stop: async () => source.return?.(),
  };
  return rows;
}

async function* sheetText(columns: readonly XlsxColumn[], rows: Rows): AsyncGenerator<string> {
  const widths = columns.map(
    ({ width }, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`,
  );
  yield `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`;
  yield `<cols>${widths.join("")}</cols><sheetData>`;
  yield `<row r="1">${columns.map(({ title }, at) => textCell(`${lettersOf(at)}1`, title, HEAD)).join("")}</row>`;
  for (let nth = 2; nth <= LONGEST_SHEET; nth += 1) {
    const row = await rows.next(nth);
    if (row === null) break;
    yield row;
  }
  yield "</sheetData></worksheet>";
}

/** Many small texts as few large ones: each piece costs the stream and the compressor a step. */
async function* batched(texts: AsyncIterable<string>): AsyncGenerator<Buffer> {
  let batch: string[] = [];
  let length = 0;
  for await (const text of texts) {
    batch.push(text);
    length += text.length;
    if (length < 64 * 1024) continue;
    yield Buffer.from(batch.join(""));
    batch = [];
    length = 0;
  }
  yield Buffer.from(batch.join(""));
}

interface Place {
  kind: XlsxKind;
  letters: string;
}
/** By how much the house's clock is ahead of UTC at an instant. */
type Offset = (at: number) => number;

function rowText(nth: number, row: readonly Cell[], places: readonly Place[], aheadMs: Offset, base: number): string {
  const cells = places.map(({ kind, letters }, at) =>
    cellText(`${letters}${nth}`, row[at] ?? null, kind, aheadMs, base),
  );
  return `<row r="${nth}">${cells.join("")}</row>`;
}

function cellText(place: string, cell: Cell, kind: XlsxKind, aheadMs: Offset, base: number): string {
  const style = base + STYLES[kind];
  if (cell === null || cell === "") return base === 0 ? "" : `<c r="${place}" s="${style}"/>`;
  const value = numberIn(cell, kind, aheadMs);
  return value === null ? textCell(place, String(cell), base) : `<c r="${place}" s="${style}"><v>${value}</v></c>`;
}

/** The number a cell holds; null where it is a text. */
function numberIn(cell: string | number, kind: XlsxKind, aheadMs: Offset): number | null {
  if (typeof cell === "number") {
    if (kind === "length") return cell / 86_400;
    return kind === "percent" ? cell / 100 : cell;
  }
  if (kind !== "instant" && kind !== "day") return null;
  const at = Date.parse(kind === "day" ? `${cell.slice(0, 10)}T00:00:00Z` : cell);
  if (Number.isNaN(at)) return null;
  return (at + (kind === "day" ? 0 : aheadMs(at))) / DAY_MS + EPOCH_DAYS;
}

const QUARTER_MS = 15 * 60_000;

/** Clocks change on quarters of an hour, and rows come in order: most ask for the quarter that was asked for last. */
function offsets(zone: string): Offset {
  let quarter = Number.NaN;
  let ahead = 0;
  return (at) => {
    const asked = Math.floor(at / QUARTER_MS);
    if (asked !== quarter) {
      quarter = asked;
      ahead = offsetMs(at, zone);
    }
    return ahead;
  };
}

/** A, B … Z, AA … as columns are called. */
function lettersOf(at: number): string {
  const last = String.fromCharCode(65 + (at % 26));
  return at < 26 ? last : `${lettersOf(Math.floor(at / 26) - 1)}${last}`;
}

const textCell = (place: string, text: string, style: number) =>
  `<c r="${place}" t="inlineStr" s="${style}"><is><t xml:space="preserve">${escaped(text.slice(0, LONGEST_TEXT))}</t></is></c>`;

/** XML 1.0 has no place for most control characters and for half a pair of surrogates. */
function escaped(text: string): string {
  return (
    text
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML forbids
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
      .replace(/&/g, "&amp;")
      .replace(/</g, "&lt;")
      .replace(/>/g, "&gt;")
  );
}

const attribute = (text: string) => escaped(text).replace(/"/g, "&quot;");

/** 31 characters without those that a formula could take apart. */
const sheetName = (name: string) => name.replace(/[[\]:*?/\\']/g, " ").slice(0, 31);

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";

function parts(sheets: readonly string[]): [path: string, text: string][] {
  const each = (text: (name: string, nth: number) => string) => sheets.map((name, at) => text(name, at + 1)).join("");
  const last = sheets.length + 1;
  return [
    [
      "[Content_Types].xml",
      `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>${each((_, nth) => `<Override PartName="/xl/worksheets/sheet${nth}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`)}</Types>`,
    ],
    [
      "_rels/.rels",
      `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      "xl/workbook.xml",
      `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${each((name, nth) => `<sheet name="${attribute(name)}" sheetId="${nth}" r:id="rId${nth}"/>`)}</sheets></workbook>`,
    ],
    [
      "xl/_rels/workbook.xml.rels",
      `${XML}<Relationships xmlns="${PACKAGE}/relationships">${each((_, nth) => `<Relationship Id="rId${nth}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${nth}.xml"/>`)}<Relationship Id="rId${last}" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
    ],
    ["xl/styles.xml", stylesText()],
  ];
}

/** Numbers 164 and on are our own formats; 1 is a whole number, 2 has two places. Row for row as in STYLES. */
function stylesText(): string {
  const formats = [0, 0, 1, 2, 164, 165, 166, 167];
  const look = (font: number, border: number) =>
    formats
      .map(
        (format) =>
          `<xf numFmtId="${format}" fontId="${font}" fillId="0" borderId="${border}" xfId="0" applyNumberFormat="1" applyFont="1" applyBorder="1"/>`,
      )
      .map((xf, at) =>
        at === HEAD ? xf.replace(/fontId="\d" fillId="0" borderId="\d"/, 'fontId="1" fillId="0" borderId="1"') : xf,
      )
      .join("");
  return `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="4"><numFmt numFmtId="164" formatCode="[h]:mm:ss"/><numFmt numFmtId="165" formatCode="0.0%"/><numFmt numFmtId="166" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/><numFmt numFmtId="167" formatCode="yyyy\\-mm\\-dd"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="3"><border><left/><right/><top/><bottom/><diagonal/></border><border><left/><right/><top/><bottom style="thin"/><diagonal/></border><border><left/><right/><top style="thin"/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="16">${look(0, 0)}${look(1, 2)}</cellXfs></styleSheet>`;
}
