import { setImmediate as nextTurn } from "node:timers/promises";
import { sql } from "kysely";
import type { Database } from "../db/pool.ts";
import { narrowed, placeAfter, plannedAnew } from "./report-call.ts";
import type { ReportFilter } from "./report-filter.ts";

/** As many rows as are asked for at once. The next ones are asked for while these are written. */
const ROWS_AT_ONCE = 5000;
/**
 * As many rows are written in one turn of the event loop: it belongs to calls and desktops as well, and the next piece
 * is asked for in it.
 */
const ROWS_A_TURN = 250;
/** What stands between two values on the way from the database (ASCII, unit separator). */
const BETWEEN = "\u001f";

/** How a value is written: as it is, as an instant of a zone, as milliseconds in seconds. */
export type ExportKind = "text" | "instant" | "seconds";

export interface ExportColumn {
  title: string;
  kind: ExportKind;
  /** What is read from the row: the id of what is looked up, nothing where it stands with the disposition. */
  read: string;
  /** Where what stands there is looked up. */
  from?: "staff" | "kinds" | "queues" | "contact" | "note";
}

/** All columns of the file, in their order. Numbers carry their unit in the title. */
export const EXPORT_COLUMNS: readonly ExportColumn[] = [
  { title: "Start", kind: "instant", read: "started_at" },
  { title: "Answer", kind: "instant", read: "answered_at" },
  { title: "End", kind: "instant", read: "ended_at" },
  { title: "Type", kind: "text", read: "type" },
  { title: "Source", kind: "text", read: "source" },
  { title: "Destination", kind: "text", read: "destination" },
  { title: "Caller id", kind: "text", read: "caller_id" },
  { title: "Queue", kind: "text", read: "queue_id", from: "queues" },
  { title: "User", kind: "text", read: "user_id", from: "staff" },
  { title: "User kind", kind: "text", read: "user_id", from: "kinds" },
  { title: "Telephone", kind: "text", read: "telephone_id", from: "staff" },
  { title: "Seated agent", kind: "text", read: "seated_agent_id", from: "staff" },
  { title: "Result", kind: "text", read: "disposition" },
  { title: "Disposition 1", kind: "text", read: "chosen[1]" },
  { title: "Disposition 2", kind: "text", read: "chosen[2]" },
  { title: "Disposition 3", kind: "text", read: "chosen[3]" },
  { title: "Duration s", kind: "seconds", read: "duration_ms" },
  { title: "Billable s", kind: "seconds", read: "billable_ms" },
  { title: "Hold s", kind: "seconds", read: "hold_ms" },
  { title: "Contact", kind: "text", read: "", from: "contact" },
  { title: "Note", kind: "text", read: "", from: "note" },
  { title: "Ended by", kind: "text", read: "ended_by" },
  { title: "Account code", kind: "text", read: "account_code" },
  { title: "Prefix", kind: "text", read: "prefix" },
  { title: "Row", kind: "text", read: "id" },
  { title: "Call", kind: "text", read: "linked_id" },
];

/** What comes from outside could hold what separates values. */
const FROM_OUTSIDE = new Set(["source", "destination", "caller_id"]);

/** One text a row: making and parsing one long value takes a third of the time of twenty-six. Nothing is empty. */
const LINE = sql<string>`format(${sql.lit(EXPORT_COLUMNS.map(() => "%s").join(BETWEEN))}, ${sql.join(
  EXPORT_COLUMNS.map(({ read, kind }) => {
    if (read === "") return sql`null`;
    const value = sql.raw(`r.${read}`);
    if (kind === "instant") return sql`(${value} at time zone 'UTC')`;
    return FROM_OUTSIDE.has(read) ? sql`translate(${value}, ${sql.lit(BETWEEN)}, ' ')` : value;
  }),
)})`;

interface Names {
  staff: Map<string, string>;
  kinds: Map<string, string>;
  queues: Map<string, string>;
}

interface Chosen {
  contact: string | null;
  note: string | null;
}

/**
 * The rows of a filter for a file, as texts in the order of `EXPORT_COLUMNS`: instants as `2026-03-29 07:41:07.123` in
 * UTC, lengths in milliseconds, empty where there is nothing. They are read in pieces, each by itself: a reader that
 * stops to read holds no transaction open, and needs the memory of two pieces however long the file is.
 */
