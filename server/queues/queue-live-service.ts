import type { QueueLive } from "../../contract/views.ts";
import type { Clock } from "../clock.ts";
import type { Database } from "../db/pool.ts";
import type { Hub } from "../hub.ts";
import type { Log } from "../log.ts";
import type { TelephonyEvent, TelephonyState } from "../telephony.ts";
import { readQueueNames } from "./queue-admin-store.ts";
import { createWaitingCallers } from "./waiting-callers.ts";

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

const RETRY_MS = 2000;
/** The order in which desktops keep them too. */
const byName = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** Builds the service; `start` reads the queues' names. */
export function createQueueLiveService(deps: { db: Database; clock: Clock; hub: Hub; log: Log }): QueueLiveService {
  const { db, clock, hub, log } = deps;
  const callers = createWaitingCallers();
  let names = new Map<number, string>();
  let stopped = true;
  let unsubscribe = () => {};
  let cancel = () => {};

  const changed = (queueId: number) => hub.publish({ type: "queue.changed", queueId });

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
      const one = callers.heard(event);
      if (one !== null) changed(one.queueId);
    },
    mark: callers.mark,
    refresh(state, mark) {
      for (const queueId of callers.refresh(state, mark)) changed(queueId);
    },
    all() {
      const byQueue = Map.groupBy(callers.all(), ({ queueId }) => queueId);
      return [...names]
        .map(([id, name]) => {
          const here = byQueue.get(id) ?? [];
          const longest = Math.min(...here.map(({ joinedAt }) => joinedAt.getTime()));
          const longestSince = here.length === 0 ? null : new Date(longest).toISOString();
          return { id, name, waiting: here.length, longestSince };
        })
        .sort((a, b) => byName.compare(a.name, b.name) || a.id - b.id);
    },
  };
}
