import type { InboundRouteConfig, OutboundRouteConfig, TelephonyConfig } from "../../telephony.ts";
import {
  CLICK_TO_DIAL_CONTEXT,
  CLICK_TO_DIAL_EVENT,
  INBOUND_CONTEXT,
  QUEUE_OUTCOME_EVENT,
  queueName,
  ROUTE_EVENT,
  TELEPHONES_CONTEXT,
  telephoneInterface,
  trunkEndpoint,
} from "../names.ts";
import { type ConfigFile, confFile, confMatching, confName, confValue, plainWords, sortedBy } from "./conf.ts";

/** How long another telephone or a number outside rings when it is dialled. */
const RING_SECONDS = 60;

/** Whatever can be dialled and nothing better matches. Not `_.`, which would also take Asterisk's own `h`, `t`, `i`. */
const ANY_NUMBER = "_[0-9*#+]!";

const variable = (name: string): string => `\${${name}}`;
const whenDial = (status: string, cause: string, otherwise: string): string =>
  variable(`IF($["${variable("DIALSTATUS")}"="${status}"]?${cause}:${otherwise})`);

/** An unanswered Dial as a cause (Q.850): 17 busy, 20 not there, 34 no way through, else 19 no answer. */
const CAUSE = whenDial("BUSY", "17", whenDial("CHANUNAVAIL", "20", whenDial("CONGESTION", "34", "19")));

/** The dial plan: what telephones may dial, and where calls from trunks go. */
export function renderExtensions(config: TelephonyConfig): ConfigFile {
  const telephones = new Map<string, string[]>();
  for (const { internal, endpoint } of sortedBy(config.telephones, (each) => each.endpoint)) {
    if (internal === null) continue;
    const number = confMatching(internal, /^[0-9]{2,8}$/, "internal number");
    telephones.set(number, [`Dial(${telephoneInterface(confName(endpoint))},${RING_SECONDS})`, `Hangup(${CAUSE})`]);
  }
  for (const route of sortedBy(config.outboundRoutes, (each) => each.pattern)) {
    const pattern = `_${confMatching(route.pattern, /^\+?[0-9XZN]+\.?$/, "pattern")}`;
    if (!telephones.has(pattern)) telephones.set(pattern, outbound(route));
  }
  // Everything else: told by voice, as early media, so that nobody pays for it; and a row in the reports.
  telephones.set(ANY_NUMBER, ["Progress()", "Playback(ss-noservice,noanswer)", "Hangup(1)"]);

  const inbound = new Map<string, string[]>();
  const maxWaits = new Map(config.queues.map((queue) => [queue.queueId, queue.maxWaitSeconds]));
  const routes = sortedBy(config.inboundRoutes, (each) => each.number);
  for (const route of routes) {
    inbound.set(confMatching(route.number, /^\+?[0-9]{1,20}$/, "number"), answerIn(route, maxWaits));
  }
  for (const route of routes) {
    // Carriers write the same number with and without its plus.
    const bare = route.number.replace("+", "");
    if (!inbound.has(bare)) inbound.set(bare, answerIn(route, maxWaits));
  }
  inbound.set(ANY_NUMBER, ["Hangup(1)"]);
  return confFile("extensions.conf", [
    "[general]\nstatic = yes\nwriteprotect = yes\nautofallthrough = yes\n",
    context(TELEPHONES_CONTEXT, telephones),
    context(INBOUND_CONTEXT, inbound),
    context(CLICK_TO_DIAL_CONTEXT, clickToDial()),
  ]);
}

/**
 * The dot of a pattern takes any character, and `&`, `,` or `@` would be Dial's own: other telephones would ring, with
 * options of the dialler's choice. Lengths are compared because a quotation mark would end an expression's text.
 * 28 is "invalid number format" (Q.850). (Asterisk's README-SERIOUSLY.bestpractices.)
 */
const ONLY_A_NUMBER = [
  `GotoIf($[${variable(`LEN(${variable("EXTEN")})`)} = ${variable(`LEN(${variable(`FILTER(0-9*#+,${variable("EXTEN")})`)})`)}]?3)`,
  "Hangup(28)",
];

function outbound(route: OutboundRouteConfig): string[] {
  const trunk = trunkEndpoint(route.trunkId);
  const steps = route.pattern.endsWith(".") ? [...ONLY_A_NUMBER] : [];
  steps.push(`CELGenUserEvent(${ROUTE_EVENT},${trunk}|${plainWords(route.prefix ?? "")})`);
  if (route.callerId !== null) {
    steps.push(`Set(CALLERID(all)=<${confMatching(route.callerId, /^\+?[0-9]{1,20}$/, "caller id")}>)`);
  }
  const dialled = variable(route.stripDigits > 0 ? `EXTEN:${Math.trunc(route.stripDigits)}` : "EXTEN");
  steps.push(`Dial(PJSIP/${dialled}@${trunk},${RING_SECONDS})`, `Hangup(${CAUSE})`);
  return steps;
}

/** Queue after queue. What comes after a Queue runs only where no agent took the caller and he still waits. */
function answerIn(route: InboundRouteConfig, maxWaits: ReadonlyMap<number, number>): string[] {
  return [
    // At once: it would else wait half a second for the caller's voice.
    "Answer(0,i)",
    ...route.queueIds.flatMap((id) => {
      const maxWaitSeconds = maxWaits.get(id);
      if (maxWaitSeconds === undefined) return []; // the queue is gone: the next one has its turn
      const name = queueName(id);
      return [
        `Queue(${name},,,,${Math.trunc(maxWaitSeconds)})`,
        `CELGenUserEvent(${QUEUE_OUTCOME_EVENT},${name}|${variable("QUEUESTATUS")})`,
      ];
    }),
    "Hangup(19)",
  ];
}

/**
 * A telephone that was rung showed the number it is about to dial as its caller. From here on it is the caller, under
 * its own name.
 */
function clickToDial(): Map<string, string[]> {
  const ownCallerId = variable(`PJSIP_ENDPOINT(${variable("CHANNEL(endpoint)")},callerid)`);
  return new Map([
    [
      ANY_NUMBER,
      [
        `CELGenUserEvent(${CLICK_TO_DIAL_EVENT},${variable("EXTEN")})`,
        `Set(CALLERID(all)=${ownCallerId})`,
        `Goto(${TELEPHONES_CONTEXT},${variable("EXTEN")},1)`,
      ],
    ],
  ]);
}

function context(name: string, extensions: Map<string, string[]>): string {
  let text = `[${name}]\n`;
  for (const [extension, steps] of sortedBy([...extensions], ([key]) => key)) {
    steps.forEach((step, index) => {
      text += index === 0 ? `exten => ${extension},1,${confValue(step)}\n` : ` same => n,${confValue(step)}\n`;
    });
  }
  return text;
}
