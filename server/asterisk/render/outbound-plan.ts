import { takesPattern } from "../../../contract/dial-pattern.ts";
import type { OutboundRouteConfig } from "../../telephony.ts";
import { ROUTE_EVENT, trunkEndpoint } from "../names.ts";
import { confMatching, plainWords } from "./conf.ts";
import { DIAL_MORE, goIf, isNotText, isText, OVER, RING_SECONDS, type Step, variable } from "./dial-plan.ts";
import { recordsCallee } from "./recording-plan.ts";
import { seatField, WHO_DIALS } from "./seat-plan.ts";

/**
 * The dot of a pattern takes any character, and `&`, `,` or `@` would be Dial's own: other telephones would ring, with
 * options of the dialler's choice. Lengths are compared because a quotation mark would end an expression's text.
 * 28 is "invalid number format" (Q.850). (Asterisk's README-SERIOUSLY.bestpractices.)
 */
const ONLY_A_NUMBER: Step[] = [
  goIf(
    `${variable(`LEN(${variable("EXTEN")})`)} = ${variable(`LEN(${variable(`FILTER(0-9*#+,${variable("EXTEN")})`)})`)}`,
    "3",
  ),
  "Hangup(28)",
];

/** Told by voice, as early media, so that nobody pays for it. 21 is "call rejected" (Q.850). */
const NOT_FROM_HERE: Step[] = [
  { label: "idle", step: "Progress()" },
  "Playback(feature-not-avail-line,noanswer)",
  "Hangup(21)",
];

/**
 * A number outside, along its route. `limited`: not from a shared telephone where nobody sits. A caller to whom an
 * agent's number was passed on gets through to the number that the agent's account says, and to no other: whoever
 * answers there could send him on.
 */
export function outboundSteps(route: OutboundRouteConfig, limited: boolean): Step[] {
  const idle = `${isText("PERCH_IDLE", "yes")} & ${isNotText("PERCH_AWAY", variable("EXTEN"))}`;
  return [
    ...(route.pattern.endsWith(".") ? ONLY_A_NUMBER : []),
    WHO_DIALS,
    ...(limited ? [goIf(idle, "idle")] : []),
    ...alongRoute(route, route.stripDigits, [RING_SECONDS, `${DIAL_MORE}${recordsCallee(route.recordPercent ?? 0)}`]),
    ...(limited ? NOT_FROM_HERE : []),
  ];
}

/**
 * The call itself: under the agent's number where he has one, else the route's, and without anybody's name.
 * `dialArguments` are Dial's after what is dialled: for how long it rings, and options. Ends at `OVER`.
 */
export function alongRoute(
  route: OutboundRouteConfig,
  stripDigits: number,
  [seconds, options]: readonly [seconds: string, options: string],
): Step[] {
  const trunk = trunkEndpoint(route.trunkId);
  const dialled = variable(stripDigits > 0 ? `EXTEN:${Math.trunc(stripDigits)}` : "EXTEN");
  const shown =
    route.callerId === null ? variable("CALLERID(num)") : confMatching(route.callerId, /^\+?[0-9]{1,20}$/, "caller id");
  const number = variable(`IF($[${isText("PERCH_SHOWN", "")}]?${shown}:${variable("PERCH_SHOWN")})`);
  return [
    `CELGenUserEvent(${ROUTE_EVENT},${trunk}|${plainWords(route.prefix ?? "")})`,
    `Set(PERCH_SHOWN=${variable(seatField("callerId"))})`,
    `Set(CALLERID(all)=<${number}>)`,
    `Dial(PJSIP/${dialled}@${trunk},${seconds},${options})`,
    OVER,
  ];
}

/**
 * Emergency numbers, dialled as they are or behind a route's digits for a line. From any telephone, along the first
 * route that takes them, or the first there is, for as long as it rings. Without a route there is no way out.
 */
export function emergencyExtensions(
  numbers: readonly string[],
  routes: readonly OutboundRouteConfig[],
): Map<string, Step[]> {
  const extensions = new Map<string, Step[]>();
  for (const each of numbers) {
    const number = confMatching(each, /^[0-9]{2,8}$/, "emergency number");
    const [first] = routes;
    if (first === undefined) continue;
    const taking = routes.find(({ pattern }) => takesPattern(pattern, number));
    extensions.set(number, [WHO_DIALS, ...alongRoute(taking ?? first, taking?.stripDigits ?? 0, ["", DIAL_MORE])]);
    for (const route of routes) {
      const line = /^[0-9]+/.exec(route.pattern)?.[0].slice(0, route.stripDigits) ?? "";
      const dialled = `${line}${number}`;
      if (line === "" || line.length !== route.stripDigits || !takesPattern(route.pattern, dialled)) continue;
      if (!extensions.has(dialled))
        extensions.set(dialled, [WHO_DIALS, ...alongRoute(route, route.stripDigits, ["", DIAL_MORE])]);
    }
  }
  return extensions;
}
