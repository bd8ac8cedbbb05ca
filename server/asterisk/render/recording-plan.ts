import type { TelephonyConfig } from "../../telephony-config.ts";
import { RECORDING_CONTEXT, RECORDING_EVENT, RECORDING_VARIABLE } from "../names.ts";
import { context, goIf, isNotText, isText, type Step, variable } from "./dial-plan.ts";

/** Stands in a recording's name in the place of a queue, where there is none. */
const OUTSIDE = "out";

/** Whether anything is recorded in this house; where nothing is, its dial plan speaks of it nowhere. */
export const records = ({ queues, inboundRoutes, outboundRoutes }: TelephonyConfig): boolean =>
  [...queues, ...inboundRoutes, ...outboundRoutes].some(({ recordPercent }) => (recordPercent ?? 0) > 0);

/** Whether it can be: also where projects are, whose rooms may be recorded. */
export const mayRecord = (config: TelephonyConfig): boolean =>
  records(config) || config.inboundRoutes.some(({ actions }) => actions.some(({ to }) => to === "project"));

/** Of a caller who is about to wait in a queue. Where it records none, the recording of the queue before ends. */
export const recordingSteps = (queue: string, percent: number): Step[] => [
  `Gosub(${RECORDING_CONTEXT},s,1(${queue},${Math.trunc(percent)}))`,
];

/** Of a caller who dialled a number that says for itself how many of its calls are recorded, whatever queue he is in. */
export const asNumberSays = (percent: number | null): Step =>
  `Set(PERCH_PERCENT=${percent === null ? "" : Math.trunc(percent)})`;

/** The same of who is sent into a queue: it counts what the number says that he dialled, else what the queue does. */
export const sentRecordingSteps = (queue: string, percent: number): Step[] => {
  const itsOwn = isText("PERCH_PERCENT", "");
  const counts = variable(`IF($[${itsOwn}]?${Math.trunc(percent)}:${variable("PERCH_PERCENT")})`);
  return [`Gosub(${RECORDING_CONTEXT},s,1(${queue},${counts}))`];
};

/** Of who is about to enter a room, where the argument says yes; and the end of it when he comes out, else on at `label`. */
export const recordsRoom = (argument: string): Step =>
  `GosubIf($[${isText(argument, "yes")}]?${RECORDING_CONTEXT},s,1(${OUTSIDE},100))`;
export const endRecording = (argument: string, label: string): Step[] => [
  goIf(isNotText(argument, "yes"), label),
  "StopMixMonitor()",
  `Set(${RECORDING_VARIABLE}=)`,
  `CELGenUserEvent(${RECORDING_EVENT},)`,
  "Set(PERCH_RECORDED=)",
];

/**
 * The option of Dial that records who is called outside: the recording stays with the customer, to whomever they are
 * passed on. Where the one who calls is recorded already, that is the same talk.
 */
export const recordsCallee = (percent: number): string =>
  percent > 0 ? `b(${RECORDING_CONTEXT}^s^1(${OUTSIDE}^${Math.trunc(percent)}^${variable("PERCH_RECORDED")}))` : "";

/**
 * ARG1 names the queue, ARG2 of how many in a hundred, ARG3 is not empty where the other side is recorded. A caller
 * comes to an agent whether he can be recorded or not: an Asterisk without the module goes on without.
 * `b`: only while somebody is on the other side; `D`: what the channel says left, what it hears right.
 */
export function recordingPlan(): string {
  const file = RECORDING_VARIABLE;
  return context(
    RECORDING_CONTEXT,
    new Map<string, Step[]>([
      [
        "s",
        [
          goIf(isNotText("ARG3", ""), "done"),
          // Sent back into the same queue: it goes on.
          goIf(isText("PERCH_RECORDED", variable("ARG1")), "done"),
          goIf(isNotText("IFMODULE(app_mixmonitor.so)", "1"), "done"),
          goIf(isText("PERCH_RECORDED", ""), "fresh"),
          "StopMixMonitor()",
          `Set(${file}=)`,
          `CELGenUserEvent(${RECORDING_EVENT},)`,
          { label: "fresh", step: "Set(PERCH_RECORDED=)" },
          goIf(`${variable("RAND(1,100)")} > ${variable("ARG2")}`, "done"),
          `Set(PERCH_RECORDED=${variable("ARG1")})`,
          // Only what Asterisk itself made up stands in the name, and it is never the name of one that is there.
          `Set(PERCH_TAKE=$[0${variable("PERCH_TAKE")} + 1])`,
          `Set(${file}=${["CHANNEL(linkedid)", "UNIQUEID", "ARG1", "PERCH_TAKE"].map(variable).join("_")})`,
          `MixMonitor(${variable(file)}.raw,bD)`,
          `CELGenUserEvent(${RECORDING_EVENT},${variable(file)})`,
          { label: "done", step: "Return()" },
        ],
      ],
    ]),
  );
}
