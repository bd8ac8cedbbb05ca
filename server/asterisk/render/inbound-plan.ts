import type { InboundActionConfig, InboundRouteConfig, QueueConfig, TelephonyConfig } from "../../telephony-config.ts";
import {
  CALENDAR_CONTEXT,
  calendarName,
  INBOUND_CONTEXT,
  QUEUE_OUTCOME_EVENT,
  queueName,
  TELEPHONES_CONTEXT,
  telephoneInterface,
} from "../names.ts";
import { confMatching, confName, sortedBy } from "./conf.ts";
import { ANY_NUMBER, CALLED_KEYS, goIf, isNotText, type Step, variable } from "./dial-plan.ts";
import type { AsteriskInstance } from "./instance.ts";
import { ring } from "./internal-plan.ts";
import { projectSteps } from "./project-plan.ts";
import { forRemoteAgents } from "./queue-sounds.ts";
import { asNumberSays, recordingSteps, records } from "./recording-plan.ts";

/** At once: it would else wait half a second for the caller's voice. */
const ANSWER = "Answer(0,i)";

/** As causes (Q.850). */
const CAUSES = { normal: 16, busy: 17, rejected: 21, unallocated: 1 } as const;

/** Where callers from outside go, by the number they called. */
export function inboundExtensions(instance: AsteriskInstance, config: TelephonyConfig): Map<string, Step[]> {
  const extensions = new Map<string, Step[]>();
  const world: World = {
    instance,
    queues: new Map(config.queues.map((queue) => [queue.queueId, queue])),
    recorded: records(config),
  };
  const routes = sortedBy(config.inboundRoutes, (each) => each.number);
  for (const route of routes) {
    extensions.set(confMatching(route.number, /^\+?[0-9]{1,20}$/, "number"), along(route, world));
  }
  for (const route of routes) {
    // Carriers write the same number with and without its plus.
    const bare = route.number.replace("+", "");
    if (!extensions.has(bare)) extensions.set(bare, along(route, world));
  }
  extensions.set(ANY_NUMBER, ["Hangup(1)"]);
  return extensions;
}

interface World {
  instance: AsteriskInstance;
  queues: ReadonlyMap<number, QueueConfig>;
  recorded: boolean;
}

/** Action after action. What comes after one runs only where nobody took the caller and he is still there. */
function along(route: InboundRouteConfig, world: World): Step[] {
  const { actions, recordPercent = null } = route;
  return [
    ...(world.recorded ? [asNumberSays(recordPercent)] : []),
    ...actions.flatMap((each, index) => {
      const answered = actions.slice(0, index).some(({ to, when }) => to === "queue" && when === undefined);
      return action(each, { ...world, index, next: `next${index + 1}`, recordPercent, answered });
    }),
    "Hangup(19)",
  ];
}

interface Turn extends World {
  index: number;
  /** The label of what comes after it. */
  next: string;
  recordPercent: number | null;
  answered: boolean;
}

function action(each: InboundActionConfig, turn: Turn): Step[] {
  const { when } = each;
  const steps = target(each, turn);
  if (steps.length === 0) return [];
  const asked =
    when === undefined
      ? []
      : [
          `Gosub(${CALENDAR_CONTEXT},${calendarName(when.calendarId)},1)`,
          goIf(isNotText("GOSUB_RETVAL", when.is === "open" ? "1" : "0"), turn.next),
        ];
  const jumpedTo = when !== undefined || each.to === "agent" || each.to === "number";
  return [...asked, ...steps, ...(jumpedTo ? [{ label: turn.next, step: "Set(PERCH_NEXT=)" }] : [])];
}

function target(each: InboundActionConfig, turn: Turn): Step[] {
  switch (each.to) {
    case "queue":
      return inQueue(turn.queues.get(each.queueId), turn);
    case "project":
      return projectSteps(turn.instance, each.projectId, `fallback${turn.index + 1}`);
    case "telephone":
      return [ring(telephoneInterface(confName(each.endpoint)))];
    case "agent":
      return dialled(confMatching(each.internal, /^[0-9]{2,8}$/, "internal number"), turn);
    case "number":
      return dialled(confMatching(each.number, /^\+?[0-9]{1,20}$/, "number"), turn);
    case "hang-up":
      return [`Hangup(${CAUSES[each.cause]})`];
  }
}

function inQueue(queue: QueueConfig | undefined, { recordPercent, recorded, answered }: Turn): Step[] {
  if (queue === undefined) return []; // it is gone: the next one has its turn
  const name = queueName(queue.queueId);
  const percent = recordPercent ?? queue.recordPercent ?? 0;
  return [
    // Only here: while a telephone rings, nobody pays.
    ...(answered ? [] : [ANSWER]),
    ...(recorded ? recordingSteps(name, percent) : []),
    ...forRemoteAgents(queue),
    // i: a telephone that forwards its calls by itself does not take the caller along; the next one is rung.
    `Queue(${name},i${CALLED_KEYS},,,${Math.trunc(queue.maxWaitSeconds)})`,
    `CELGenUserEvent(${QUEUE_OUTCOME_EVENT},${name}|${variable("QUEUESTATUS")})`,
  ];
}

/** As a telephone would dial it; who is not taken there comes back to the next action. */
const dialled = (number: string, { next }: Turn): Step[] => [
  `Set(PERCH_NEXT=${INBOUND_CONTEXT},${variable("EXTEN")},${next})`,
  `Goto(${TELEPHONES_CONTEXT},${number},1)`,
];
