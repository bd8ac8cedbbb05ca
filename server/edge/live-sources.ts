import type { Database } from "../db/pool.ts";
import type { QueueLiveService } from "../queues/queue-live-service.ts";
import { Refusal } from "../refusal.ts";
import type { Services } from "../services.ts";
import { findLastEnd } from "../sessions/session-ending-store.ts";
import type { Telephony } from "../telephony.ts";
import type { LiveSources } from "./live-feed.ts";
import { presentSession } from "./present.ts";

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
    alarms: alarms.open,
  };
}
