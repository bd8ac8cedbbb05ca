import { OVER_CONTEXT } from "../names.ts";
import { confValue, sortedBy } from "./conf.ts";

/** Steps of an extension; a step may carry a label, to be jumped to. */
export type Step = string | { label: string; step: string };

/** Whatever can be dialled and nothing better matches. Not `_.`, which would also take Asterisk's own `h`, `t`, `i`. */
export const ANY_NUMBER = "_[0-9*#+]!";

export const variable = (name: string): string => `\${${name}}`;

/** Whether a condition of an expression holds: `$[…]`. */
export const goIf = (condition: string, label: string): string => `GotoIf($[${condition}]?${label})`;

/** Whether a variable, or a function's answer, is that text. Nothing with a quotation mark in it may stand in either. */
export const isText = (name: string, text: string): string => `"${variable(name)}" = "${text}"`;
export const isNotText = (name: string, text: string): string => `"${variable(name)}" != "${text}"`;

/** How long another telephone or a number outside rings when it is dialled: a minute, or what a dialogue says. */
export const RING_SECONDS = variable(`IF($[${isText("PERCH_RING", "")}]?60:${variable("PERCH_RING")})`);

const whenDial = (status: string, cause: string, otherwise: string): string =>
  variable(`IF($[${isText("DIALSTATUS", status)}]?${cause}:${otherwise})`);

/** An unanswered Dial as a cause (Q.850): 17 busy, 20 not there, 34 no way through, else 19 no answer. */
export const CAUSE = whenDial("BUSY", "17", whenDial("CHANUNAVAIL", "20", whenDial("CONGESTION", "34", "19")));

/**
 * The last step of whatever was dialled: the call is over, or a consultation is, and who asked for it goes back; or
 * whom an inbound route led here was not taken, and goes on to the route's next action.
 */
export const OVER = `Goto(${OVER_CONTEXT},s,1)`;
/** More options of what is dialled: a consultation, or a dialogue, goes on when the other hangs up. */
export const DIAL_ON = `${variable("PERCH_ON")}${variable("PERCH_MORE")}`;
/** And a telephone that dials may press the codes of a transfer (`T`). */
export const DIAL_MORE = `${DIAL_ON}${variable("PERCH_KEYS")}`;
/** A telephone that is called may press them. Nobody outside ever may: he could call at the expense of the house. */
export const CALLED_KEYS = "t";

/** What the telephone that runs this shows when it calls. */
export const OWN_CALLER_ID = variable(`PJSIP_ENDPOINT(${variable("CHANNEL(endpoint)")},callerid)`);

/** A context with its extensions in a fixed order; what is in none of them is looked for in those it includes. */
export function context(
  name: string,
  extensions: ReadonlyMap<string, readonly Step[]>,
  includes: readonly string[] = [],
): string {
  let text = `[${name}]\n${includes.map((each) => `include => ${each}\n`).join("")}`;
  for (const [extension, steps] of sortedBy([...extensions], ([key]) => key)) {
    steps.forEach((each, index) => {
      const { label, step } = typeof each === "string" ? { label: null, step: each } : each;
      const value = confValue(step);
      const mark = label === null ? "" : `(${label})`;
      text += index === 0 ? `exten => ${extension},1${mark},${value}\n` : ` same => n${mark},${value}\n`;
    });
  }
  return text;
}
