import type { Numbering } from "../../telephony.ts";
import { DESTINATIONS_CONTEXT } from "../names.ts";
import { confMatching } from "./conf.ts";
import { context, type Step, variable } from "./dial-plan.ts";

const digits = (value: string, what: string): string => confMatching(value, /^[0-9]{1,15}$/, what);

/**
 * What kind of destination a number is, as an answer of a subroutine. A number is asked for as it is dialled with a `d`
 * before it, and becomes that of E.164 with an `e` before it. Asterisk takes the pattern that is said most exactly from
 * the left, which is the longest first digits that fit. A `!` stands for whatever follows, nothing too.
 */
export function destinationsPlan({ countryCode, abroad, national, prefixes }: Numbering): string {
  const extensions = new Map<string, Step[]>();
  const leads = (dialled: string, to: string, drop: number) =>
    extensions.set(`_d${dialled}!`, [`Goto(e${to}${variable(`EXTEN:${drop}`)},1)`]);
  const own = countryCode === "" ? "" : digits(countryCode, "country code");
  leads("+", "", 2);
  leads("", own, 1);
  if (national !== null) leads(digits(national, "national prefix"), own, 1 + national.length);
  for (const each of abroad) leads(digits(each, "international prefix"), "", 1 + each.length);
  extensions.set("_e!", ["Return(international)"]);
  if (own !== "") extensions.set(`_e${own}!`, ["Return(special)"]);
  for (const { prefix, is } of prefixes) extensions.set(`_e${digits(prefix, "prefix")}!`, [`Return(${is})`]);
  return context(DESTINATIONS_CONTEXT, extensions);
}
