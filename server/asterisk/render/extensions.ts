import type { TelephonyConfig } from "../../telephony.ts";
import { CLICK_TO_DIAL_CONTEXT, CLICK_TO_DIAL_EVENT, INBOUND_CONTEXT, TELEPHONES_CONTEXT } from "../names.ts";
import { calendarPlan } from "./calendar-plan.ts";
import { type ConfigFile, confFile, confMatching, sortedBy } from "./conf.ts";
import { ANY_NUMBER, context, goIf, isNotText, OVER, OWN_CALLER_ID, type Step, variable } from "./dial-plan.ts";
import { featureExtensions, featurePlan, pickupAtAgent, pickupAtTelephone, pickupExtension } from "./feature-plan.ts";
import { handPlan } from "./hand-plan.ts";
import { inboundExtensions } from "./inbound-plan.ts";
import type { AsteriskInstance } from "./instance.ts";
import { agentSteps, telephoneSteps } from "./internal-plan.ts";
import { limitsPlan } from "./limits-plan.ts";
import { emergencyExtensions, outboundSteps } from "./outbound-plan.ts";
import { dialoguePlan } from "./project-plan.ts";
import { recordingPlan, records } from "./recording-plan.ts";
import { remotePlan } from "./remote-plan.ts";
import { seatPlan, WHO_DIALS } from "./seat-plan.ts";
import { renderSelfTest } from "./self-test.ts";
import { starCodeExtensions } from "./star-code-plan.ts";

/** The dial plan: what telephones may dial, and where calls from trunks go. */
export function renderExtensions(instance: AsteriskInstance, config: TelephonyConfig): ConfigFile {
  return confFile("extensions.conf", [
    "[general]\nstatic = yes\nwriteprotect = yes\nautofallthrough = yes\n",
    context(TELEPHONES_CONTEXT, telephones(instance, config)),
    seatPlan(),
    featurePlan(),
    handPlan(config.queues, records(config)),
    context(INBOUND_CONTEXT, inboundExtensions(instance, config)),
    calendarPlan(config.calendars ?? []),
    limitsPlan(config),
    dialoguePlan(config.queues, records(config)),
    remotePlan(config),
    context(CLICK_TO_DIAL_CONTEXT, clickToDial()),
    ...(records(config) ? [recordingPlan()] : []),
    renderSelfTest(),
  ]);
}

/** What stands later gives way to what stands before: emergency numbers come first. */
function telephones(instance: AsteriskInstance, config: TelephonyConfig): Map<string, Step[]> {
  const routes = sortedBy(config.outboundRoutes, (each) => each.pattern);
  const { emergencyNumbers, idleTelephonesMayCall } = config.calling;
  const extensions = new Map([
    ...starCodeExtensions(instance),
    ...featureExtensions(),
    ...emergencyExtensions([...emergencyNumbers].sort(), routes),
  ]);
  const add = (extension: string, steps: () => Step[]) => {
    if (!extensions.has(extension)) extensions.set(extension, steps());
  };
  const internalNumber = (number: string) => confMatching(number, /^[0-9]{2,8}$/, "internal number");
  for (const { internal, endpoint } of sortedBy(config.telephones, (each) => each.endpoint)) {
    if (internal === null) continue;
    add(internalNumber(internal), () => telephoneSteps(endpoint));
    add(pickupExtension(internal), () => pickupAtTelephone(endpoint));
  }
  for (const agent of sortedBy(config.agentNumbers, (each) => each.internal)) {
    add(internalNumber(agent.internal), () => agentSteps(agent));
    add(pickupExtension(agent.internal), () => pickupAtAgent(agent));
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
  // Everything else: told by voice, as early media, so that nobody pays for it; and a row in the reports.
  add(ANY_NUMBER, () => [
    // Whom an inbound route sent here goes on to its next action.
    goIf(isNotText("PERCH_NEXT", ""), "over"),
    "Progress()",
    "Playback(ss-noservice,noanswer)",
    "Hangup(1)",
    { label: "over", step: "Set(DIALSTATUS=CHANUNAVAIL)" },
    OVER,
  ]);
  return extensions;
}

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
