import type { Clock } from "../clock.ts";
import { canonicalNumber } from "../contacts/phone-number.ts";
import type { Database } from "../db/pool.ts";
import type { ItemMaker } from "../items/item-maker.ts";
import type { CallbackAnswer, CallbackWish } from "../ivr/block-house.ts";
import type { SettingService } from "../staff/setting-service.ts";
import { readOutboundConfig } from "../trunks/outbound-config-store.ts";
import { callableNumber, plainNumber } from "./callback-number.ts";
import { countWaiting, findAgentsOfQueue, readOwnNumbers } from "./callback-store.ts";

export interface CallbackRequestService {
  /** Takes down that somebody wants to be called back: an item of the queue, which keeps his place by its `since`. */
  ask(wish: CallbackWish): Promise<CallbackAnswer>;
}

/** More than these nobody calls back: who calls again and again with numbers of others is not to fill the house. */
const MOST_IN_QUEUE = 500;
const MOST_OF_CALLER = 3;
/** Nobody has waited longer: a caller's place is not older than his call. */
const LONGEST_WAIT_MS = 24 * 3600_000;

export function createCallbackRequestService(deps: {
  db: Database;
  clock: Clock;
  items: Pick<ItemMaker, "make">;
  settings: Pick<SettingService, "current">;
}): CallbackRequestService {
  const { db, clock, items, settings } = deps;
  return {
    async ask({ queueId, number, caller, linkedId, since }) {
      const { country, emergencyNumbers } = settings.current();
      const agentIds = await findAgentsOfQueue(db, queueId);
      if (agentIds === null) return "not-allowed";
      const { outboundRoutes: routes, limits } = await readOutboundConfig(db);
      const ours = new Set((await readOwnNumbers(db)).map((each) => canonicalNumber(each, country)));
      const isOurs = (each: string) => ours.has(canonicalNumber(each, country));
      const called = callableNumber(number, { routes, limits, emergencyNumbers, agentIds, isOurs });
      if (called !== "callable") return called;
      const waiting = await countWaiting(db, queueId, caller);
      if (waiting.inQueue >= MOST_IN_QUEUE || (caller !== "" && waiting.his >= MOST_OF_CALLER)) return "not-allowed";
      const now = clock.now().getTime();
      const came = new Date(Math.min(now, Math.max(since.getTime() || now, now - LONGEST_WAIT_MS)));
      const made = await items.make({
        ...{ kind: "callback", since: came, queueId, ownerId: null, linkedId, wantedAt: null },
        ...{ caller, number: plainNumber(number) },
      });
      return made === null ? "already-asked" : "done";
    },
  };
}
