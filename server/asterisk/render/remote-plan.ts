import { remoteEndpoint } from "../../telephony.ts";
import type { OutboundRouteConfig, RemoteLineConfig, TelephonyConfig } from "../../telephony-config.ts";
import {
  CALLER_SOUND_VARIABLE,
  DISPOSE_DIALOGUE,
  QUEUE_SOUND_VARIABLE,
  REMOTE_ACCEPT_CONTEXT,
  REMOTE_AFTER_CONTEXT,
  REMOTE_CALLBACK_CONTEXT,
  REMOTE_CALLBACK_DIALOGUE,
  REMOTE_CONTEXT,
  REMOTE_EVENT,
  REMOTE_MARK_CONTEXT,
  REMOTE_OVER_CONTEXT,
  REMOTE_WAYS_CONTEXT,
  remoteDevice,
  SEATS_FAMILY,
} from "../names.ts";
import { confMatching, sortedBy } from "./conf.ts";
import { context, goIf, isNotText, isText, RING_SECONDS, type Step, variable } from "./dial-plan.ts";
import type { AsteriskInstance } from "./instance.ts";
import { askLineLimits, limitedSteps } from "./limits-plan.ts";
import { alongRoute, dialled, emergencyExtensions } from "./outbound-plan.ts";
import { seatField } from "./seat-plan.ts";
import { ledByVoice, voiceSecret } from "./voice-plan.ts";

/** One category of Asterisk's counting of channels, a group for each agent. */
const GROUP = "perch-remote";
/** Asked so often at most, whatever else ends it; a queue or a caller gives up long before. */
const MOST_ROUNDS = 30;
const WAIT_SECONDS = 2;
const LONGEST_CALLBACK_SECONDS = 120;
const LONGEST_ASKING_SECONDS = 180;
/** Read takes 0 for its own idea of a time. */
const AT_ONCE_SECONDS = 0.01;

/** Incoming call from … To take this call press 1, to send it away press 2. In every language of the house. */
const FROM = "followme/call-from";
const UNKNOWN = "followme/no-recording";
const OPTIONS = "followme/options";
/** Somebody else was faster, or the caller has gone. */
const TOO_LATE = "vm-goodbye";

/**
 * The line of an agent who is reached by a number outside. A queue rings `Local/<id>@perch-remote/n`: its half `;1` is
 * the agent's telephone for the queue, the journal and us; its half `;2` runs this, and dials the number.
 *
 * ```text
 *  queue ── ;1 ═ ;2 ── Dial ── trunk ── mobile: picks up ── asked ── 1 ──▶ ;2 is answered, ;1 is, the queue joins
 *                                          │                  ├── 2 ────▶ busy: the queue goes on
 *                                          │                  └── no key, no word: until the queue stops ringing
 *                                          └── a mailbox picks up: it is asked, and presses nothing
 * ```
 * Dial answers `;2` when it joins it, and not before the one who picked up has pressed 1; so the caller hears the
 * queue's music until then, and nothing of whoever picked up.
 */
export function remotePlan({ voice }: AsteriskInstance, config: TelephonyConfig): string {
  const { remoteLines, outboundRoutes, limits } = config;
  if (remoteLines.length === 0) return "";
  const lines = sortedBy(remoteLines, ({ agentId }) => String(agentId));
  const asksAfter = config.queues.some(({ disposesByPhone = false }) => disposesByPhone);
  return [
    context(
      REMOTE_CONTEXT,
      new Map(lines.map((line): [string, Step[]] => [String(Math.trunc(line.agentId)), lineSteps(line, asksAfter)])),
    ),
    waysPlan(outboundRoutes, limits !== undefined, config.calling.emergencyNumbers),
    context(REMOTE_ACCEPT_CONTEXT, new Map([["s", ASKED]])),
    context(REMOTE_MARK_CONTEXT, new Map([["s", MARKED]])),
    context(REMOTE_OVER_CONTEXT, new Map([["s", FREE_AGAIN]])),
    context(REMOTE_CALLBACK_CONTEXT, new Map([["s", calledBack(voice)]])),
    context(REMOTE_AFTER_CONTEXT, new Map([["_X!", askedAfter(voice)]])),
  ].join("\n");
}

