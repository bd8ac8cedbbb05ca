import type { Alarm, AskedFor, ItemCounts, Leg, Me, QueueLive, Session, ToDispose } from "../../contract/views.ts";
import type { Database } from "../db/pool.ts";
import type { QueueLiveService } from "../queues/queue-live-service.ts";
import { Refusal } from "../refusal.ts";
import type { Services } from "../services.ts";
import { findLastEnd, type LastEnd } from "../sessions/session-ending-store.ts";
import type { Telephony } from "../telephony.ts";
import { presentSession } from "./present.ts";

/** Where the parts of a snapshot come from. Those of one agent may ask the database; the rest is in memory. */
export interface LiveSources {
  telephony(): "up" | "down";
  /** Null: not any more. */
  me(staffId: number): Promise<Me | null>;
  session(agentId: number): Promise<Session | null>;
  /** How his last session ended, if none is open. */
  ended(agentId: number): Promise<LastEnd | null>;
  askedFor(agentId: number): Promise<AskedFor | null>;
  legs(agentId: number): Promise<Leg[]>;
  toDispose(agentId: number): Promise<ToDispose[]>;
  queues(): QueueLive[];
  items(reader: Me): ItemCounts;
  onItems(listener: () => void): () => void;
  alarms(): Alarm[];
}

/** What the desktops are shown, out of the services that know it. What is refused to somebody is nothing to show. */
export function createLiveSources(deps: {
  db: Database;
  telephony: Telephony;
  queueLive: QueueLiveService;
  services: Services;
}): LiveSources {
  const { db, telephony, queueLive, services } = deps;
  const { sessions, signals, signIn, takeovers, liveLegs, dispositions, alarms } = services;
  return {
    telephony: () => telephony.status,
    async session(agentId) {
      const open = await sessions.current(agentId);
      return open === null ? null : presentSession(open, signals);
    },
    async me(staffId) {
      const me = await signIn.me(staffId);
      return me instanceof Refusal ? null : me;
    },
    ended: (agentId) => findLastEnd(db, agentId),
    askedFor: takeovers.askedFor,
    legs: async (agentId) => liveLegs.legsOf(agentId),
    async toDispose(agentId) {
      const found = await dispositions.toDispose(agentId);
      return found instanceof Refusal ? [] : found.rows;
    },
    queues: queueLive.all,
    items: services.itemTally.of,
    onItems: services.itemTally.onChange,
    alarms: alarms.open,
  };
}
