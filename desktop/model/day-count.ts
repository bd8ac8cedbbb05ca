import type { ReportCallRow, ToDispose } from "../../contract/views.ts";

/**
 * An agent's calls since `today` (ISO 8601) and the seconds he talked: a call becomes his row by being disposed, so
 * those that still wait for it count beside the rows.
 */
export function dayCount(
  rows: readonly Pick<ReportCallRow, "legId" | "billableS">[],
  toDispose: readonly Pick<ToDispose, "legId" | "billableS" | "startedAt">[],
  today: string,
): { calls: number; talkedS: number } {
  const listed = new Set(rows.map((row) => row.legId));
  const waiting = toDispose.filter((one) => Date.parse(one.startedAt) >= Date.parse(today) && !listed.has(one.legId));
  const all = [...rows, ...waiting];
  return { calls: all.length, talkedS: all.reduce((sum, one) => sum + (one.billableS ?? 0), 0) };
}
