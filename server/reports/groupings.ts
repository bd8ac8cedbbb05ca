import { type RawBuilder, sql } from "kysely";
import { partsOfTime, type TimeUnit } from "../../contract/report-period.ts";
import type { Db } from "../db/pool.ts";
import type { Fact, Grouping, ReportQuery } from "./define-report.ts";

const cut = (key: TimeUnit, title: string): Grouping => ({ key, title, kind: key, unit: key });

/** Every cut of time there is. */
export const TIME_GROUPINGS: readonly Grouping[] = [
  cut("hour", "Hour"),
  cut("day", "Day"),
  cut("week", "Week"),
  cut("month", "Month"),
  cut("hour-of-day", "Hour of the day"),
  cut("weekday", "Weekday"),
];

const idsOf = (keys: readonly string[]) => keys.map(Number).filter((id) => Number.isSafeInteger(id) && id > 0);

async function staffNames(db: Db, keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const ids = idsOf(keys);
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom("staff").where("id", "in", ids).select(["id", "full_name"]).execute();
  return new Map(rows.map(({ id, full_name }) => [String(id), full_name]));
}

export const BY_QUEUE: Grouping = {
  key: "queue",
  title: "Queue",
  kind: "text",
  none: "No queue",
  async names(db, keys) {
    const ids = idsOf(keys);
    if (ids.length === 0) return new Map();
    const rows = await db.selectFrom("queues").where("id", "in", ids).select(["id", "name"]).execute();
    return new Map(rows.map(({ id, name }) => [String(id), name]));
  },
  narrow: (key) => ({ queueId: key }),
};

export const BY_AGENT: Grouping = {
  key: "agent",
  title: "Agent",
  kind: "text",
  none: "Nobody",
  names: staffNames,
  narrow: (key) => ({ agentId: key }),
};

export const BY_TELEPHONE: Grouping = {
  key: "telephone",
  title: "Telephone",
  kind: "text",
  none: "No telephone",
  names: staffNames,
  narrow: (key) => ({ telephoneId: key }),
};

/** A grouping by a text that is its own name. */
export const byText = (key: string, title: string, none: string, more: Partial<Grouping> = {}): Grouping => ({
  ...{ key, title, none, kind: "text" as const },
  ...more,
});

const TYPES: Record<string, string> = { inbound: "Inbound", outbound: "Outbound", internal: "Internal" };

export const BY_TYPE = byText("type", "Type", "", {
  names: async () => new Map(Object.entries(TYPES)),
  narrow: (type) => ({ type }),
});

/** A text as a part of SQL that a grouping by it can be recognised by: zones and units come in as they are known. */
const literal = (text: string) => sql.lit(text);