function lineSteps({ agentId, number, acceptByKey, language }: RemoteLineConfig, asksAfter: boolean): Step[] {
  const stored = number === null ? "" : confMatching(number, /^\+?[0-9]{1,20}$/, "number to ring");
  const seat = `DB(${SEATS_FAMILY}/${remoteEndpoint(Math.trunc(agentId))})`;
  return [
    `Set(CHANNEL(hangup_handler_push)=${REMOTE_OVER_CONTEXT},s,1)`,
    // Two underscores: whoever is dialled from here has it too.
    `Set(__PERCH_REMOTE=${Math.trunc(agentId)})`,
    `Set(GROUP(${GROUP})=${Math.trunc(agentId)})`,
    `Set(DEVICE_STATE(${remoteDevice(Math.trunc(agentId))})=INUSE)`,
    // The half that rings: it is gone when nobody waits for an answer any more.
    `Set(__PERCH_LEG=${variable("CHANNEL(name):0:-1")}1)`,
    `Set(__PERCH_VOICE=${language})`,
    // When the half that dials hangs up, whom it dialled goes on there.
    ...(asksAfter ? [`Set(PERCH_AFTER=F(${REMOTE_AFTER_CONTEXT}^${Math.trunc(agentId)}^1))`] : []),
    `Set(PERCH_REST=${variable(`FILTER(0-9,${variable("CALLERID(num)")})`)})`,
    // The queue's name first, where somebody has spoken it.
    `Set(__PERCH_FIRST=${variable(`IF($[${isText(QUEUE_SOUND_VARIABLE, "")}]?:${variable(QUEUE_SOUND_VARIABLE)}&)`)})`,
    `Set(PERCH_SAY=${variable("PERCH_FIRST")}${variable(`IF($[${isText("PERCH_REST", "")}]?${UNKNOWN}:${FROM})`)})`,
    { label: "digit", step: goIf(isText("PERCH_REST", ""), "said") },
    `Set(PERCH_SAY=${variable("PERCH_SAY")}&digits/${variable("PERCH_REST:0:1")})`,
    `Set(PERCH_REST=${variable("PERCH_REST:1")})`,
    "Goto(digit)",
    { label: "said", step: `Set(__PERCH_SAY=${variable("PERCH_SAY")}&${OPTIONS})` },
    `Set(PERCH_ASKED=${acceptByKey ? `U(${REMOTE_ACCEPT_CONTEXT}^s^1)` : ""})`,
    `Set(PERCH_AT_SEAT=${variable(seat)})`,
    `Set(PERCH_TO=${variable(seatField("number", "PERCH_AT_SEAT"))})`,
    `Set(PERCH_TO=${variable(`IF($[${isText("PERCH_TO", "")}]?${stored}:${variable("PERCH_TO")})`)})`,
    goIf(isText("PERCH_TO", ""), "nowhere"),
    `Goto(${REMOTE_WAYS_CONTEXT},${variable("PERCH_TO")},1)`,
    { label: "nowhere", step: "Hangup(20)" },
  ];
}

/** As the house's routes lead outside; of a number that none takes there is no way out, which is 34 (Q.850). */
function waysPlan(routes: readonly OutboundRouteConfig[], limited: boolean, emergency: readonly string[]): string {
  const extensions = new Map<string, Step[]>();
  // Callers say who they are as they like: nobody makes us ring for help by it. 21 is "call rejected" (Q.850).
  for (const number of emergencyExtensions(emergency, routes).keys()) extensions.set(number, ["Hangup(21)"]);
  for (const route of sortedBy(routes, ({ pattern }) => pattern)) {
    const pattern = `_${confMatching(route.pattern, /^\+?[0-9XZN]+\.?$/, "pattern")}`;
    extensions.set(pattern, [
      // Under the route's number, or the caller's.
      "Set(PERCH_SEAT=)",
      ...(limited ? askLineLimits(route, dialled(route.stripDigits), "PERCH_REMOTE") : []),
      // Ends as unanswered where whoever picked up has pressed no key.
      ...alongRoute(route, route.stripDigits, [
        RING_SECONDS,
        `b(${REMOTE_MARK_CONTEXT}^s^1)${variable("PERCH_ASKED")}${variable("PERCH_AFTER")}`,
      ]),
      ...(limited ? limitedSteps([]) : []),
    ]);
  }
  extensions.set("_[0-9+]!", ["Hangup(34)"]);
  return context(REMOTE_WAYS_CONTEXT, extensions);
}

