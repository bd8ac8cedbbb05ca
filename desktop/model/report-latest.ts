import type { ReportCallRow } from "../../contract/views.ts";

/**
 * The fetched rows with what has become of them, in the same places, and how many of the newest are not among them.
 * An older row that was not fetched yet is no new one: it comes with its page.
 */
export function latestOf(
  fetched: readonly ReportCallRow[],
  newest: readonly ReportCallRow[],
): { rows: readonly ReportCallRow[]; fresh: number } {
  const now = new Map(newest.map((row) => [row.id, row]));
  const known = new Set(fetched.map((row) => row.id));
  const last = fetched.reduce((latest, row) => (row.startedAt > latest ? row.startedAt : latest), "");
  return {
    rows: fetched.map((row) => now.get(row.id) ?? row),
    fresh: newest.filter((row) => !known.has(row.id) && row.startedAt >= last).length,
  };
}
