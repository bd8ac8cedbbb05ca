import type { Leg } from "../../contract/views.ts";

/** How a queue wants its calls wrapped up. */
export interface WrapUpRule {
  wrapUpSeconds: number;
  mandatoryDisposition: boolean;
}

/**
 * Until when an agent wraps up the call that has just ended; null is not at all. Only answered calls of a queue, and
 * none whose disposition is chosen already. Where the queue insists on one, only the maximum ends it by itself.
 */
export function wrapUpUntil(
  leg: Pick<Leg, "state" | "answeredAt" | "endedAt" | "queue">,
  rule: WrapUpRule,
  disposed: boolean,
  maximumSeconds: number,
): Date | null {
  if (leg.state !== "ended" || leg.queue === null || leg.answeredAt === null || leg.endedAt === null || disposed)
    return null;
  const seconds = rule.mandatoryDisposition ? maximumSeconds : Math.min(rule.wrapUpSeconds, maximumSeconds);
  return seconds === 0 ? null : new Date(Date.parse(leg.endedAt) + seconds * 1000);
}
