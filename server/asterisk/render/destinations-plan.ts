import type { Numbering } from "../../telephony-config.ts";
import { DESTINATIONS_CONTEXT } from "../names.ts";
import { confMatching } from "./conf.ts";
import { context, goIf, type Step, variable } from "./dial-plan.ts";

const digits = (value: string, what: string): string => confMatching(value, /^[0-9]{1,15}$/, what);

/** Services that no plan of numbers knows have short numbers: 112, 1254, 118500. */
const LONGEST_SPECIAL = 6;
/** What is more than a number: nobody can say where it leads, so it counts as the dearest there is. */
const UNTOLD = "x";

const len = (of: string): string => variable(`LEN(${of})`);

/**
 * The extension by which the kind of a number is asked for, `number` being a variable's name. A code before a number
 * makes another number of it at the carrier's: `#31#`, `*67` and the like.
 */
export function destinationOf(number: string): string {
  const all = `FILTER(0-9+,${variable(number)})`;
  const behind = variable(`${number}:1`);
  const isNumber = [
    `${len(variable(all))} = ${len(variable(number))}`,
    `${len(variable(`FILTER(0-9,${behind})`))} = ${len(behind)}`,
  ];
  return variable(`IF($[${isNumber.join(" & ")}]?d${variable(all)}:${UNTOLD})`);
}

/**
 * What kind of destination a number is, as an answer of a subroutine. A number is asked for as it is dialled with a `d`
 * before it, and becomes that of E.164 with an `e` before it. Asterisk takes the pattern that is said most exactly from
 * the left, which is the longest first digits that fit. A `!` stands for whatever follows, nothing too.
 *
 * Carriers take codes of digits before a number as well: whom else to call through (`01019`, `1010288`), whether to show
 * who calls (`141`). So what is longer than a number of the country, and what no plan knows and is not short, is told of
 * nobody either.
 */
export function destinationsPlan({ countryCode, abroad, national, longest, prefixes }: Numbering): string {
  const extensions = new Map<string, Step[]>();
  const leads = (dialled: string, to: string, drop: number) =>
    extensions.set(`_d${dialled}!`, [`Goto(e${to}${variable(`EXTEN:${drop}`)},1)`]);
  const own = countryCode === "" ? "" : digits(countryCode, "country code");
  const leadsHome = (dialled: string) =>
    extensions.set(`_d${dialled}!`, [
      goIf(`${len(variable("EXTEN"))} > ${1 + dialled.length + Math.trunc(longest)}`, "untold"),
      `Goto(e${own}${variable(`EXTEN:${1 + dialled.length}`)},1)`,
      { label: "untold", step: `Goto(${UNTOLD},1)` },
    ]);
  leads("+", "", 2);
  leadsHome("");
  if (national !== null) leadsHome(digits(national, "national prefix"));
  for (const each of abroad) leads(digits(each, "international prefix"), "", 1 + each.length);
  extensions.set("_e!", ["Return(international)"]);
  extensions.set(UNTOLD, ["Return(premium)"]);
  if (own !== "") {
    // No country's code begins with it, so it is no number yet.
    extensions.set("_e0!", ["Return(premium)"]);
    extensions.set(`_e${own}!`, [
      goIf(`${len(variable("EXTEN"))} > ${1 + own.length + LONGEST_SPECIAL}`, "untold"),
      "Return(special)",
      { label: "untold", step: "Return(premium)" },
    ]);
  }
  for (const { prefix, is } of prefixes) extensions.set(`_e${digits(prefix, "prefix")}!`, [`Return(${is})`]);
  return context(DESTINATIONS_CONTEXT, extensions);
}
