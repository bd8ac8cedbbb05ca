import type { ItemCounts, Role } from "../../contract/views.ts";
import type { Clock } from "../clock.ts";
import type { Database } from "../db/pool.ts";
import type { Hub } from "../hub.ts";
import type { Log } from "../log.ts";
import { createStaleReader } from "../stale-reader.ts";
import { readWaiting } from "./item-store.ts";
import { countsOf, type ItemTally } from "./item-tally.ts";

/** How much waits for whom, kept in memory. */
export interface ItemTallyService {
  start(): void;
  stop(): Promise<void>;
  /** As one person sees it. */
  of(reader: { id: number; role: Role }): ItemCounts;
  /** Told when it may be other for somebody. The answer ends it. */
  onChange(listener: () => void): () => void;
}

export function createItemTallyService(deps: { db: Database; clock: Clock; hub: Hub; log: Log }): ItemTallyService {
  const { db, clock, hub, log } = deps;
  const listeners = new Set<() => void>();
  let tally: ItemTally = { waiting: [], queues: new Map(), queuesOf: new Map() };
  /** Counts on from the clock, so that after a restart every number is a new one. */
  let revision = clock.now().getTime();
  let everybodys = revision;
  /** Since when what the queues are called is what it is. */
  let ofHouse = revision;
  const ofQueue = new Map<number, number>();
  const ofAgent = new Map<number, number>();
  let unsubscribe = () => {};

  const read = async () => {
    const { queues, ...found } = await readWaiting(db);
    tally = { ...found, queues: new Map(queues.map(({ id, name }) => [id, name])) };
    for (const listener of listeners) listener();
  };
  const reader = createStaleReader({
    ...{ clock, log, failed: "what waits for whom could not be counted", readAll: read, readSome: read },
  });

  const revisionFor = ({ id, role }: { id: number; role: Role }): number => {
    if (role !== "agent") return everybodys;
    const first = Math.max(ofHouse, ofAgent.get(id) ?? 0);
    return (tally.queuesOf.get(id) ?? []).reduce((last, queueId) => Math.max(last, ofQueue.get(queueId) ?? 0), first);
  };

  return {
    start() {
      unsubscribe = hub.subscribe((news) => {
        const { type } = news;
        if (type !== "item.changed" && type !== "agent.changed" && type !== "configuration.changed") return;
        revision += 1;
        everybodys = revision;
        if (type === "item.changed") {
          if (news.queueId !== null) ofQueue.set(news.queueId, revision);
          for (const agentId of news.agentIds) ofAgent.set(agentId, revision);
        } else if (type === "agent.changed") ofAgent.set(news.agentId, revision);
        else ofHouse = revision;
        reader.all();
      });
      reader.start();
      reader.all();
    },
    async stop() {
      unsubscribe();
      await reader.stop();
    },
    of: (one) => countsOf(one, tally, revisionFor(one)),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
