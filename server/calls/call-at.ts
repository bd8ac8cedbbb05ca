/** 2000 and 2100: a name that says another time is none of the telephone system's. */
const FIRST_S = 946_684_800;
const LAST_S = 4_102_444_799;

/**
 * When a call was made, by its own name: `node1-1795348448.55` was made in the second 1795348448. No line that comes
 * late changes that, so it stands in every key and decides the month in which a call is kept. Any other name belongs to
 * 1970, which is kept like any other time. The database's `call_at` says the same.
 */
export function callAt(linkedId: string): Date {
  const second = Number(/(?:^|-)([0-9]{9,10})\.[0-9]+$/.exec(linkedId)?.[1] ?? 0);
  return new Date(second >= FIRST_S && second <= LAST_S ? second * 1000 : 0);
}

/** Where a line of the journal is kept: with its call, or by its own instant (microseconds) where it belongs to none. */
export function lineAt(linkedId: string, atUs: number): Date {
  if (linkedId !== "") return callAt(linkedId);
  const second = atUs / 1_000_000;
  return new Date(second >= FIRST_S && second <= LAST_S ? Math.floor(atUs / 1000) : 0);
}

/** The month (UTC) that holds an instant, as `2026-03-01`. */
export function monthOf(at: Date): string {
  return `${at.toISOString().slice(0, 7)}-01`;
}

/** So many months after a month; before it where negative. */
export function addMonths(month: string, count: number): string {
  const at = new Date(`${month}T00:00:00Z`);
  at.setUTCMonth(at.getUTCMonth() + count);
  return monthOf(at);
}
