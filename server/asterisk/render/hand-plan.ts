import type { QueueConfig } from "../../telephony-config.ts";
import {
  ASK_OVER_EVENT,
  ASK_USER_EVENT,
  ASKED_EVENT,
  ATTENDED_EVENT,
  CALLEE_CONTEXT,
  CONSULT_CONTEXT,
  HAND_CONTEXT,
  HAND_LEFT_CONTEXT,
  HAND_SEND_CONTEXT,
  HELD_USER_EVENT,
  OVER_CONTEXT,
  QUEUE_OUTCOME_EVENT,
  QUEUES_CONTEXT,
  queueName,
  SENT_EVENT,
  TELEPHONES_CONTEXT,
} from "../names.ts";
import {
  CALLED_KEYS,
  CAUSE,
  context,
  goIf,
  isNotText,
  isText,
  OWN_CALLER_ID,
  type Step,
  variable,
} from "./dial-plan.ts";
import { forRemoteAgents } from "./queue-sounds.ts";
import { sentRecordingSteps } from "./recording-plan.ts";

/** Somebody who is held hears music so long; then the telephone that held him rings. */
const LONGEST_HOLD_SECONDS = 3600;
const BACK_SECONDS = 30;

/**
 * What is done with a call from the desktop. Two who talk are taken apart, the telephone into `hold` or a consultation
 * and the other into `wait`, where he hears music; `PERCH_OTHER` on each names the channel of the other. Whatever
 * becomes of us meanwhile, nobody stays there: who waits is rung back to the telephone when it hangs up, and the
 * telephone is free when he goes.
 *
 * ```text
 *  telephone: hold ───▶ back ◀── over ◀── consultation (PERCH_ON=g) ──▶ given ──▶ hang-up
 *  the other: wait ───▶ (joined by `back`)                              give ──▶ (joined with the third)
 *                └── telephone hangs up, or an hour ──▶ recall
 * ```
 */
export function handPlan(queues: readonly QueueConfig[], recorded: boolean): string {
  return [
    context(
      HAND_CONTEXT,
      new Map<string, Step[]>([
        [
          "hold",
          [
            `Set(CHANNEL(hangup_handler_wipe)=${HAND_LEFT_CONTEXT},s,1)`,
            "Set(PERCH_WAITS=yes)",
            `UserEvent(${HELD_USER_EVENT},Held: yes)`,
            { label: "stay", step: "Wait(1)" },
            goIf(isText(`CHANNEL_EXISTS(${variable("PERCH_OTHER")})`, "1"), "stay"),
            "Hangup(16)",
          ],
        ],
        ["wait", [`MusicOnHold(default,${LONGEST_HOLD_SECONDS})`, `Goto(recall,1)`]],
        [
          "back",
          [
            "Set(PERCH_WAITS=no)",
            "Set(PERCH_ON=)",
            `UserEvent(${HELD_USER_EVENT},Held: no)`,
            `Bridge(${variable("PERCH_OTHER")},xT)`,
            "Hangup(16)",
          ],
        ],
        [
          "recall",
          [`Dial(${variable("PERCH_BACK")},${BACK_SECONDS},b(${CALLEE_CONTEXT}^s^1)${CALLED_KEYS})`, "Hangup(19)"],
        ],
        [
          "cancel",
          [`UserEvent(${ASK_USER_EVENT},State: CANCEL)`, `CELGenUserEvent(${ASK_OVER_EVENT},CANCEL)`, "Goto(back,1)"],
        ],
        ["sent", ["Set(PERCH_WAITS=no)", `CELGenUserEvent(${SENT_EVENT},${variable("PERCH_GIVEN")})`, "Hangup(16)"]],
        ["give", [`Bridge(${variable("PERCH_OTHER")},x)`, "Hangup(16)"]],
      ]),
    ),
    context(
      CONSULT_CONTEXT,
      new Map<string, Step[]>([
        [
          "_[0-9*#+]!",
          [
            `Set(CHANNEL(hangup_handler_wipe)=${HAND_LEFT_CONTEXT},s,1)`,
            "Set(PERCH_WAITS=yes)",
            "Set(PERCH_GIVEN=)",
            // Who once sent this telephone on has nothing to do with whom it calls now.
            "Set(BLINDTRANSFER=)",
            "Set(FORWARDERNAME=)",
            "Set(PERCH_ON=g)",
            `UserEvent(${HELD_USER_EVENT},Held: yes)`,
            `UserEvent(${ASK_USER_EVENT},To: ${variable("EXTEN")},State: begun)`,
            `Set(CALLERID(all)=${OWN_CALLER_ID})`,
            `CELGenUserEvent(${ASKED_EVENT},${variable("EXTEN")})`,
            `Goto(${TELEPHONES_CONTEXT},${variable("EXTEN")},1)`,
          ],
        ],
      ]),
    ),
    context(
      HAND_LEFT_CONTEXT,
      new Map<string, Step[]>([
        [
          "s",
          [
            goIf(isNotText("PERCH_WAITS", "yes"), "done"),
            `ChannelRedirect(${variable("PERCH_OTHER")},${HAND_CONTEXT},recall,1)`,
            { label: "done", step: "Return()" },
          ],
        ],
      ]),
    ),
    context(
      OVER_CONTEXT,
      new Map<string, Step[]>([
        [
          "s",
          [
            goIf(isText("PERCH_ON", ""), "over"),
            goIf(isNotText("PERCH_GIVEN", ""), "given"),
            `UserEvent(${ASK_USER_EVENT},State: ${variable("DIALSTATUS")})`,
            `CELGenUserEvent(${ASK_OVER_EVENT},${variable("DIALSTATUS")})`,
            `Goto(${HAND_CONTEXT},back,1)`,
            { label: "given", step: "Set(PERCH_WAITS=no)" },
            `CELGenUserEvent(${ATTENDED_EVENT},${variable("PERCH_GIVEN")})`,
            "Hangup(16)",
            { label: "over", step: goIf(`${isNotText("PERCH_NEXT", "")} & ${isText("BLINDTRANSFER", "")}`, "next") },
            `Hangup(${CAUSE})`,
            { label: "next", step: `Goto(${variable("PERCH_NEXT")})` },
          ],
        ],
      ]),
    ),
    context(
      HAND_SEND_CONTEXT,
      new Map<string, Step[]>([
        [
          "_[0-9*#+q]!",
          [
            `Set(BLINDTRANSFER=${variable("PERCH_OTHER")})`,
            `GotoIf($["${variable("EXTEN:0:1")}" = "q"]?${QUEUES_CONTEXT},${variable("EXTEN")},1)`,
            `Goto(${TELEPHONES_CONTEXT},${variable("EXTEN")},1)`,
          ],
        ],
      ]),
    ),
    context(
      QUEUES_CONTEXT,
      new Map(
        queues.map((queue): [string, Step[]] => {
          const { queueId, maxWaitSeconds, recordPercent = 0 } = queue;
          const name = queueName(queueId);
          return [
            name,
            [
              ...(recorded ? sentRecordingSteps(name, recordPercent) : []),
              ...forRemoteAgents(queue),
              `Queue(${name},i${CALLED_KEYS},,,${Math.trunc(maxWaitSeconds)})`,
              `CELGenUserEvent(${QUEUE_OUTCOME_EVENT},${name}|${variable("QUEUESTATUS")})`,
              "Hangup(19)",
            ],
          ];
        }),
      ),
    ),
  ].join("\n");
}
