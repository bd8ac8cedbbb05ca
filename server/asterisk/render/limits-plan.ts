import type { CallLimitsConfig, CallRules, OutboundRouteConfig, TelephonyConfig } from "../../telephony-config.ts";
import {
  CALENDAR_CONTEXT,
  calendarName,
  DESTINATIONS_CONTEXT,
  LIMIT_EVENT,
  LIMIT_USER_EVENT,
  LIMITS_CONTEXT,
  OUTSIDE_CONTEXT,
  OUTSIDE_UP_CONTEXT,
  permittedContext,
  RECORDING_CONTEXT,
  REFUSED_CONTEXT,
  RULES_CONTEXT,
  SPENT_FAMILY,
} from "../names.ts";
import { confName, sortedBy } from "./conf.ts";
import { destinationOf, destinationsPlan } from "./destinations-plan.ts";
import { context, goIf, isNotText, isText, OVER, type Step, variable } from "./dial-plan.ts";
import { wallClock } from "./zone-plan.ts";

/**
 * Limits against the abuse of telephones, kept by the dial plan alone, so that they hold while we are away.
 *
 * Whose limits count is who dials, sends a caller on or has them forwarded (`PERCH_WHO`, `PERCH_SEAT`). What is counted
 * is counted on the channel that goes outside: it lasts as long as the call does, to whomever it was handed.
 *
 * ```text
 *  is the kind of destination allowed            to him, and on the route
 *  is it open                                    by his calendar, and the route's
 *  may he use the route                          if it is not for everybody
 *  has he, and has the route, a call to spare    groups of channels
 *  has he minutes to spare today                 a sum in Asterisk's own database; the rest is the call's longest
 * ```
 */
export function limitsPlan(config: TelephonyConfig): string {
  const { limits } = config;
  const calendars = new Set((config.calendars ?? []).map(({ calendarId }) => calendarId));
  if (limits === undefined) return "";
  return [
    context(LIMITS_CONTEXT, asking(limits, calendars)),
    context(RULES_CONTEXT, rulesOf(config, limits, calendars)),
    ...config.outboundRoutes.flatMap(permitted),
    destinationsPlan(limits.numbering),
    context(OUTSIDE_CONTEXT, counting(limits)),
    context(OUTSIDE_UP_CONTEXT, new Map([["s", [`Set(PERCH_UP=${variable("EPOCH")})`, "Return()"]]])),
    context(REFUSED_CONTEXT, new Map([["s", refusing()]])),
  ].join("\n");
}

/** Names of telephones as extensions: Asterisk does not see a dash in one. No username holds a `~`. */
const asExtension = (endpoint: string): string => `t${confName(endpoint).replaceAll("-", "~")}`;
const agentExtension = (agentId: number): string => `a${Math.trunc(agentId)}`;
const routeExtension = (route: OutboundRouteConfig): string => `r${Math.trunc(route.routeId ?? 0)}`;
const ANYBODY = "_[art]!";

/** Goes to `refused` where the call may not be made. `dialled` is the number as the trunk gets it. */
export const askLimits = (route: OutboundRouteConfig, dialled: string): Step[] => [
  `Gosub(${LIMITS_CONTEXT},ask,1(${dialled},${routeExtension(route)}))`,
  goIf(isNotText("GOSUB_RETVAL", ""), "limited"),
];

/**
 * Goes to `limited` where a queue may not ring an agent's line at that number: only the kind of destination counts, so
 * that no customer is cut off by hours and minutes that are meant for who dials. `agent` is a variable's name.
 */
export const askLineLimits = (route: OutboundRouteConfig, dialled: string, agent: string): Step[] => [
  `Gosub(${LIMITS_CONTEXT},line,1(${dialled},${routeExtension(route)},${variable(agent)}))`,
  goIf(isNotText("GOSUB_RETVAL", ""), "limited"),
];

/** What they go to. `first` is done before it is refused. */
export const limitedSteps = (first: readonly string[]): Step[] => [
  { label: "limited", step: `Set(PERCH_WHY=${variable("GOSUB_RETVAL")})` },
  ...first,
  `Goto(${REFUSED_CONTEXT},s,1)`,
];

/**
 * Options of Dial that count the call and end it when its minutes are over. `percent` is recorded, where anything is: as
 * a call of no queue, or of that one.
 */
