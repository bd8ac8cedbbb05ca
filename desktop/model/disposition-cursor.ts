import { type DispositionLine, treeLines } from "./disposition-tree.ts";
import { fuzzyFilter } from "./fuzzy-filter.ts";

/** The picker of dispositions, without a screen: which columns stand open, where the cursor is, what a key does. */

export type { DispositionLine };
export { treeLines };

const same = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((one, i) => one === b[i]);

/** The lines directly below a path; the first level for an empty one. */
export function linesBelow(lines: readonly DispositionLine[], path: readonly string[]): DispositionLine[] {
  return lines.filter((line) => line.path.length === path.length + 1 && same(line.path.slice(0, -1), path));
}

/** The columns to draw for a cursor: the level of each name in its path, and what lies below it. */
export function columnsAt(lines: readonly DispositionLine[], cursor: readonly string[]): DispositionLine[][] {
  const columns = [linesBelow(lines, [])];
  for (let level = 1; level <= cursor.length; level += 1) {
    const below = linesBelow(lines, cursor.slice(0, level));
    if (below.length > 0) columns.push(below);
  }
  return columns;
}

/** Where an arrow key leads: up and down within a column, right into the level below, left out of it. */
export function movedCursor(lines: readonly DispositionLine[], cursor: readonly string[], key: string): string[] {
  if (cursor.length === 0) return linesBelow(lines, [])[0]?.path ?? [];
  const column = linesBelow(lines, cursor.slice(0, -1));
  const here = column.findIndex((line) => same(line.path, cursor));
  switch (key) {
    case "ArrowDown":
      return column[Math.min(column.length - 1, here + 1)]?.path ?? [...cursor];
    case "ArrowUp":
      return column[Math.max(0, here - 1)]?.path ?? [...cursor];
    case "ArrowRight":
      return linesBelow(lines, cursor)[0]?.path ?? [...cursor];
    case "ArrowLeft":
      return cursor.length > 1 ? cursor.slice(0, -1) : [...cursor];
    default:
      return [...cursor];
  }
}

/** What can be chosen and answers what was typed, best first: only the ends of branches are outcomes. */
export function foundOutcomes(lines: readonly DispositionLine[], typed: string): DispositionLine[] {
  return fuzzyFilter(
    lines.filter((line) => !line.hasChildren),
    typed,
    (line) => line.path.join(" "),
  );
}

/** A path as it is read. */
export const pathText = (path: readonly string[]) => path.join(" › ");
