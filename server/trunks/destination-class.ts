import type { DestinationClass } from "../../contract/views.ts";
import type { Numbering } from "../telephony-config.ts";

/** Services that no plan of numbers knows have short numbers: 112, 1254, 118500. */
const LONGEST_SPECIAL = 6;

/**
 * What kind of destination a number is, as the trunk gets it: what the dial plan's limits say of it too
 * (render/destinations-plan.ts). Of all first digits that fit the longest count; what nobody can say where it leads is
 * the dearest there is. Pure.
 */
export function destinationClass(number: string, numbering: Numbering): DestinationClass {
  const { countryCode: own, abroad, national, longest, prefixes } = numbering;
  if (!/^\+?[0-9]+$/.test(number)) return "premium";
  const leads = [...abroad, "+"].map((lead) => ({ lead, home: false }));
  const homes = [...(national === null ? [] : [national]), ""].map((lead) => ({ lead, home: true }));
  const { lead, home } = longestOf([...homes, ...leads], number, (each) => each.lead);
  const rest = number.slice(lead.length);
  if (home && rest.length > longest) return "premium";
  const whole = home ? `${own}${rest}` : rest;
  const known = longestOf([{ prefix: "", is: null }, ...prefixes], whole, (each) => each.prefix);
  if (known.is !== null) return known.is;
  if (own !== "" && whole.startsWith("0")) return "premium";
  if (own === "" || !whole.startsWith(own)) return "international";
  return whole.length - own.length > LONGEST_SPECIAL ? "premium" : "special";
}

/** Of those that the text begins with, the one that says most; there is one that says nothing. */
function longestOf<One>(all: readonly One[], text: string, saying: (one: One) => string): One {
  return all
    .filter((one) => text.startsWith(saying(one)))
    .reduce((best, one) => (saying(one).length > saying(best).length ? one : best));
}
