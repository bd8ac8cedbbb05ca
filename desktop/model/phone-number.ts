/**
 * A number in groups that can be read aloud: `+39 055 123 4567`. Country codes are told apart by the rule of E.164's
 * first digits, the rest is only grouped, never guessed into area codes. Internal numbers and words stay as they are.
 */
export function phoneNumberText(number: string): string {
  if (!/^\+?[0-9]{6,}$/.test(number)) return number;
  const [country, rest] = number.startsWith("+") ? split(number.slice(1)) : ["", number];
  return [country && `+${country}`, ...groups(rest)].filter(Boolean).join(" ");
}

/** Country codes of two digits (ITU-T E.164, list of assigned codes); 1 and 7 have one, all others three. */
const TWO_DIGITS = new Set(
  "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98".split(
    " ",
  ),
);

function split(digits: string): [string, string] {
  const length = /^[17]/.test(digits) ? 1 : TWO_DIGITS.has(digits.slice(0, 2)) ? 2 : 3;
  return [digits.slice(0, length), digits.slice(length)];
}

/** Threes, and fours where that leaves no lonely digit at the end. */
function groups(digits: string): string[] {
  const found: string[] = [];
  let rest = digits;
  while (rest.length > 4) {
    found.push(rest.slice(0, 3));
    rest = rest.slice(3);
  }
  return rest === "" ? found : [...found, rest];
}

/** What was typed or clicked, as it is dialled: `+`, digits, `*` and `#`; null where that leaves nothing to dial. */
export function dialable(typed: string): string | null {
  const bare = typed.replace(/[\s().\-/]/g, "");
  return /^\+?[0-9*#]{1,24}$/.test(bare) ? bare : null;
}
