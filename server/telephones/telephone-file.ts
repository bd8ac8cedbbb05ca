import { CsvError, parse } from "csv-parse/sync";
import { IMPORT_COLUMNS, type ImportColumn, type LineProblem, MOST_AT_ONCE } from "../../contract/telephones.ts";
import type { Plan, PlannedLine } from "./telephone-plan.ts";

const COLUMNS = Object.keys(IMPORT_COLUMNS) as ImportColumn[];
const NEEDED: readonly ImportColumn[] = ["name", "username"];
/** What spreadsheets write between cells, by country. */
const SEPARATORS = [",", ";", "\t"] as const;
/** No line of a telephone is longer. */
const LONGEST_RECORD = 4000;

interface Line {
  record: string[];
  info: { lines: number };
}

/**
 * A CSV file (RFC 4180) as the telephones it names. The head says which column is which, in any order and whatever the
 * case; separated by commas, semicolons or tabs, whichever the head has most of. What cannot be read is a problem with
 * its line; nothing is guessed.
 */
export function readTelephoneFile(text: string): Plan {
  const fail = (line: number, column: string | null, words: string): Plan => ({
    rows: [],
    problems: [{ line, column, words }],
  });
  let lines: Line[];
  try {
    lines = parse(text, {
      bom: true,
      delimiter: separatorOf(text),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      trim: true,
      max_record_size: LONGEST_RECORD,
    }) as unknown as Line[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const at = typeof error.lines === "number" ? error.lines : 1;
    return fail(at, null, "cannot be read: a quotation mark is not closed, or the line is too long");
  }
  const [head, ...records] = lines;
  if (head === undefined) return fail(1, null, "the file is empty");
  const columns = head.record.map((name) => name.toLowerCase());
  const problems = problemsOfHead(columns);
  if (problems.length > 0) return { rows: [], problems };
  if (records.length === 0) return fail(1, null, "the file has a head and no telephones below it");
  if (records.length > MOST_AT_ONCE) {
    return fail(1, null, `the file has more than ${MOST_AT_ONCE} telephones: split it`);
  }
  return {
    rows: records.map(({ record, info }) => lineOf(columns, record, info.lines)),
    problems: records.flatMap(({ record, info }): LineProblem[] =>
      record.length > columns.length
        ? [{ line: info.lines, column: null, words: `has ${record.length} cells, the head has ${columns.length}` }]
        : [],
    ),
  };
}

function problemsOfHead(columns: readonly string[]): LineProblem[] {
  const tell = (column: string, words: string): LineProblem => ({ line: 1, column: column.slice(0, 40), words });
  return [
    ...columns
      .filter((name) => !COLUMNS.some((known) => known === name))
      .map((name) => tell(name, `is not a column we know: there are ${COLUMNS.join(", ")}`)),
    ...columns.filter((name, at) => columns.indexOf(name) !== at).map((name) => tell(name, "stands there twice")),
    ...NEEDED.filter((name) => !columns.includes(name)).map((name) => tell(name, "is missing in the head")),
  ];
}

function lineOf(columns: readonly string[], record: readonly string[], line: number): PlannedLine {
  const cell = (name: ImportColumn) => record[columns.indexOf(name)] || null;
  return {
    line,
    fullName: cell("name") ?? "",
    username: cell("username") ?? "",
    internal: cell("internal"),
    place: cell("place"),
    model: cell("model")?.toLowerCase() ?? null,
    owner: cell("owner"),
    secret: cell("secret"),
  };
}

function separatorOf(text: string): string {
  const head = /^[^\r\n]*/.exec(text)?.[0] ?? "";
  const count = (separator: string) => head.split(separator).length;
  return SEPARATORS.reduce((best, one) => (count(one) > count(best) ? one : best));
}