export async function* exportReportCalls(db: Database, filter: ReportFilter): AsyncGenerator<string[][]> {
  const names = await readNames(db);
  let next: Promise<Piece> | null = readPiece(db, { ...filter, limit: ROWS_AT_ONCE, after: null });
  // It is waited for below; until then nobody else may take its failure for one of nobody's.
  next.catch(() => {});
  while (next !== null) {
    const { lines, legs, chosen, after }: Piece = await next;
    next = after === null ? null : readPiece(db, { ...filter, limit: ROWS_AT_ONCE, after });
    next?.catch(() => {});
    for (let at = 0; at < lines.length; at += ROWS_A_TURN) {
      yield lines.slice(at, at + ROWS_A_TURN).map((line, n) => cellsOf(line, names, chosen.get(legs[at + n] ?? "")));
      await nextTurn();
    }
  }
}

interface Piece {
  lines: string[];
  /** The leg of each that was disposed. */
  legs: (string | null)[];
  chosen: ReadonlyMap<string, Chosen>;
  after: ReportFilter["after"];
}

async function readPiece(db: Database, filter: ReportFilter): Promise<Piece> {
  const found = await plannedAnew(db, async (tx) =>
    (await narrowed(tx, filter))
      .limit(filter.limit)
      .select([LINE.as("line"), sql<string | null>`case when chosen is not null then leg_id end`.as("leg")])
      .execute(),
  );
  const last = found.at(-1)?.line.split(BETWEEN);
  const legs = found.map(({ leg }) => leg);
  return {
    lines: found.map(({ line }) => line),
    legs,
    chosen: await readChosen(db, legs),
    after: last === undefined || found.length < filter.limit ? null : placeAfter(filter.sort, rowOf(last)),
  };
}

const PLACES = Object.fromEntries(EXPORT_COLUMNS.map(({ title }, place) => [title, place]));
const cell = (cells: readonly string[], title: string) => cells[PLACES[title] ?? 0] ?? "";
const whole = (text: string) => (text === "" ? null : Number(text));
const rowOf = (cells: readonly string[]) => ({
  id: cell(cells, "Row"),
  startedAt: new Date(`${cell(cells, "Start").replace(" ", "T")}Z`),
  durationMs: whole(cell(cells, "Duration s")),
  billableMs: whole(cell(cells, "Billable s")),
});

async function readNames(db: Database): Promise<Names> {
  const staff = await db.selectFrom("staff").select(["id", "kind", "full_name"]).execute();
  const queues = await db.selectFrom("queues").select(["id", "name"]).execute();
  return {
    staff: new Map(staff.map((one) => [String(one.id), one.full_name])),
    kinds: new Map(staff.map((one) => [String(one.id), one.kind])),
    queues: new Map(queues.map((one) => [String(one.id), one.name])),
  };
}

async function readChosen(db: Database, legs: readonly (string | null)[]): Promise<Map<string, Chosen>> {
  const disposed = legs.filter((leg) => leg !== null);
  if (disposed.length === 0) return new Map();
  const rows = await db
    .selectFrom("leg_dispositions as d")
    .leftJoin("contacts as c", "c.id", "d.contact_id")
    .where(sql<boolean>`d.leg_id = any(${disposed}::text[])`)
    // Most have neither.
    .where((eb) => eb.or([eb("d.note", "is not", null), eb("d.contact_id", "is not", null)]))
    .select(["d.leg_id", "d.note", "c.full_name as contact"])
    .execute();
  return new Map(rows.map(({ leg_id, note, contact }) => [leg_id, { note, contact }]));
}

function cellsOf(line: string, names: Names, chosen: Chosen | undefined): string[] {
  const cells = line.split(BETWEEN);
  for (const [place, from] of LOOKED_UP) {
    const value = cells[place] ?? "";
    if (from === "contact" || from === "note") cells[place] = chosen?.[from] ?? "";
    else if (value !== "") cells[place] = names[from].get(value) ?? "";
  }
  return cells;
}

const LOOKED_UP = EXPORT_COLUMNS.flatMap(({ from }, place) => (from === undefined ? [] : [[place, from] as const]));
