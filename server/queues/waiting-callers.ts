import type { TelephonyEvent, TelephonyState, Waiting } from "../telephony.ts";

/** Who waits in which queue now, kept in memory by the telephone system's events. */
export interface WaitingCallers {
  /** Answers who joined or left by this event; null where nobody did who was known. */
  heard(event: TelephonyEvent): Waiting | null;
  /** A point in the stream of events, to be taken before state is read. */
  mark(): number;
  /**
   * Puts freshly read callers in place of what was known, except where an event since `mark` knew better. Answers the
   * queues in which somebody else waits now.
   */
  refresh(state: Pick<TelephonyState, "waiting">, mark: number): Set<number>;
  all(): Waiting[];
  /** The link is down: nobody is known to wait. */
  forget(): void;
}

/** A lost "left" must not grow this for ever. */
const MOST_WAITING = 20_000;
const LEFT_REMEMBERED = 10_000;

/** Builds what keeps them; nobody is known at first. */
export function createWaitingCallers(): WaitingCallers {
  const waiting = new Map<string, { caller: Waiting; heardAt: number }>();
  /** Who left, and when in the stream: a caller that leaves while state is read must not come back with it. */
  const left = new Map<string, number>();
  let place = 0;

  const key = (queueId: number, channelId: string) => `${queueId} ${channelId}`;
  const trim = (map: Map<string, unknown>, most: number) => {
    const oldest = map.keys().next().value;
    if (map.size > most && oldest !== undefined) map.delete(oldest);
  };

  return {
    heard(event) {
      place += 1;
      if (event.type === "queue.joined") {
        const caller = event.waiting;
        waiting.set(key(caller.queueId, caller.channelId), { caller, heardAt: place });
        trim(waiting, MOST_WAITING);
        return caller;
      }
      if (event.type !== "queue.left") return null;
      const name = key(event.queueId, event.channelId);
      const known = waiting.get(name);
      left.set(name, place);
      trim(left, LEFT_REMEMBERED);
      waiting.delete(name);
      return known?.caller ?? null;
    },
    mark: () => place,
    refresh(state, mark) {
      const touched = new Set<number>();
      const found = new Map(state.waiting.map((one) => [key(one.queueId, one.channelId), one]));
      for (const [name, { caller, heardAt }] of waiting) {
        if (heardAt > mark || found.has(name)) continue;
        waiting.delete(name);
        touched.add(caller.queueId);
      }
      for (const [name, caller] of found) {
        if (waiting.has(name) || (left.get(name) ?? -1) > mark) continue;
        waiting.set(name, { caller, heardAt: mark });
        touched.add(caller.queueId);
      }
      return touched;
    },
    all: () => [...waiting.values()].map(({ caller }) => caller),
    forget: () => waiting.clear(),
  };
}
