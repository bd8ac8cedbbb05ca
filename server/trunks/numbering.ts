import metadata from "libphonenumber-js/max/metadata";
import type { DestinationClass } from "../../contract/views.ts";
import type { Numbering } from "../telephony-config.ts";
import { type DigitPattern, digitPattern, either, NOTHING, wordsOf } from "./digit-pattern.ts";

/**
 * The kinds of numbers that libphonenumber tells apart, in its order, by what they cost: what belongs to nobody's
 * place or mobile and is charged above it counts as premium. Where first digits may lead to several, the dearest counts.
 */
const KINDS: readonly (DestinationClass | null)[] = [
  "national", // of a place
  "mobile",
  "national", // free
  "premium",
  "premium", // personal
  null, // of a mailbox: written like a mobile's, and longer
  "national", // of a company
  "premium", // of a pager
  "national", // over the net
  "national", // shared cost
];
/** As far as one looks to tell them apart: the digits after the country's code; less far where that makes too many. */
const DEEPEST = [5, 4, 3] as const;
const MOST_KINDS = 1500;
/** More than any country writes. */
const MOST_PREFIXES = 60;

/**
 * Satellites and international premium numbers: no country's, and dear from everywhere (ITU-T E.164, list of country
 * codes: 870 Inmarsat, 881 mobile satellite, 882 and 883 networks, 979 premium rate; 878 personal).
 */
const DEAR_CODES = ["870", "878", "881", "882", "883", "979"] as const;
/** Of these codes other countries have their part: dialled alike, and billed as what they are. */
const SHARED_CODES = new Set(["1", "7"]);

/** Of any number of the world (ITU-T E.164). */
const LONGEST = 15;

const known = new Map<string, Numbering>();

/** The numbering of a country (ISO 3166-1, two letters); of one that is not known, the plain one of E.164. */
export function numberingOf(country: string): Numbering {
  const already = known.get(country);
  if (already !== undefined) return already;
  const found = read(country);
  known.set(country, found);
  return found;
}

function read(country: string): Numbering {
  const dear = DEAR_CODES.map((prefix) => ({ prefix, is: "premium" as const }));
  const plan = planOf(country);
  if (plan === null) return { countryCode: "", abroad: ["00"], national: null, longest: LONGEST, prefixes: dear };
  const own = new Map<DestinationClass, DigitPattern>();
  const add = (is: DestinationClass, pattern: DigitPattern) => own.set(is, either([own.get(is) ?? NOTHING, pattern]));
  plan.kinds.forEach((pattern, index) => {
    const is = KINDS[index] ?? null;
    if (is !== null && pattern !== null) add(is, digitPattern(pattern));
  });
  if (SHARED_CODES.has(plan.code)) {
    for (const other of Object.keys(metadata.countries)) {
      const theirs = other === country ? null : planOf(other);
      if (theirs?.code !== plan.code) continue;
      // Only their places and mobiles: what is free or dear there is written alike in all of them.
      for (const pattern of theirs.kinds.slice(0, 2)) {
        if (pattern !== null) add("international", digitPattern(pattern));
      }
    }
  }
  let found = new Map<string, DestinationClass>();
  for (const deepest of DEEPEST) {
    found = told(own, deepest);
    if (found.size <= MOST_KINDS) break;
  }
  const prefixes = [...found].map(([digits, is]) => ({ prefix: `${plan.code}${digits}`, is }));
  return {
    countryCode: plan.code,
    abroad: wordsOf(digitPattern(plan.abroad), MOST_PREFIXES),
    national: plan.national,
    longest: plan.longest,
    prefixes: [...dear, ...prefixes],
  };
}

const DEAREST: readonly DestinationClass[] = ["premium", "international", "mobile", "national"];

/**
 * So many digits have to say that a number is dear: short numbers of services begin alike, and help stands among them.
 */
const DEAR_DIGITS = 3;

/** The shortest first digits that tell what they lead to. */
function told(classes: ReadonlyMap<DestinationClass, DigitPattern>, deepest: number): Map<string, DestinationClass> {
  const walk = (digits: string, left: ReadonlyMap<DestinationClass, DigitPattern>): Map<string, DestinationClass> => {
    // Written alike for places and mobiles, as in North America: places.
    const alike = left.get("national")?.key === left.get("mobile")?.key;
    const live = DEAREST.filter((is) => left.has(is) && !(alike && is === "mobile"));
    const [dearest] = live;
    if (dearest === undefined) return new Map();
    const least = dearest === "premium" ? DEAR_DIGITS : 1;
    if (digits.length >= deepest || (digits.length >= least && live.length === 1)) return new Map([[digits, dearest]]);
    const found = new Map<string, DestinationClass>();
    for (let digit = 0; digit <= 9; digit += 1) {
      const next = new Map<DestinationClass, DigitPattern>();
      for (const [is, pattern] of left) {
        const rest = pattern.after(digit);
        if (rest !== NOTHING) next.set(is, rest);
      }
      for (const [longer, is] of walk(`${digits}${digit}`, next)) found.set(longer, is);
    }
    const kinds = [...new Set(found.values())];
    const [only] = kinds;
    return digits !== "" && kinds.length === 1 && only !== undefined && only !== "premium"
      ? new Map([[digits, only]])
      : found;
  };
  return walk("", classes);
}

interface Plan {
  code: string;
  abroad: string;
  national: string | null;
  longest: number;
  kinds: (string | null)[];
}

/** Where these stand in libphonenumber's table of a country. */
const AT = { code: 0, abroad: 1, lengths: 3, national: 5, kinds: 11 } as const;

function planOf(country: string): Plan | null {
  const row: unknown = Object.entries(metadata.countries).find(([code]) => code === country)?.[1];
  if (!Array.isArray(row)) return null;
  const cells: readonly unknown[] = row;
  const text = (at: number): string | null => {
    const cell = cells[at];
    return typeof cell === "string" && cell !== "" ? cell : null;
  };
  const kinds = cells[AT.kinds];
  const lengths: unknown = cells[AT.lengths];
  return {
    code: text(AT.code) ?? "",
    abroad: text(AT.abroad) ?? "00",
    national: text(AT.national),
    longest: Array.isArray(lengths) ? Math.max(...lengths.map(Number)) : LONGEST,
    kinds: (Array.isArray(kinds) ? kinds : []).map((kind: unknown) =>
      Array.isArray(kind) && typeof kind[0] === "string" ? kind[0] : null,
    ),
  };
}