export function countedOptions(route: OutboundRouteConfig, percent: number | string, queue?: string): string {
  const counted = [
    variable("PERCH_T"),
    variable("PERCH_A"),
    routeExtension(route),
    percent,
    variable("PERCH_RECORDED"),
    ...(queue === undefined ? [] : [queue]),
  ];
  return `${variable("PERCH_LONGEST")}U(${OUTSIDE_UP_CONTEXT})b(${OUTSIDE_CONTEXT}^s^1(${counted.join("^")}))`;
}

const CATEGORIES = { telephone: "perch-t", agent: "perch-a", route: "perch-r" } as const;

const plain = (value: number | null): string => (value === null ? "" : String(Math.trunc(value)));
const kinds = (rules: CallRules): string => `&${(rules.destinations ?? []).join("&")}&`;
const hoursName = (rules: CallRules, calendars: ReadonlySet<number>): string =>
  rules.hours !== null && rules.hours !== "any" && calendars.has(rules.hours.calendarId)
    ? calendarName(rules.hours.calendarId)
    : "";

function asking({ everybody, timeZone }: CallLimitsConfig, calendars: ReadonlySet<number>): Map<string, Step[]> {
  const atOnce = plain(everybody.callsAtOnce);
  const minutes = plain(everybody.minutesPerDay);
  const spare = (name: string, limit: string, category: string): Step[] => [
    goIf(
      `"${variable(name)}" != "" & "${variable(limit)}" != "" & 0${count(name, category)} >= 0${variable(limit)}`,
      "full",
    ),
  ];
  const left = (name: string, limit: string, key: string, after: string): Step[] => [
    goIf(`"${variable(name)}" = "" | "${variable(limit)}" = ""`, after),
    `Set(PERCH_WAS=${variable(`DB(${SPENT_FAMILY}/${key}${variable(name)})`)})`,
    `Set(PERCH_REST=$[${variable(limit)} * 60 - ${spentOn("PERCH_TODAY")}])`,
    goIf(`${variable("PERCH_REST")} <= 0`, "spent"),
    goIf(`"${variable("PERCH_LEFT")}" != "" & 0${variable("PERCH_LEFT")} <= ${variable("PERCH_REST")}`, after),
    `Set(PERCH_LEFT=${variable("PERCH_REST")})`,
  ];
  const kindOf: Step[] = [
    `Gosub(${DESTINATIONS_CONTEXT},${destinationOf("ARG1")},1)`,
    `Set(PERCH_KIND=${variable("GOSUB_RETVAL")})`,
    `Set(PERCH_MAY=${everybody.destinations === null ? "" : kinds(everybody)})`,
  ];
  return new Map<string, Step[]>([
    [
      "line",
      [
        ...kindOf,
        "Set(PERCH_ROUTE_MAY=)",
        `Gosub(${RULES_CONTEXT},a${variable("ARG3")},1)`,
        `Gosub(${RULES_CONTEXT},${variable("ARG2")},1)`,
        ...allowed("PERCH_MAY", "mine"),
        { label: "mine", step: "NoOp()" },
        ...allowed("PERCH_ROUTE_MAY", "yes"),
        { label: "yes", step: "Return()" },
        { label: "no-kind", step: "Return(destination)" },
      ],
    ],
    [
      "ask",
      [
        ...kindOf,
        `Set(PERCH_HOURS=${hoursName(everybody, calendars)})`,
        ...["PERCH_ONCE_T", "PERCH_ONCE_A"].map((name) => `Set(${name}=${atOnce})`),
        ...["PERCH_DAY_T", "PERCH_DAY_A"].map((name) => `Set(${name}=${minutes})`),
        ...["MAY", "HOURS", "ONCE", "FOR"].map((name) => `Set(PERCH_ROUTE_${name}=)`),
        "Set(PERCH_LONGEST=)",
        "Set(PERCH_LEFT=)",
        // A trunk is nobody: who was sent here by an inbound route has the limits of everybody and of the route alone.
        `Set(PERCH_T=${variable(`IF($["${variable("PERCH_WHO:0:6")}" = "trunk~"]?:${variable("REPLACE(PERCH_WHO,-,~)")})`)})`,
        `Set(PERCH_A=${variable("CUT(PERCH_SEAT,|,1)")})`,
        `Gosub(${RULES_CONTEXT},t${variable("PERCH_T")},1)`,
        `Gosub(${RULES_CONTEXT},a${variable("PERCH_A")},1)`,
        `Gosub(${RULES_CONTEXT},${variable("ARG2")},1)`,
        ...allowed("PERCH_MAY", "mine"),
        { label: "mine", step: "NoOp()" },
        ...allowed("PERCH_ROUTE_MAY", "kind"),
        { label: "kind", step: goIf(isText("PERCH_HOURS", ""), "early") },
        `Gosub(${CALENDAR_CONTEXT},${variable("PERCH_HOURS")},1)`,
        goIf(isNotText("GOSUB_RETVAL", "1"), "closed"),
        { label: "early", step: goIf(isText("PERCH_ROUTE_HOURS", ""), "open") },
        `Gosub(${CALENDAR_CONTEXT},${variable("PERCH_ROUTE_HOURS")},1)`,
        goIf(isNotText("GOSUB_RETVAL", "1"), "closed"),
        { label: "open", step: goIf(isText("PERCH_ROUTE_FOR", ""), "may") },
        `Gosub(${variable("PERCH_ROUTE_FOR")},t${variable("PERCH_T")},1)`,
        goIf(isText("GOSUB_RETVAL", "yes"), "may"),
        `Gosub(${variable("PERCH_ROUTE_FOR")},a${variable("PERCH_A")},1)`,
        goIf(isNotText("GOSUB_RETVAL", "yes"), "not-his"),
        { label: "may", step: "NoOp()" },
        ...spare("PERCH_T", "PERCH_ONCE_T", CATEGORIES.telephone),
        ...spare("PERCH_A", "PERCH_ONCE_A", CATEGORIES.agent),
        ...spare("ARG2", "PERCH_ROUTE_ONCE", CATEGORIES.route),
        `Set(PERCH_TODAY=${today(timeZone)})`,
        ...left("PERCH_T", "PERCH_DAY_T", "t", "agent"),
        { label: "agent", step: "NoOp()" },
        ...left("PERCH_A", "PERCH_DAY_A", "a", "reckoned"),
        { label: "reckoned", step: goIf(isText("PERCH_LEFT", ""), "yes") },
        `Set(PERCH_LONGEST=L(${variable("PERCH_LEFT")}000))`,
        { label: "yes", step: "Return()" },
        { label: "no-kind", step: "Return(destination)" },
        { label: "closed", step: "Return(hours)" },
        { label: "not-his", step: "Return(route)" },
        { label: "full", step: "Return(calls)" },
        { label: "spent", step: "Return(minutes)" },
      ],
    ],
  ]);
}

