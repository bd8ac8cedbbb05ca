import { Refusal } from "../refusal.ts";

/** From when to when something is asked for, at an instant. */
export interface HistoryRange {
  from: Date;
  to: Date;
  now: Date;
}

const LONGEST_DAYS = 31;
/** A month with the day on which clocks are set back has an hour more. */
const LONGEST_MS = LONGEST_DAYS * 86_400_000 + 3_600_000;

/** Reads two instants; refuses what is none, what is the wrong way round, and more than a month. */
export function readHistoryRange(query: { from: string; to: string }, now: Date): HistoryRange | Refusal {
  const [from, to] = [new Date(query.from), new Date(query.to)];
  const known = (at: Date) => at.getTime() >= 0 && at.getTime() < 253_402_300_799_999;
  if (!known(from) || !known(to)) {
    return new Refusal("request.invalid", "from and to are instants such as 2026-03-01T00:00:00Z.");
  }
  if (from >= to) return new Refusal("request.invalid", "from lies before to.", { field: "to" });
  if (to.getTime() - from.getTime() > LONGEST_MS) {
    return new Refusal("request.invalid", `At most ${LONGEST_DAYS} days can be asked for at once.`, {
      field: "to",
      days: LONGEST_DAYS,
    });
  }
  return { from, to, now };
}

/** The cursor of a list ordered by an instant and an id. */
export function historyCursor(at: Date, id: number): string {
  return Buffer.from(JSON.stringify([at.toISOString(), id])).toString("base64url");
}

/** What a cursor says; a refusal where we have not given it out. */
export function readHistoryCursor(cursor: string | undefined): { at: Date; id: number } | null | Refusal {
  if (cursor === undefined) return null;
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    const [at, id] = Array.isArray(read) ? read : [];
    if (typeof at === "string" && !Number.isNaN(Date.parse(at)) && Number.isSafeInteger(id)) {
      return { at: new Date(at), id };
    }
  } catch {
    // Refused below, as every other text that is none of ours.
  }
  return new Refusal("request.invalid", "The cursor is not one that this list has given out.");
}
