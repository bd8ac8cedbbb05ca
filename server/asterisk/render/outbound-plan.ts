import { takesPattern } from "../../../contract/dial-pattern.ts";
import type { OutboundRouteConfig } from "../../telephony-config.ts";
import { ROUTE_EVENT, trunkEndpoint } from "../names.ts";
import { confMatching, plainWords } from "./conf.ts";
import { DIAL_MORE, DIAL_ON, goIf, isNotText, isText, OVER, RING_SECONDS, type Step, variable } from "./dial-plan.ts";
import { askLimits, countedOptions, limitedSteps } from "./limits-plan.ts";
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

/** What holds for whoever dials. */
export interface Calling {
  /** Not from a shared telephone where nobody sits. */
  idleRefused: boolean;
  /** The limits against abuse are asked, and the call counted. */
  counted: boolean;
}

/**
 * A number outside, along its route. A caller to whom an agent's number was passed on gets through to the number that
 * the agent's account says, and to no other, from an idle telephone: whoever answers there could send him on.
 */
export function outboundSteps(route: OutboundRouteConfig, { idleRefused, counted }: Calling): Step[] {
  const idle = `${isText("PERCH_IDLE", "yes")} & ${isNotText("PERCH_AWAY", variable("EXTEN"))}`;
  const percent = route.recordPercent ?? 0;
  return [
    ...(route.pattern.endsWith(".") ? ONLY_A_NUMBER : []),
    WHO_DIALS,
    ...(idleRefused ? [goIf(idle, "idle")] : []),
    ...(counted ? askLimits(route, dialled(route.stripDigits)) : []),
    ...alongRoute(route, route.stripDigits, [
      RING_SECONDS,
      `${DIAL_MORE}${counted ? countedOptions(route, percent) : recordsCallee(percent)}`,
    ]),
    // For the row: it was a call outside, by this route.
    ...(counted ? limitedSteps([routed(route, trunkEndpoint(route.trunkId))]) : []),
    ...(idleRefused ? NOT_FROM_HERE : []),
  ];
}

/** What the trunk gets of the extension. */
export const dialled = (stripDigits: number): string =>
  variable(stripDigits > 0 ? `EXTEN:${Math.trunc(stripDigits)}` : "EXTEN");

/**
 * The call itself, without limits: of the extension's number, under the caller's number where he has one, else the
 * route's, and without anybody's name. A trunk that cannot take it gives way to the next; one behind which somebody is
 * busy, does not answer or does not exist does not. `dialArguments` are Dial's after what is dialled: for how long it
 * rings, and options. Ends at `OVER`, with `DIALSTATUS`.
 */
export function alongRoute(
  route: OutboundRouteConfig,
  stripDigits: number,
  [seconds, options]: readonly [seconds: string, options: string],
): Step[] {
  const shown =
    route.callerId === null ? variable("CALLERID(num)") : confMatching(route.callerId, /^\+?[0-9]{1,20}$/, "caller id");
  const number = variable(`IF($[${isText("PERCH_SHOWN", "")}]?${shown}:${variable("PERCH_SHOWN")})`);
  const [first, ...backups] = [route.trunkId, ...(route.backupTrunkIds ?? [])].map(trunkEndpoint);
  const dial = (trunk: string) => `Dial(PJSIP/${dialled(stripDigits)}@${trunk},${seconds},${options})`;
  if (first === undefined) return [];
  return [
    routed(route, first),
    `Set(PERCH_SHOWN=${variable(seatField("callerId"))})`,
    `Set(CALLERID(all)=<${number}>)`,
    dial(first),
    ...backups.flatMap((trunk) => [goIf(TAKEN, "over"), routed(route, trunk), dial(trunk)]),
    backups.length === 0 ? OVER : { label: "over", step: OVER },
  ];
}

const routed = (route: OutboundRouteConfig, trunk: string): string =>
  `CELGenUserEvent(${ROUTE_EVENT},${trunk}|${plainWords(route.prefix ?? "")})`;

/** The trunk did take it, or would not anywhere: 1 is "unallocated number" (Q.850). */
const TAKEN = `(${isNotText("DIALSTATUS", "CHANUNAVAIL")} & ${isNotText("DIALSTATUS", "CONGESTION")}) | ${isText("HANGUPCAUSE", "1")}`;

/** For as long as it rings, and counted by nobody. */
const HELP = ["", DIAL_ON] as const;

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
    extensions.set(number, [WHO_DIALS, ...alongRoute(taking ?? first, taking?.stripDigits ?? 0, HELP)]);
    for (const route of routes) {
      const line = /^[0-9]+/.exec(route.pattern)?.[0].slice(0, route.stripDigits) ?? "";
      const behind = `${line}${number}`;
      if (line === "" || line.length !== route.stripDigits || !takesPattern(route.pattern, behind)) continue;
      if (!extensions.has(behind)) extensions.set(behind, [WHO_DIALS, ...alongRoute(route, route.stripDigits, HELP)]);
    }
  }
  return extensions;
}
