/** What one column holds. */
export type Cell = string | number | boolean | Date | null | undefined | readonly string[];
export type Cells = Readonly<Record<string, Cell>>;

/** What has to be written so that rows become others: those that are gone, and those that are new or other than before. */
export interface RowChanges<Before, After> {
  gone: Before[];
  changed: After[];
}

/**
 * Compares rows by a key, column by column of the new ones. A call is folded again with each of its lines, and mostly
 * one row of it is another then. Pure.
 */
export function rowChanges<Before extends Cells, After extends Cells>(
  before: readonly Before[],
  after: readonly After[],
  keyOf: (row: Before | After) => string,
): RowChanges<Before, After> {
  const were = new Map(before.map((row) => [keyOf(row), row]));
  const changed = after.filter((row) => {
    const was = were.get(keyOf(row));
    were.delete(keyOf(row));
    return was === undefined || !sameRow(was, row);
  });
  return { gone: [...were.values()], changed };
}

function sameRow(was: Cells, row: Cells): boolean {
  for (const column in row) if (!sameCell(was[column], row[column])) return false;
  return true;
}

/** Instants and lists are the same where they say the same; nothing is nothing. */
export function sameCell(was: Cell, is: Cell): boolean {
  if (was instanceof Date && is instanceof Date) return was.getTime() === is.getTime();
  if (Array.isArray(was) && Array.isArray(is)) return was.length === is.length && was.every((one, n) => one === is[n]);
  return (was ?? null) === (is ?? null);
}
