/**
 * Outbound patterns in plain words. A pattern is digits with three wild cards (X is 0-9, Z is 1-9, N is 2-9), may
 * begin with + and may end with a dot, which stands for one or more digits. The same language as Asterisk's dialplan.
 */

const WILD: Record<string, { set: string; words: string; sample: string }> = {
  X: { set: "[0-9]", words: "any digit", sample: "0123456789" },
  Z: { set: "[1-9]", words: "a digit from 1 to 9", sample: "123456789" },
  N: { set: "[2-9]", words: "a digit from 2 to 9", sample: "23456789" },
};

/** Whether a text can be a pattern at all: what the contract's schema accepts. */
export function isPattern(text: string): boolean {
  return /^\+?[0-9XZN]+\.?$/.test(text);
}

/** Whether a dialled number takes this route. False for what is no pattern. */
export function takesPattern(pattern: string, number: string): boolean {
  if (!isPattern(pattern)) return false;
  const parts = [...pattern].map((one) => (one === "." ? "[0-9]+" : one === "+" ? "\\+" : (WILD[one]?.set ?? one)));
  return new RegExp(`^${parts.join("")}$`).test(number);
}

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
