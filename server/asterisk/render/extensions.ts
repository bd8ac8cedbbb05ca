import { TRY_PROJECT_PATTERN } from "../../star-code.ts";
import type { TelephonyConfig } from "../../telephony-config.ts";
import {
  CLICK_TO_DIAL_CONTEXT,
  CLICK_TO_DIAL_EVENT,
  INBOUND_CONTEXT,
  NOBODY_CONTEXT,
  NUMBERS_CONTEXT,
  TELEPHONES_CONTEXT,
} from "../names.ts";
import { calendarPlan } from "./calendar-plan.ts";
import { callbackPlan } from "./callback-plan.ts";
import { type ConfigFile, confFile, confMatching, sortedBy } from "./conf.ts";
import { ANY_NUMBER, context, goIf, isNotText, OVER, OWN_CALLER_ID, type Step, variable } from "./dial-plan.ts";
import {
  featurePlan,
  pickupAtAgent,
  pickupAtTelephone,
  pickupExtension,
  pickupExtensions,
  placeExtensions,
} from "./feature-plan.ts";
import { handPlan } from "./hand-plan.ts";
import { inboundExtensions } from "./inbound-plan.ts";
import type { AsteriskInstance } from "./instance.ts";
import { agentSteps, telephoneSteps } from "./internal-plan.ts";
import { limitsPlan } from "./limits-plan.ts";
import { emergencyExtensions, outboundSteps } from "./outbound-plan.ts";
import { dialoguePlan, trialSteps } from "./project-plan.ts";
import { mayRecord, recordingPlan, records } from "./recording-plan.ts";
import { remotePlan } from "./remote-plan.ts";
import { seatPlan, WHO_DIALS } from "./seat-plan.ts";
import { renderSelfTest } from "./self-test.ts";
import { starCodeExtensions } from "./star-code-plan.ts";

/** The dial plan: what telephones may dial, and where calls from trunks go. */
export function renderExtensions(instance: AsteriskInstance, config: TelephonyConfig): ConfigFile {
  return confFile("extensions.conf", [
    "[general]\nstatic = yes\nwriteprotect = yes\nautofallthrough = yes\n",
    // What stands later gives way to what stands before.
    context(TELEPHONES_CONTEXT, aboutThemselves(instance, config), [NUMBERS_CONTEXT, NOBODY_CONTEXT]),
    context(NUMBERS_CONTEXT, numbers(config)),
    context(NOBODY_CONTEXT, nobody()),
    seatPlan(config.calling.askedRingSeconds),
    featurePlan(),
    handPlan(config.queues, records(config)),
    context(INBOUND_CONTEXT, inboundExtensions(instance, config)),
    calendarPlan(config.calendars ?? []),
    limitsPlan(config),
    dialoguePlan(config.queues, records(config), mayRecord(config)),
    remotePlan(instance, config),
    callbackPlan(config),
    context(CLICK_TO_DIAL_CONTEXT, clickToDial()),
    ...(mayRecord(config) ? [recordingPlan()] : []),
    renderSelfTest(),
  ]);
}

const internalNumber = (number: string): string => confMatching(number, /^[0-9]{2,8}$/, "internal number");

/** Whoever dials at a telephone says something about himself, or takes over a call; nobody can be sent there. */
function aboutThemselves(instance: AsteriskInstance, config: TelephonyConfig): Map<string, Step[]> {
  const extensions = new Map([...starCodeExtensions(instance), ...pickupExtensions()]);
  extensions.set(TRY_PROJECT_PATTERN, trialSteps(instance));
  for (const { internal, endpoint } of sortedBy(config.telephones, (each) => each.endpoint)) {
    if (internal === null) continue;
    extensions.set(pickupExtension(internalNumber(internal)), pickupAtTelephone(endpoint));
  }
  for (const agent of config.agentNumbers) {
    const pickup = pickupExtension(internalNumber(agent.internal));
    if (!extensions.has(pickup)) extensions.set(pickup, pickupAtAgent(agent));
  }
  return extensions;
}

/** What can be dialled and what a call can be sent on to. Emergency numbers come first. */
function numbers(config: TelephonyConfig): Map<string, Step[]> {
  const routes = sortedBy(config.outboundRoutes, (each) => each.pattern);
  const { emergencyNumbers, idleTelephonesMayCall } = config.calling;
  const extensions = new Map([...placeExtensions(), ...emergencyExtensions([...emergencyNumbers].sort(), routes)]);
  const add = (extension: string, steps: () => Step[]) => {
    if (!extensions.has(extension)) extensions.set(extension, steps());
  };
  for (const { internal, endpoint } of sortedBy(config.telephones, (each) => each.endpoint)) {
    if (internal === null) continue;
    add(internalNumber(internal), () => telephoneSteps(endpoint));
  }
  for (const agent of sortedBy(config.agentNumbers, (each) => each.internal)) {
    add(internalNumber(agent.internal), () => agentSteps(agent));
  }
  const calling = { idleRefused: idleTelephonesMayCall === "internal", counted: config.limits !== undefined };
  for (const route of routes) {
    const pattern = `_${confMatching(route.pattern, /^\+?[0-9XZN]+\.?$/, "pattern")}`;
    add(pattern, () => outboundSteps(route, calling));
  }
  // The house's own numbers: a queue is reached, and a caller sent to it, without a way through the outside.
  for (const { number } of sortedBy(config.inboundRoutes, (each) => each.number)) {
    for (const each of new Set([number, number.replace("+", "")])) {
      add(each, () => [WHO_DIALS, `Goto(${INBOUND_CONTEXT},${variable("EXTEN")},1)`]);
    }
  }
  return extensions;
}

/** Everything else: told by voice, as early media, so that nobody pays for it; and a row in the reports. */
const nobody = (): Map<string, Step[]> =>
  new Map<string, Step[]>([
    [
      ANY_NUMBER,
      [
        // Whom an inbound route sent here goes on to its next action.
        goIf(isNotText("PERCH_NEXT", ""), "over"),
        "Progress()",
        "Playback(ss-noservice,noanswer)",
        "Hangup(1)",
        { label: "over", step: "Set(DIALSTATUS=CHANUNAVAIL)" },
        OVER,
      ],
    ],
  ]);

/**
 * A telephone that was rung showed the number it is about to dial as its caller. From here on it is the caller, under
 * its own name.
 */
function clickToDial(): Map<string, Step[]> {
  return new Map([
    [
      ANY_NUMBER,
      [
        `CELGenUserEvent(${CLICK_TO_DIAL_EVENT},${variable("EXTEN")})`,
        `Set(CALLERID(all)=${OWN_CALLER_ID})`,
        `Goto(${TELEPHONES_CONTEXT},${variable("EXTEN")},1)`,
      ],
    ],
  ]);
}
