import { addMonths } from "./call-at.ts";

/** What is kept how long: months, null for ever. */
export interface Retention {
  callMonthsKept: number | null;
  journalMonthsKept: number | null;
}

export interface KeptMonth {
  /** As `2026-03-01`. */
  month: string;
  callsArchived: boolean;
  journalArchived: boolean;
}

export type ArchiveKind = "calls" | "journal";

/** Calls whose names say no time are kept with those of 1970, however new they are: nobody knows their age. */
const FIRST_MONTH = "2000-01-01";

/**
 * What is to be archived of a month, at an instant's month; the journal goes with its calls at the latest. The month
 * that is going on counts as kept, so `callMonthsKept: 12` keeps a whole year beside it. Pure.
 */
export function dueOf(one: KeptMonth, thisMonth: string, kept: Retention): ArchiveKind[] {
  const older = (months: number | null) =>
    months !== null && one.month >= FIRST_MONTH && one.month < addMonths(thisMonth, -months);
  const calls = older(kept.callMonthsKept);
  const due: ArchiveKind[] = [];
  if (calls && !one.callsArchived) due.push("calls");
  if ((calls || older(kept.journalMonthsKept)) && !one.journalArchived) due.push("journal");
  return due;
}

/** The file of a month: `calls-2026-03.jsonl.gz`. */
export function archiveName(kind: ArchiveKind, month: string): string {
  return `${kind}-${month.slice(0, 7)}.jsonl.gz`;
}
