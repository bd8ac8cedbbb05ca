import type { Balance, BalanceCheckView, BalanceDay } from "../../contract/views.ts";
import { counted } from "./elapsed.ts";
import { addDays } from "./house-days.ts";

/** A day of the strip: whether its books were compared, and what came of it. */
export interface StripDay {
  day: string;
  /** Null: nobody has compared it yet. */
  off: number | null;
}

const STRIP_DAYS = 62;

/** The last two months, the oldest first, up to today. */
export function stripDays(runs: readonly BalanceDay[], today: string): StripDay[] {
  const known = new Map(runs.map(({ day, off }) => [day, off]));
  return Array.from({ length: STRIP_DAYS }, (_, nth) => {
    const day = addDays(today, nth - STRIP_DAYS + 1);
    return { day, off: known.get(day) ?? null };
  });
}

/** `everything balances`, `3 do not balance`, `not compared yet`. */
export function balanceWords(off: number | null): string {
  if (off === null) return "not compared yet";
  return off === 0 ? "everything balances" : offWords(off);
}

/** `1 does not balance`, `3 do not balance`. */
export const offWords = (off: number): string => counted(off, "does not balance", "do not balance");

/** `1,200 compared`, `5 compared, 2 not known`, `nothing to compare`. */
export function comparedWords({ compared, unknown = 0 }: Pick<BalanceCheckView, "compared" | "unknown">): string {
  const words = compared === 0 ? "nothing to compare" : `${compared.toLocaleString("en")} compared`;
  return unknown === 0 ? words : `${words}, ${unknown.toLocaleString("en")} not known`;
}

/** How many things were compared and how many of them are off, over all checks. */
export function balanceSums({ checks }: Balance): { compared: number; off: number } {
  return checks.reduce((sum, one) => ({ compared: sum.compared + one.compared, off: sum.off + one.off }), {
    compared: 0,
    off: 0,
  });
}

const names = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });

/** `Sun 22 Nov`: a day of the calendar, wherever it is read. Browsers do not agree on the comma. */
export const dayText = (day: string): string => names.format(new Date(`${day}T00:00:00Z`)).replace(",", "");
