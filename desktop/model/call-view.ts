import type { Snapshot } from "../../contract/snapshot.ts";
import type { Leg, ToDispose } from "../../contract/views.ts";

/** One call as the card shows it, whether it goes on, has just ended, or waits to be disposed. */
export interface CallView {
  legId: string;
  phase: "ringing" | "dialling" | "talking" | "held" | "ended";
  type: Leg["type"];
  number: string;
  name: string;
  contact: Leg["contact"];
  queue: Leg["queue"];
  startedAt: string;
  answeredAt: string | null;
  endedAt: string | null;
  hand: Leg["hand"];
}

const going = (leg: Leg) => leg.state !== "ended";
const PHASES = ["talking", "held", "ringing", "dialling", "ended"] as const;

/** The leg that matters most now: what is talked, then what rings, then what was last. Null where there is none. */
export function leadingLeg(legs: readonly Leg[]): Leg | null {
  for (const phase of PHASES) {
    const found = legs.filter((leg) => leg.state === phase).at(-1);
    if (found !== undefined) return found;
  }
  return null;
}

/**
 * The call on the card: what goes on now; else the one that was opened by hand; else the last one that ended and is
 * not `done`, that is disposed or put off. Null leaves the place to the agent's day.
 */
export function callOnCard(
  snapshot: Snapshot,
  opened: string | null,
  last: string | null,
  done: (legId: string) => boolean,
): CallView | null {
  const now = leadingLeg(snapshot.legs.filter(going));
  if (now !== null) return ofLiveLeg(now);
  const justEnded = snapshot.legs.at(-1)?.legId ?? null;
  for (const legId of [opened, last, justEnded]) {
    if (legId === null || (done(legId) && legId !== opened)) continue;
    const ended = snapshot.legs.find((leg) => leg.legId === legId);
    if (ended !== undefined && ended.answeredAt !== null) return ofLiveLeg(ended);
    const waiting = snapshot.toDispose.find((one) => one.legId === legId);
    if (waiting !== undefined) return ofWaiting(waiting);
  }
  return null;
}

function ofLiveLeg(leg: Leg): CallView {
  const { legId, type, number, name, contact, queue, startedAt, answeredAt, endedAt, hand } = leg;
  return { legId, phase: leg.state, type, number, name, contact, queue, startedAt, answeredAt, endedAt, hand };
}

function ofWaiting(one: ToDispose): CallView {
  const { legId, type, number, name, contact, queue, startedAt, answeredAt, endedAt } = one;
  return { legId, phase: "ended", type, number, name, contact, queue, startedAt, answeredAt, endedAt, hand: null };
}

/** Who it is, as well as we know: the contact, else the name that came with the call, else the number. */
export function callerName(call: Pick<CallView, "contact" | "name" | "number">): string {
  return call.contact?.name ?? (call.name.trim() || call.number || "Number withheld");
}
