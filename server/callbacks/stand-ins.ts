/** Somebody who asked to be called back, as it is decided whether his place is kept in the queue now. */
export interface CallbackRequest {
  itemId: number;
  queueId: number;
  since: Date;
  /** Nobody has it, and it is not done. */
  open: boolean;
  /** The queue calls back by itself, and has not tried often enough. */
  byItself: boolean;
  /** Its time has come, and the queue's hours are now. */
  due: boolean;
  /** He waits there himself just now. */
  there: boolean;
  /** The call that keeps his place, or calls him; null: none. */
  callId: string | null;
}

/** More places are not kept at once; the others wait for one, oldest first. */
export const MOST_PLACES = 200;

/**
 * Which places are to be kept from now on, and which are not any more. `waiting`: the calls that stand in a queue now.
 *
 * | he is to be called now | his place   |                                                                |
 * |------------------------|-------------|----------------------------------------------------------------|
 * | yes                    | is not kept | keep it, oldest first                                          |
 * | yes                    | is kept     | stays                                                          |
 * | no                     | is kept     | give it up                                                     |
 * | no                     | is taken    | nothing: somebody is calling him, and how that ends is its word |
 *
 * Pure.
 */
export function decideStandIns(
  requests: readonly CallbackRequest[],
  waiting: ReadonlySet<string>,
): { keep: CallbackRequest[]; giveUp: string[] } {
  const wanted = (one: CallbackRequest) => one.open && one.byItself && one.due && !one.there;
  const spare = Math.max(0, MOST_PLACES - requests.filter(({ callId }) => callId !== null).length);
  const keep = requests
    .filter((one) => wanted(one) && one.callId === null)
    .sort((a, b) => a.since.getTime() - b.since.getTime() || a.itemId - b.itemId)
    .slice(0, spare);
  const giveUp = requests.flatMap((one) =>
    one.callId !== null && waiting.has(one.callId) && !wanted(one) ? [one.callId] : [],
  );
  return { keep, giveUp };
}

/** His place in a queue, from the head on: behind all who came before him. Pure. */
export const placeOf = (since: Date, inQueue: readonly { since: Date }[]): number =>
  1 + inQueue.filter((one) => one.since.getTime() <= since.getTime()).length;

/** The id of a call of ours, of the form of the telephone system's own, whose counters do not come so far. */
export const callIdOf = (node: string, at: Date, itemId: number): string =>
  `${node}-${Math.floor(at.getTime() / 1000)}.${9_000_000_000 + itemId}`;
