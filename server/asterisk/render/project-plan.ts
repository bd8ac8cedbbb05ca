import type { QueueConfig } from "../../telephony-config.ts";
import {
  DIALOGUE_DIAL_CONTEXT,
  DIALOGUE_QUEUE_CONTEXT,
  OUTCOME_VARIABLE,
  PROJECT_DIALOGUE,
  QUEUE_KEY_CONTEXT,
  QUEUE_KEYS_CONTEXT,
  QUEUE_KEYS_VARIABLE,
  QUEUE_OUTCOME_EVENT,
  queueName,
  TALKING,
  TELEPHONES_CONTEXT,
  TRIAL_DIALOGUE,
  VOICE_DONE_VARIABLE,
  VOICE_SECRET_VARIABLE,
} from "../names.ts";
import { ANY_NUMBER, CALLED_KEYS, context, goIf, isNotText, isText, type Step, variable } from "./dial-plan.ts";
import type { AsteriskInstance } from "./instance.ts";
import { forRemoteAgents } from "./queue-sounds.ts";
import { sentRecordingSteps } from "./recording-plan.ts";
import { roomPlan } from "./room-plan.ts";
import { ledByVoice, voiceSecret } from "./voice-plan.ts";

/**
 * A caller goes through an IVR project, which is led by us. Where we are not there, or fail, the steps that follow these
 * have their turn: the route's next action is what the caller falls back to. Whoever waited in a queue while we went
 * away is handed over once more when his wait is over, with how it ended. `label` names steps of this extension; every
 * use in one extension has one of its own.
 */
export function projectSteps(instance: AsteriskInstance, projectId: number, label: string): Step[] {
  return ledSteps(instance, PROJECT_DIALOGUE, Math.trunc(projectId), label);
}

/** The same of whoever tries one on a telephone: there is no route, and nothing comes next. */
export const trialSteps = (instance: AsteriskInstance): Step[] => [
  goIf(isNotText("BLINDTRANSFER", ""), "refused"),
  ...ledSteps(instance, TRIAL_DIALOGUE, 0, "trial"),
  "Hangup(16)",
  { label: "refused", step: "Hangup(21)" },
];

function ledSteps({ voice }: AsteriskInstance, dialogue: string, subject: number, label: string): Step[] {
  const again = `${label}-again`;
  const over = `${label}-over`;
  const about = [variable("CHANNEL(linkedid)"), subject, variable("PERCH_WAS")];
  return [
    "Set(PERCH_WAS=)",
    voiceSecret(voice),
    { label: again, step: `Set(${VOICE_DONE_VARIABLE}=)` },
    `Set(${OUTCOME_VARIABLE}=)`,
    ledByVoice(voice, dialogue, about),
    goIf(isText(VOICE_DONE_VARIABLE, "yes"), over),
    goIf(isText(VOICE_DONE_VARIABLE, "next"), label),
    // Queue and Dial end a call by themselves when a talk is over, but not one that a dialogue leads (22.10.1).
    goIf(isText(OUTCOME_VARIABLE, TALKING), over),
    `Set(PERCH_WAS=${variable(OUTCOME_VARIABLE)})`,
    goIf(isNotText("PERCH_WAS", ""), again),
    `Goto(${label})`,
    { label: over, step: "Hangup(16)" },
    { label, step: `Set(${VOICE_SECRET_VARIABLE}=)` },
  ];
}

/**
 * What a dialogue has done by the dial plan, so that queues, recordings and events of the journal are said in one
 * place. `perch-dialogue-queue` takes the longest wait, options of Queue, keys, priority, music.
 */
export function dialoguePlan(queues: readonly QueueConfig[], recorded: boolean, recordsRooms: boolean): string {
  return [
    context(
      DIALOGUE_QUEUE_CONTEXT,
      new Map(queues.map((queue) => [queueName(queue.queueId), inQueue(queue, recorded)])),
    ),
    // Only where a dialogue said so do keys lead out of a queue: the switch asks the caller's own variable. (pbx_loopback;
    // an eswitch fills in variables, 22.10.1.)
    `[${QUEUE_KEYS_CONTEXT}]\neswitch => Loopback/@${QUEUE_KEY_CONTEXT}/_[${variable(QUEUE_KEYS_VARIABLE)}]\n`,
    context(
      QUEUE_KEY_CONTEXT,
      new Map<string, Step[]>([
        [
          "_[0-9*]",
          [
            `CELGenUserEvent(${QUEUE_OUTCOME_EVENT},${variable("PERCH_WAITS_IN")}|KEY)`,
            `Set(${OUTCOME_VARIABLE}=KEY ${variable("EXTEN")})`,
            `Set(${QUEUE_KEYS_VARIABLE}=)`,
            "Return()",
          ],
        ],
      ]),
    ),
    context(
      DIALOGUE_DIAL_CONTEXT,
      new Map<string, Step[]>([
        [
          ANY_NUMBER,
          [
            `Set(PERCH_RING=${variable("ARG1")})`,
            `Set(PERCH_MORE=${variable("ARG2")})`,
            `Set(PERCH_NEXT=${DIALOGUE_DIAL_CONTEXT},back,1)`,
            "Set(DIALSTATUS=)",
            `Set(${OUTCOME_VARIABLE}=${TALKING})`,
            `Goto(${TELEPHONES_CONTEXT},${variable("EXTEN")},1)`,
          ],
        ],
        [
          "back",
          [
            `Set(${OUTCOME_VARIABLE}=DIAL ${variable("DIALSTATUS")})`,
            "Set(PERCH_NEXT=)",
            "Set(PERCH_RING=)",
            "Set(PERCH_MORE=)",
            "Return()",
          ],
        ],
      ]),
    ),
    roomPlan(recordsRooms),
  ].join("\n");
}

/** Whoever was answered and whose talk is over comes back here only where the dialogue wants him. */
function inQueue(queue: QueueConfig, recorded: boolean): Step[] {
  const { queueId, maxWaitSeconds, recordPercent = 0 } = queue;
  const name = queueName(queueId);
  const longest = variable(`IF($[${isText("ARG1", "")}]?${Math.trunc(maxWaitSeconds)}:${variable("ARG1")})`);
  return [
    `Set(${OUTCOME_VARIABLE}=${TALKING})`,
    `Set(PERCH_WAITS_IN=${name})`,
    `Set(${QUEUE_KEYS_VARIABLE}=${variable("ARG3")})`,
    `Set(QUEUE_PRIO=${variable("ARG4")})`,
    // Nothing: that of the queue. One that is not there any more: the house's.
    `Set(CHANNEL(musicclass)=${variable("ARG5")})`,
    ...forRemoteAgents(queue),
    ...(recorded ? sentRecordingSteps(name, recordPercent) : []),
    `Queue(${name},${variable("ARG2")}${CALLED_KEYS},,,${longest})`,
    `Set(${OUTCOME_VARIABLE}=QUEUE ${variable("QUEUESTATUS")})`,
    `Set(${QUEUE_KEYS_VARIABLE}=)`,
    goIf(isText("QUEUESTATUS", "CONTINUE"), "talked"),
    `CELGenUserEvent(${QUEUE_OUTCOME_EVENT},${name}|${variable("QUEUESTATUS")})`,
    { label: "talked", step: "Return()" },
  ];
}
