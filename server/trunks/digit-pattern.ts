/**
 * A language of digits, as plans of numbers say it (`3[2-9]\d{7,8}|(?:31|43)\d{8}`), which can be asked what may still
 * come after some first digits: Brzozowski's derivatives. `key` is the same for what was written the same.
 */
export interface DigitPattern {
  readonly key: string;
  /** Whether nothing more need come. */
  readonly ends: boolean;
  after(digit: number): DigitPattern;
}

/** Nothing can come any more. */
export const NOTHING: DigitPattern = { key: "∅", ends: false, after: () => NOTHING };
const EMPTY: DigitPattern = { key: "ε", ends: true, after: () => NOTHING };

const oneOf = (digits: readonly number[]): DigitPattern => ({
  key: `[${digits.join("")}]`,
  ends: false,
  after: (digit) => (digits.includes(digit) ? EMPTY : NOTHING),
});

function then(first: DigitPattern, second: DigitPattern): DigitPattern {
  if (first === NOTHING || second === NOTHING) return NOTHING;
  if (first === EMPTY) return second;
  if (second === EMPTY) return first;
  return {
    key: `${first.key}${second.key}`,
    ends: first.ends && second.ends,
    after(digit) {
      const gone = then(first.after(digit), second);
      return first.ends ? either([gone, second.after(digit)]) : gone;
    },
  };
}

/** Any of them. */
export function either(all: readonly DigitPattern[]): DigitPattern {
  const kept = new Map(all.filter((each) => each !== NOTHING).map((each) => [each.key, each]));
  const parts = [...kept.values()];
  const [only] = parts;
  if (only === undefined) return NOTHING;
  if (parts.length === 1) return only;
  return {
    key: `(${[...kept.keys()].sort().join("|")})`,
    ends: parts.some(({ ends }) => ends),
    after: (digit) => either(parts.map((part) => part.after(digit))),
  };
}

/** Reads one. Throws for what plans of numbers do not say. */
export function digitPattern(text: string): DigitPattern {
  let at = 0;
  const peek = () => text[at];
  const take = (wanted: string): boolean => {
    if (!text.startsWith(wanted, at)) return false;
    at += wanted.length;
    return true;
  };
  const wrong = () => new Error(`not a pattern of digits at ${at}: ${text}`);

  const alternatives = (): DigitPattern => {
    const all = [sequence()];
    while (take("|")) all.push(sequence());
    return either(all);
  };
  const sequence = (): DigitPattern => {
    const parts: DigitPattern[] = [];
    while (at < text.length && peek() !== "|" && peek() !== ")") parts.push(...repeated(one()));
    return parts.reduceRight((rest, part) => then(part, rest), EMPTY);
  };
  const one = (): DigitPattern => {
    if (take("\\d")) return oneOf([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    if (take("(?:") || take("(")) {
      const inner = alternatives();
      if (!take(")")) throw wrong();
      return inner;
    }
    if (take("[")) return oneOf(digitsOfClass());
    const digit = peek() ?? "";
    if (!/^[0-9]$/.test(digit)) throw wrong();
    at += 1;
    return oneOf([Number(digit)]);
  };
  const digitsOfClass = (): number[] => {
    const digits: number[] = [];
    for (;;) {
      if (take("]")) return digits;
      if (take("\\d")) return [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
      const range = /^([0-9])(?:-([0-9]))?/.exec(text.slice(at));
      if (range === null) throw wrong();
      at += range[0].length;
      for (let digit = Number(range[1]); digit <= Number(range[2] ?? range[1]); digit += 1) digits.push(digit);
    }
  };
  const repeated = (part: DigitPattern): DigitPattern[] => {
    const optional = either([EMPTY, part]);
    if (take("?")) return [optional];
    const times = /^\{([0-9]+)(?:,([0-9]+))?\}/.exec(text.slice(at));
    if (times === null) return [part];
    at += times[0].length;
    const least = Number(times[1]);
    const most = Number(times[2] ?? least);
    return Array.from({ length: most }, (_, index) => (index < least ? part : optional));
  };

  const read = alternatives();
  if (at < text.length) throw wrong();
  return read;
}

/** All there is of a language that ends soon, as a dialling prefix does: at most so many. */
export function wordsOf(pattern: DigitPattern, most: number): string[] {
  const words: string[] = [];
  const walk = (rest: DigitPattern, word: string) => {
    if (words.length >= most || rest === NOTHING) return;
    if (rest.ends) words.push(word);
    else for (let digit = 0; digit <= 9; digit += 1) walk(rest.after(digit), `${word}${digit}`);
  };
  walk(pattern, "");
  return words;
}
