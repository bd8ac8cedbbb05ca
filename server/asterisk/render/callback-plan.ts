import type { OutboundRouteConfig, QueueConfig, TelephonyConfig } from "../../telephony-config.ts";
import {
  CALLBACK_CONTEXT,
  CALLBACK_EVENT,
  CALLBACK_TAKEN_CONTEXT,
  CALLBACK_TAKEN_EVENT,
  CALLBACK_WAIT_CONTEXT,
  CALLBACK_WAYS_CONTEXT,
  CALLEE_CONTEXT,
  queueName,
  SEATS_FAMILY,
} from "../names.ts";
import { confMatching, sortedBy } from "./conf.ts";
import { CALLED_KEYS, context, RING_SECONDS, type Step, variable } from "./dial-plan.ts";
import { askLimits, countedOptions, limitedSteps } from "./limits-plan.ts";
import { alongRoute, dialled } from "./outbound-plan.ts";
import { forRemoteAgents } from "./queue-sounds.ts";
import { endpointIn } from "./seat-plan.ts";

/**
 * Keeps the place in a queue of somebody who has hung up and is to be called back. `Local/s@perch-callback-wait/n` is
 * originated: its half `;1` waits in the queue as he would, its half `;2` does nothing. So it rings for it as for any
 * caller, by the queue's strategy and members, with accepting, pausing and wrap-up.
 *
 * ```text
 *  ;1 in Queue ── rings ──▶ agent picks up: a subroutine on his channel sends ;2 on to dial
 *      ║                          ║
 *      ╚════ joined, as callers ══╝      ;2 ── Dial ── trunk ── customer: the agent hears it ring, and talks
 * ```
 * Who takes it is who calls: his limits count, his number is shown. All of it is done while we are away, too.
 */
export function callbackPlan(config: TelephonyConfig): string {
  const { queues, outboundRoutes, limits } = config;
  return [
    context(
      CALLBACK_CONTEXT,
      new Map(
        sortedBy(queues, ({ queueId }) => queueName(queueId)).map((queue) => [
          queueName(queue.queueId),
          standing(queue),
        ]),
      ),
    ),
    context(CALLBACK_WAIT_CONTEXT, new Map([["s", ["Answer(0,i)", { label: "on", step: "Wait(3600)" }, "Goto(on)"]]])),
    context(CALLBACK_TAKEN_CONTEXT, new Map([["s", TAKEN]])),
    waysPlan(outboundRoutes, limits !== undefined),
  ].join("\n");
}

/** `r`: nobody hears its music. A place is never given up by the queue's longest wait: it was promised. */
function standing(queue: QueueConfig): Step[] {
  const { queueId, recordPercent = 0 } = queue;
  const name = queueName(queueId);
  return [
    `Set(CALLERID(all)=${variable("PERCH_SHOWN_NAME")} <${variable("PERCH_SHOWN_NUMBER")}>)`,
    `Set(PERCH_OF=${name})`,
    `Set(PERCH_PERCENT=${Math.trunc(recordPercent)})`,
    // Two underscores: whoever is rung has them too.
    `Set(__PERCH_HALF=${variable("CHANNEL(name):0:-1")}2)`,
    `Set(__PERCH_BACK=${variable("PERCH_TO")})`,
    `Set(__PERCH_BACK_SHOWN=${variable("PERCH_SHOWN_NUMBER")})`,
    `CELGenUserEvent(${CALLBACK_EVENT},${variable("PERCH_SHOWN_NUMBER")})`,
    ...forRemoteAgents(queue),
    `Queue(${name},ir${CALLED_KEYS},,,,,${CALLBACK_TAKEN_CONTEXT},,${variable("PERCH_PLACE")})`,
    "Hangup(16)",
  ];
}

/** On the channel of whoever took it, before he is joined with the other half. */
const TAKEN: Step[] = [
  // Under the name of who sits there.
  `Gosub(${CALLEE_CONTEXT},s,1)`,
  `CELGenUserEvent(${CALLBACK_TAKEN_EVENT},${variable("PERCH_BACK_SHOWN")})`,
  `Set(MASTER_CHANNEL(PERCH_TAKER)=${endpointIn("CHANNEL(name)")})`,
  `ChannelRedirect(${variable("PERCH_HALF")},${CALLBACK_WAYS_CONTEXT},${variable("PERCH_BACK")},1)`,
  "Return()",
];

/** What the half that waits was told: the call is named after it. */
const taken = (name: string): string => variable(`MASTER_CHANNEL(${name})`);

/** As the house's routes lead outside, under the limits of whoever took it. */
function waysPlan(routes: readonly OutboundRouteConfig[], limited: boolean): string {
  const extensions = new Map<string, Step[]>();
  for (const route of sortedBy(routes, ({ pattern }) => pattern)) {
    const pattern = `_${confMatching(route.pattern, /^\+?[0-9XZN]+\.?$/, "pattern")}`;
    extensions.set(pattern, [
      `Set(PERCH_WHO=${taken("PERCH_TAKER")})`,
      `Set(PERCH_SEAT=${variable(`DB(${SEATS_FAMILY}/${variable("PERCH_WHO")})`)})`,
      ...(limited ? askLimits(route, dialled(route.stripDigits)) : []),
      ...alongRoute(route, route.stripDigits, [
        RING_SECONDS,
        // As much of it as of the queue's other calls.
        limited ? countedOptions(route, taken("PERCH_PERCENT"), taken("PERCH_OF")) : "",
      ]),
      ...(limited ? limitedSteps([]) : []),
    ]);
  }
  extensions.set("_[0-9+]!", ["Hangup(34)"]);
  return context(CALLBACK_WAYS_CONTEXT, extensions);
}
