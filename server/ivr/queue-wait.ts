import type { Variables } from "./variables.ts";

/** Variables that say where a caller waited, and since when: who asks to be called back keeps his place by it. */
const QUEUE = "queue.id";
const SINCE = "queue.since";

/** He has waited there from that instant on, and nobody took him. One that he enters again he never left. */
export function rememberWait(variables: Variables, queueId: number, enteredAt: Date): void {
  if (variables.get(QUEUE) === String(queueId)) return;
  variables.set(QUEUE, String(queueId));
  variables.set(SINCE, enteredAt.toISOString());
}

/** Somebody talked with him: what he waits for from now on is another thing. */
export function forgetWait(variables: Variables): void {
  variables.set(QUEUE, "");
  variables.set(SINCE, "");
}

/** Since when he waits in that queue; null: he has not been in it. */
export function waitedSince(variables: Variables, queueId: number): Date | null {
  const since = variables.get(QUEUE) === String(queueId) ? Date.parse(variables.get(SINCE)) : Number.NaN;
  return Number.isNaN(since) ? null : new Date(since);
}
