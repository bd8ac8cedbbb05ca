import { setTimeout as delay } from "node:timers/promises";

export type UntilOptions = { timeoutMs?: number };

/**
 * Waits until `look` answers something other than undefined, null or false, and returns it. Tests wait with this and
 * never sleep; the message of a time-out says what was awaited and what was seen last.
 */
export const until = async <Seen>(
  what: string,
  look: () => Seen | Promise<Seen>,
  { timeoutMs = 15_000 }: UntilOptions = {},
): Promise<Exclude<Seen, undefined | null | false>> => {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    let last: string;
    try {
      const seen = await look();
      if (seen !== undefined && seen !== null && seen !== false) {
        return seen as Exclude<Seen, undefined | null | false>;
      }
      last = String(seen);
    } catch (error) {
      last = String(error);
    }
    if (performance.now() > deadline) throw new Error(`not within ${timeoutMs} ms: ${what}; last seen: ${last}`);
    await delay(20);
  }
};