/** Goes to `then` where a list of kinds is empty or holds the one that is called; else to `no-kind`. */
const allowed = (list: string, then: string): Step[] => [
  goIf(isText(list, ""), then),
  goIf(`"${variable(list)}" =~ "&${variable("PERCH_KIND")}&"`, then),
  "Goto(no-kind)",
];

const count = (name: string, category: string): string => variable(`GROUP_COUNT(${variable(name)}@${category})`);

const today = (timeZone: string): string => variable(`STRFTIME(${wallClock(timeZone, variable("EPOCH"))},UTC,%Y%m%d)`);

/** The seconds in `PERCH_WAS`, `day|seconds`, if they are of that day. */
const spentOn = (day: string): string =>
  variable(`IF($["${variable("CUT(PERCH_WAS,|,1)")}" = "${variable(day)}"]?${variable("CUT(PERCH_WAS,|,2)")}:0)`);

function rulesOf(
  { outboundRoutes }: TelephonyConfig,
  { telephones, agents }: CallLimitsConfig,
  calendars: ReadonlySet<number>,
): Map<string, Step[]> {
  const extensions = new Map<string, Step[]>();
  const person = (rules: CallRules, own: "T" | "A"): Step[] => [
    ...(rules.destinations === null ? [] : [`Set(PERCH_MAY=${kinds(rules)})`]),
    ...(rules.hours === null ? [] : [`Set(PERCH_HOURS=${hoursName(rules, calendars)})`]),
    ...(rules.callsAtOnce === null ? [] : [`Set(PERCH_ONCE_${own}=${plain(rules.callsAtOnce)})`]),
    ...(rules.minutesPerDay === null ? [] : [`Set(PERCH_DAY_${own}=${plain(rules.minutesPerDay)})`]),
    "Return()",
  ];
  for (const { endpoint, rules } of sortedBy(telephones, (each) => each.endpoint)) {
    extensions.set(asExtension(endpoint), person(rules, "T"));
  }
  for (const { agentId, rules } of agents) extensions.set(agentExtension(agentId), person(rules, "A"));
  for (const route of outboundRoutes) {
    const { rules = null, permitted: only = null } = route;
    if (rules === null && only === null) continue;
    extensions.set(routeExtension(route), [
      ...(rules === null || rules.destinations === null ? [] : [`Set(PERCH_ROUTE_MAY=${kinds(rules)})`]),
      ...(rules === null || rules.hours === null ? [] : [`Set(PERCH_ROUTE_HOURS=${hoursName(rules, calendars)})`]),
      ...(rules === null || rules.callsAtOnce === null ? [] : [`Set(PERCH_ROUTE_ONCE=${plain(rules.callsAtOnce)})`]),
      ...(only === null ? [] : [`Set(PERCH_ROUTE_FOR=${permittedContext(route.routeId ?? 0)})`]),
      "Return()",
    ]);
  }
  extensions.set(ANYBODY, ["Return()"]);
  return extensions;
}

