import { isPattern } from "../../contract/dial-pattern.ts";

/** Outbound patterns in plain words. What they are and what they take: contract/dial-pattern.ts. */

const WILD: Record<string, { words: string; sample: string }> = {
  X: { words: "any digit", sample: "0123456789" },
  Z: { words: "a digit from 1 to 9", sample: "123456789" },
  N: { words: "a digit from 2 to 9", sample: "23456789" },
};

/** A number that would take this route, to look at; null for what is no pattern. */
export function exampleOf(pattern: string): string | null {
  if (!isPattern(pattern)) return null;
  let nth = 4;
  const digits = [...pattern].map((one) => {
    if (one === ".") return "55123456".slice(0, Math.max(1, 11 - pattern.length));
    const wild = WILD[one];
    if (wild === undefined) return one;
    nth += 1;
    return wild.sample[nth % wild.sample.length];
  });
  return digits.join("");
}

/** What the trunk is asked to call: the dialled number without its first digits. Never less than nothing. */
export function sentNumber(number: string, stripDigits: number): string {
  return number.slice(Math.max(0, stripDigits));
}

/** The pattern in a sentence, e.g. "0, then a digit from 2 to 9, then one or more digits". */
export function patternInWords(pattern: string): string {
  if (!isPattern(pattern)) return "";
  const runs = pattern.match(/[+0-9]+|X+|Z+|N+|\./g) ?? [];
  return runs
    .map((run) => {
      if (run === ".") return "one or more digits";
      const wild = WILD[run.charAt(0)];
      if (wild === undefined) return run;
      return run.length === 1 ? wild.words : `${run.length} × ${wild.words}`;
    })
    .join(", then ");
}