/** The key of a cut of time, for an instant; the same words as `partsOfTime` uses. */
function timeKey(unit: TimeUnit, instant: RawBuilder<Date>, { zone, firstDay }: ReportQuery): RawBuilder<string> {
  const local = sql`(${instant} at time zone ${literal(zone)})`;
  const shift = sql.raw(`interval '${(8 - firstDay) % 7} days'`);
  switch (unit) {
    case "hour":
      // Truncated in the zone, but told in UTC: the hour that clocks repeat is two.
      return sql`to_char(date_trunc('hour', ${instant}, ${literal(zone)}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
    case "day":
      return sql`to_char(${local}, 'YYYY-MM-DD')`;
    case "week":
      return sql`to_char(date_trunc('week', ${local} + ${shift}) - ${shift}, 'YYYY-MM-DD')`;
    case "month":
      return sql`to_char(${local}, 'YYYY-MM')`;
    case "hour-of-day":
      return sql`to_char(${local}, 'HH24')`;
    case "weekday":
      return sql`to_char(${local}, 'ID')`;
  }
}

function columnOf(columns: Readonly<Record<string, RawBuilder<unknown>>>, key: string): RawBuilder<unknown> {
  const column = columns[key];
  if (column === undefined) throw new Error(`nothing is grouped by ${key} here`);
  return column;
}

/**
 * The keys of the groupings asked for, as one array of texts in SQL. `columns` says what each of a report's own
 * groupings is made of; 0 and the empty text belong to none.
 */
export function keysOf(
  query: ReportQuery,
  groupings: readonly Grouping[],
  instant: RawBuilder<Date>,
  columns: Readonly<Record<string, RawBuilder<unknown>>>,
): RawBuilder<(string | null)[]> {
  const parts = query.groupBy.map((key) => {
    const unit = groupings.find((one) => one.key === key)?.unit;
    if (unit !== undefined) return timeKey(unit, instant, query);
    return sql`nullif(nullif((${columnOf(columns, key)})::text, '0'), '')`;
  });
  return parts.length === 0 ? sql`array[]::text[]` : sql`array[${sql.join(parts)}]::text[]`;
}

/** Groupings of sums by quarters of an hour: what is joined and selected, by what is grouped, and a row's keys. */
export interface SlotKeys {
  join: RawBuilder<unknown>;
  select: RawBuilder<unknown>;
  by: RawBuilder<unknown>;
  of(row: Readonly<Record<string, unknown>>): (string | null)[];
}

/**
 * The same keys where `slot` is a quarter of an hour: it is told once for each quarter what part of time it is in, and
 * not for each of the many sums in it. A month by agent and hour is three times as fast for it.
 */
export function slotKeysOf(
  query: ReportQuery,
  groupings: readonly Grouping[],
  slot: RawBuilder<Date>,
  columns: Readonly<Record<string, RawBuilder<unknown>>>,
): SlotKeys {
  const names = query.groupBy.map((_, index) => sql.ref(`key${index}`));
  const units = query.groupBy.map((key) => groupings.find((one) => one.key === key)?.unit);
  const parts = query.groupBy.flatMap((_, index) => {
    const unit = units[index];
    return unit === undefined ? [] : [sql`${timeKey(unit, sql`quarter`, query)} as ${names[index]}`];
  });
  const quarters = sql`generate_series(${query.from}::timestamptz, ${query.to}::timestamptz - interval '1 ms', interval '15 minutes')`;
  const keys = query.groupBy.map((key, index) => {
    return units[index] === undefined ? columnOf(columns, key) : sql`parts.${names[index]}`;
  });
  return {
    join:
      parts.length === 0
        ? sql``
        : // "offset 0" keeps PostgreSQL from drawing the words into the sum, where it would make them for each row.
          sql`join (select quarter, ${sql.join(parts)} from ${quarters} as quarter offset 0) as parts on parts.quarter = ${slot}`,
    select: keys.length === 0 ? sql`` : sql`${sql.join(keys.map((key, index) => sql`${key} as ${names[index]}`))},`,
    // Without a grouping it is one row of nothing where there is nothing.
    by: keys.length === 0 ? sql`having count(*) > 0` : sql`group by ${sql.join(keys)}`,
    of: (row) =>
      query.groupBy.map((_, index) => {
        const key = String(row[`key${index}`] ?? "");
        return key === "" || key === "0" ? null : key;
      }),
  };
}

/** Facts of several queries over the same groupings as one. */
export function mergedFacts(parts: readonly (readonly Fact[])[], largest: readonly string[] = []): Fact[] {
  const merged = new Map<string, { keys: Fact["keys"]; sums: Record<string, number> }>();
  for (const fact of parts.flat()) {
    const id = JSON.stringify(fact.keys);
    const known = merged.get(id);
    if (known === undefined) merged.set(id, { keys: fact.keys, sums: { ...fact.sums } });
    else addSums(known.sums, fact.sums, largest);
  }
  return [...merged.values()];
}

/** Adds one's sums to another's. */
export function addSums(to: Record<string, number>, sums: Fact["sums"], largest: readonly string[]): void {
  for (const [name, value] of Object.entries(sums)) {
    const before = to[name];
    if (before === undefined) to[name] = value;
    else to[name] = largest.includes(name) ? Math.max(before, value) : before + value;
  }
}

/** Cuts of a report's time that nothing happened in, so that they stand as nothing and are not missing. */
export function emptyParts(query: ReportQuery, groupings: readonly Grouping[]): Fact[] {
  const [only, ...others] = query.groupBy;
  const unit = groupings.find((one) => one.key === only)?.unit;
  if (unit === undefined || others.length > 0) return [];
  const to = Math.min(query.to.getTime(), query.now.getTime());
  const keys = new Set(partsOfTime({ from: query.from.getTime(), to }, unit, query).map(({ key }) => key));
  return [...keys].map((key) => ({ keys: [key], sums: {} }));
}