function permitted(route: OutboundRouteConfig): string[] {
  const { permitted: only = null, routeId = 0 } = route;
  if (only === null) return [];
  const names = [...only.endpoints.map(asExtension), ...only.agentIds.map(agentExtension)];
  return [
    context(
      permittedContext(routeId),
      new Map([
        ...names.map((name): [string, Step[]] => [name, ["Return(yes)"]]),
        [ANYBODY, ["Return(no)"]] as [string, Step[]],
      ]),
    ),
  ];
}

/** On the channel that goes outside: ARG1 the telephone, ARG2 the agent, ARG3 the route, then what recording takes. */
function counting({ timeZone }: CallLimitsConfig): Map<string, Step[]> {
  const group = (argument: string, category: string, after: string): Step[] => [
    goIf(isText(argument, ""), after),
    `Set(GROUP(${category})=${variable(argument)})`,
  ];
  const add = (name: string, key: string, after: string): Step[] => [
    goIf(isText(name, ""), after),
    `Set(PERCH_WAS=${variable(`DB(${SPENT_FAMILY}/${key}${variable(name)})`)})`,
    `Set(DB(${SPENT_FAMILY}/${key}${variable(name)})=${variable("PERCH_TODAY")}|$[${spentOn("PERCH_TODAY")} + ${variable("PERCH_TALKED")}])`,
  ];
  return new Map<string, Step[]>([
    [
      "s",
      [
        ...group("ARG1", CATEGORIES.telephone, "agent"),
        { label: "agent", step: "NoOp()" },
        ...group("ARG2", CATEGORIES.agent, "route"),
        { label: "route", step: `Set(GROUP(${CATEGORIES.route})=${variable("ARG3")})` },
        `Set(PERCH_T=${variable("ARG1")})`,
        `Set(PERCH_A=${variable("ARG2")})`,
        `Set(CHANNEL(hangup_handler_push)=${OUTSIDE_CONTEXT},over,1)`,
        goIf(`0${variable("ARG4")} = 0`, "done"),
        `Gosub(${RECORDING_CONTEXT},s,1(${variable(`IF($[${isText("ARG6", "")}]?out:${variable("ARG6")})`)},${variable("ARG4")},${variable("ARG5")}))`,
        { label: "done", step: "Return()" },
      ],
    ],
    [
      "over",
      [
        goIf(isText("PERCH_UP", ""), "done"),
        `Set(PERCH_TALKED=$[${variable("EPOCH")} - ${variable("PERCH_UP")}])`,
        `Set(PERCH_TODAY=${today(timeZone)})`,
        ...add("PERCH_T", "t", "agent"),
        { label: "agent", step: "NoOp()" },
        ...add("PERCH_A", "a", "done"),
        { label: "done", step: "Return()" },
      ],
    ],
  ]);
}

/** Told by voice, as early media, so that nobody pays for it. 21 is "call rejected" (Q.850). */
function refusing(): Step[] {
  const told = { Why: "PERCH_WHY", Kind: "PERCH_KIND", Telephone: "PERCH_WHO", Agent: "PERCH_A" };
  const fields = Object.entries(told).map(([name, from]) => `${name}: ${variable(from)}`);
  return [
    `CELGenUserEvent(${LIMIT_EVENT},${variable("PERCH_WHY")}|${variable("PERCH_KIND")})`,
    `UserEvent(${LIMIT_USER_EVENT},${fields.join(",")})`,
    "Progress()",
    goIf(isText("PERCH_WHY", "calls"), "full"),
    "Playback(feature-not-avail-line,noanswer)",
    "Goto(over)",
    { label: "full", step: "Playback(simul-call-limit-reached,noanswer)" },
    { label: "over", step: "Set(DIALSTATUS=CONGESTION)" },
    // A consultation goes back, and whom an inbound route sent here goes on; anybody else is done.
    goIf(`"${variable("PERCH_ON")}${variable("PERCH_MORE")}${variable("PERCH_NEXT")}" != ""`, "back"),
    "Hangup(21)",
    { label: "back", step: OVER },
  ];
}
