import type { QueueLive } from "../../contract/views.ts";
import type { Clock } from "../clock.ts";
import type { Database } from "../db/pool.ts";
import type { Hub } from "../hub.ts";
import type { Log } from "../log.ts";
import type { TelephonyEvent, TelephonyState } from "../telephony.ts";
import { readQueueNames } from "./queue-admin-store.ts";

/** Who waits in which queue now, kept in memory by the telephone system's events. */
export interface QueueLiveService {
  start(): Promise<void>;
  stop(): void;
  heard(event: TelephonyEvent): void;
  /** A point in the stream of events, to be taken before state is read. */
  mark(): number;
  /** Puts freshly read callers in place of what was known, except where an event since `mark` knew better. */
  refresh(state: Pick<TelephonyState, "waiting">, mark: number): void;
  /** Every living queue by name. */
  all(): QueueLive[];
}

/** A lost "left" must not grow this for ever. */
const MOST_WAITING = 20_000;
const LEFT_REMEMBERED = 10_000;
const RETRY_MS = 2000;
/** The order in which desktops keep them too. */
const byName = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** Builds the service; `start` reads the queues' names. */
export function createQueueLiveService(deps: { db: Database; clock: Clock; hub: Hub; log: Log }): QueueLiveService {
  const { db, clock, hub, log } = deps;
  const waiting = new Map<string, { queueId: number; joinedAt: Date; heardAt: number }>();
  /** Who left, and when in the stream: a caller that leaves while state is read must not come back with it. */
  const left = new Map<string, number>();
  let names = new Map<number, string>();
  let place = 0;
  let stopped = true;
  let unsubscribe = () => {};
  let cancel = () => {};

  const changed = (queueId: number) => hub.publish({ type: "queue.changed", queueId });
  const key = (queueId: number, channelId: string) => `${queueId} ${channelId}`;
  const trim = (map: Map<string, unknown>, most: number) => {
    const oldest = map.keys().next().value;
    if (map.size > most && oldest !== undefined) map.delete(oldest);
  };

  const readNames = async () => {
    cancel();
    const before = names;
    try {
      names = await readQueueNames(db);
    } catch (error) {
      log.warn({ err: error }, "the queues' names could not be read");
      if (!stopped) cancel = clock.after(RETRY_MS, () => void readNames());
      return;
    }
    for (const id of new Set([...before.keys(), ...names.keys()])) if (before.get(id) !== names.get(id)) changed(id);
  };

  return {
    async start() {
      stopped = false;
      unsubscribe = hub.subscribe((news) => {
        if (news.type === "configuration.changed") void readNames();
      });
      await readNames();
    },
    stop() {
      stopped = true;
      cancel();
      unsubscribe();
    },
    heard(event) {
      place += 1;
      if (event.type === "queue.joined") {
        const { queueId, channelId, joinedAt } = event.waiting;
        waiting.set(key(queueId, channelId), { queueId, joinedAt, heardAt: place });
        trim(waiting, MOST_WAITING);
        changed(queueId);
      } else if (event.type === "queue.left") {
        left.set(key(event.queueId, event.channelId), place);
        trim(left, LEFT_REMEMBERED);
        if (waiting.delete(key(event.queueId, event.channelId))) changed(event.queueId);
      }
    },
    mark: () => place,
    refresh(state, mark) {
      const touched = new Set<number>();
      const found = new Map(state.waiting.map((one) => [key(one.queueId, one.channelId), one]));
      for (const [name, { queueId, heardAt }] of waiting) {
        if (heardAt > mark || found.has(name)) continue;
        waiting.delete(name);
        touched.add(queueId);
      }
      for (const [name, { queueId, joinedAt }] of found) {
        if (waiting.has(name) || (left.get(name) ?? -1) > mark) continue;
        waiting.set(name, { queueId, joinedAt, heardAt: mark });
        touched.add(queueId);
      }
      for (const queueId of touched) changed(queueId);
    },
    all() {
      const byQueue = Map.groupBy(waiting.values(), ({ queueId }) => queueId);
      return [...names]
        .map(([id, name]) => {
          const callers = byQueue.get(id) ?? [];
          const longest = Math.min(...callers.map(({ joinedAt }) => joinedAt.getTime()));
          const longestSince = callers.length === 0 ? null : new Date(longest).toISOString();
          return { id, name, waiting: callers.length, longestSince };
        })
        .sort((a, b) => byName.compare(a.name, b.name) || a.id - b.id);
    },
  };
}