/** Runs on the channel that was dialled, once it is up: piece by piece, so that a key or an end is heard at once. */
const ASKED: Step[] = [
  `Set(CHANNEL(language)=${variable("PERCH_VOICE")})`,
  "Set(PERCH_ROUND=0)",
  { label: "round", step: `Set(PERCH_ROUND=$[${variable("PERCH_ROUND")} + 1])` },
  goIf(`${variable("PERCH_ROUND")} > ${MOST_ROUNDS}`, "none"),
  // His name instead of his number, from the round on in which somebody has spoken it.
  `Set(PERCH_CALLER=${variable(`IMPORT(${variable("PERCH_LEG")},${CALLER_SOUND_VARIABLE})`)})`,
  goIf(isText("PERCH_CALLER", ""), "begin"),
  `Set(PERCH_SAY=${variable("PERCH_FIRST")}${FROM}&${variable("PERCH_CALLER")}&${OPTIONS})`,
  { label: "begin", step: "Set(PERCH_PIECE=0)" },
  { label: "piece", step: `Set(PERCH_PIECE=$[${variable("PERCH_PIECE")} + 1])` },
  `Set(PERCH_SOUND=${variable(`CUT(PERCH_SAY,&,${variable("PERCH_PIECE")})`)})`,
  goIf(isText("PERCH_SOUND", ""), "wait"),
  `Read(PERCH_KEY,${variable("PERCH_SOUND")},1,,1,${AT_ONCE_SECONDS})`,
  "Goto(heard)",
  { label: "wait", step: `Read(PERCH_KEY,,1,,1,${WAIT_SECONDS})` },
  { label: "heard", step: goIf(isNotText(`CHANNEL_EXISTS(${variable("PERCH_LEG")})`, "1"), "late") },
  goIf(isText("PERCH_KEY", "1"), "taken"),
  goIf(isText("PERCH_KEY", "2"), "refused"),
  goIf(isText("PERCH_SOUND", ""), "round"),
  "Goto(piece)",
  { label: "taken", step: "Return()" },
  { label: "refused", step: "Set(GOSUB_RESULT=BUSY)" },
  "Return()",
  { label: "late", step: `Playback(${TOO_LATE})` },
  { label: "none", step: "Set(GOSUB_RESULT=CONTINUE)" },
  "Return()",
];

/**
 * The line is in use as long as the number outside is on it, with a caller or without: it may be asked for the outcome
 * of a call when the caller has gone.
 */
const MARKED: Step[] = [
  `CELGenUserEvent(${REMOTE_EVENT},${variable("PERCH_REMOTE")})`,
  `Set(GROUP(${GROUP})=${variable("PERCH_REMOTE")})`,
  `Set(DEVICE_STATE(${remoteDevice(variable("PERCH_REMOTE"))})=INUSE)`,
  `Set(CHANNEL(hangup_handler_push)=${REMOTE_OVER_CONTEXT},s,1)`,
  "Return()",
];

/** Led by us, about that agent's call; where we are not there it stays in his list, and the number is let go. */
const askedAfter = (voice: AsteriskInstance["voice"]): Step[] => [
  `Set(TIMEOUT(absolute)=${LONGEST_ASKING_SECONDS})`,
  voiceSecret(voice),
  ledByVoice(voice, DISPOSE_DIALOGUE, ["CHANNEL(linkedid)", "EXTEN"].map(variable)),
  "Hangup(16)",
];

/** Whoever was rung back is led by us; where we are not there, or fail, there is nothing to be said to him. */
const calledBack = (voice: AsteriskInstance["voice"]): Step[] => [
  `Set(TIMEOUT(absolute)=${LONGEST_CALLBACK_SECONDS})`,
  voiceSecret(voice),
  ledByVoice(voice, REMOTE_CALLBACK_DIALOGUE, ["CHANNEL(linkedid)", "PERCH_REMOTE"].map(variable)),
  "Hangup(16)",
];

const inUse = `GROUP_COUNT(${variable("PERCH_REMOTE")}@${GROUP})`;

/** Not while another call of the same line goes on; and looked at again, for one that began in this moment. */
const FREE_AGAIN: Step[] = [
  `Set(GROUP(${GROUP})=)`,
  goIf(`0${variable(inUse)} > 0`, "done"),
  `Set(DEVICE_STATE(${remoteDevice(variable("PERCH_REMOTE"))})=NOT_INUSE)`,
  goIf(`0${variable(inUse)} = 0`, "done"),
  `Set(DEVICE_STATE(${remoteDevice(variable("PERCH_REMOTE"))})=INUSE)`,
  { label: "done", step: "Return()" },
];
