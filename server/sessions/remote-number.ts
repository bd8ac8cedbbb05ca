import { takesPattern } from "../../contract/dial-pattern.ts";

/** A way outside: its pattern, and how many of the dialled digits are for the line alone. */
export interface WayOut {
  pattern: string;
  stripDigits: number;
}

/**
 * A number as a call showed it, as it is dialled in the house: behind the digits of the first route, in the order of
 * their patterns, that takes it so. Null where none does, or where the call showed no number.
 */
export function dialledFrom(shown: string, ways: readonly WayOut[]): string | null {
  if (!/^\+?[0-9]{3,20}$/.test(shown)) return null;
  const forms = shown.startsWith("+") ? [shown, `00${shown.slice(1)}`] : [shown];
  const ordered = [...ways].sort((a, b) => (a.pattern < b.pattern ? -1 : a.pattern > b.pattern ? 1 : 0));
  for (const form of forms) {
    for (const { pattern, stripDigits } of ordered) {
      const line = /^[0-9]*/.exec(pattern)?.[0].slice(0, stripDigits) ?? "";
      const dialled = `${line}${form}`;
      // Digits for the line that are any digits cannot be guessed.
      if (line.length === stripDigits && dialled.length <= 20 && takesPattern(pattern, dialled)) return dialled;
    }
  }
  return null;
}

/**
 * What of a number is the same however it is written: with the digit for an outside line, the country, or neither. It
 * only stands for an agent's number; his PIN is asked all the same.
 */
export const lineOf = (number: string): string => number.replace(/[^0-9]/g, "").slice(-9);
