import type { Database } from "../../server/db/pool.ts";
import type { ExchangeWatch } from "./exchange.ts";
import type { PausePromises } from "./pause-promises.ts";
import type { Schedule } from "./schedule.ts";
import { holdsAt, type OpenTruth, readOpen } from "./truth.ts";

/** A pause and a ring that cross each other inside the telephone system: whoever was first there counts. */
const CROSSING_MS = 50;

/**
 * Looks at every telephone the very instant it may ring, or does: whoever is set ready must be ready by then in the
 * database, and whoever was told that he is paused is not rung.
 */
export function createRingWatch(deps: {
  db: Database;
  schedule: Schedule;
  promises: PausePromises;
  wrongs: string[];
  /** No act is under way. */
  calm(): boolean;
}): ExchangeWatch {
  const { db, schedule, promises, wrongs, calm } = deps;
  return {
    async released(endpoint) {
      const holds = await holdsAt(db, endpoint);
      if (holds === null) wrongs.push(`${endpoint} was set ready in its queues, and nobody holds it`);
      else if (holds.length > 0) wrongs.push(`${endpoint} was set ready with ${holds.join(", ")} open`);
    },
    rung({ endpoint, agentName, at }) {
      const told = promises.sessions(at === null ? null : new Date(at.getTime() - CROSSING_MS));
      // Whose place it is cannot be told where somebody is just sitting down.
      if (told.size === 0 || (agentName === null && !calm())) return;
      const isHis = (one: OpenTruth) =>
        agentName === null ? one.endpoint === endpoint : firstName(one.agentName) === firstName(agentName);
      void schedule.run(async () => {
        // A session that is open now was open when it rang.
        const mine = (await readOpen(db)).find((one) => told.has(one.sessionId) && isHis(one));
        if (mine !== undefined) wrongs.push(`${endpoint} rings, and ${mine.agentName} was told that he is paused`);
      });
    },
    crashed: promises.forget,
  };
}

/** "Agent 2" of "Agent 2 renamed 7". */
const firstName = (name: string) => name.split(" ", 2).join(" ");
