import type { Cell, Cells } from "./row-changes.ts";
import { sameCell } from "./row-changes.ts";

/** What a refold found in one kind of rows. */
export interface RefoldCount {
  before: number;
  added: number;
  gone: number;
  changed: number;
}

const NAMES = {
  calls: { one: "call", key: (row: Cells) => String(row.linked_id) },
  legs: { one: "leg", key: (row: Cells) => String(row.leg_id) },
  visits: { one: "stay in a queue", key: (row: Cells) => String(row.id) },
  rows: { one: "row", key: (row: Cells) => String(row.id) },
} as const;
export type RefoldKind = keyof typeof NAMES;

export type Refolded = { [Kind in RefoldKind]: readonly Cells[] };

/** Compares what was kept of some calls with what came of folding them again: counts, and each difference in words. Pure. */
export function refoldDifferences(
  before: Refolded,
  after: Refolded,
): { counts: Record<RefoldKind, RefoldCount>; words: string[] } {
  const words: string[] = [];
  const count = (kind: RefoldKind): RefoldCount => {
    const { one, key } = NAMES[kind];
    const were = new Map(before[kind].map((row) => [key(row), row]));
    const counts = { before: were.size, added: 0, gone: 0, changed: 0 };
    for (const row of after[kind]) {
      const was = were.get(key(row));
      were.delete(key(row));
      if (was === undefined) {
        counts.added += 1;
        words.push(`Call ${row.linked_id}: the ${one} ${key(row)} was not there.`);
        continue;
      }
      const others = Object.keys(row).filter((column) => !sameCell(was[column], row[column]));
      if (others.length === 0) continue;
      counts.changed += 1;
      const said = others.map((column) => `${column} was ${say(was[column])} and is ${say(row[column])}`);
      words.push(`Call ${row.linked_id}: of the ${one} ${key(row)} ${said.join(", ")}.`);
    }
    counts.gone = were.size;
    for (const [name, was] of were) words.push(`Call ${was.linked_id}: the ${one} ${name} is not in the journal.`);
    return counts;
  };
  return {
    counts: { calls: count("calls"), legs: count("legs"), visits: count("visits"), rows: count("rows") },
    words,
  };
}

function say(cell: Cell): string {
  if (cell === null || cell === undefined) return "empty";
  if (cell instanceof Date) return cell.toISOString();
  return typeof cell === "object" ? cell.join(" › ") : String(cell);
}
