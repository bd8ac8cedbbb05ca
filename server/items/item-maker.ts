import type { Clock } from "../clock.ts";
import { canonicalNumber } from "../contacts/phone-number.ts";
import { brokenConstraint, type Database, type Db, inTransaction } from "../db/pool.ts";
import type { Hub } from "../hub.ts";
import { writeAudit } from "../staff/audit-store.ts";
import { insertItem, type NewItem } from "./item-store.ts";

/** One that is to wait from now on. */
export type ItemWish = Omit<NewItem, "canonical">;

export interface ItemMaker {
  /**
   * Writes an item down, with what else belongs to it in the same transaction, and tells whom it concerns. Null: who
   * asked to be called waits there already. Throws where the database is away.
   */
  make(wish: ItemWish, also?: (tx: Db, id: number) => Promise<void>): Promise<number | null>;
}

/** What the index of open callbacks is called: nobody waits twice. */
export const CALLBACK_ONCE = "items_callback_once";
const LONGEST_NUMBER = 80;

/** Makes items, whatever kind of thing they come from. */
export function createItemMaker(deps: {
  db: Database;
  clock: Clock;
  hub: Hub;
  settings: { current(): { country: string } };
}): ItemMaker {
  const { db, clock, hub, settings } = deps;
  return {
    async make(wish, also) {
      const number = wish.number.slice(0, LONGEST_NUMBER);
      const canonical = canonicalNumber(number, settings.current().country).slice(0, LONGEST_NUMBER);
      const one = { ...wish, number, canonical, caller: wish.caller.slice(0, LONGEST_NUMBER) };
      try {
        const id = await inTransaction(db, async (tx) => {
          const made = await insertItem(tx, one);
          await also?.(tx, made);
          const facts = { kind: wish.kind, queueId: wish.queueId, ownerId: wish.ownerId };
          const subject = `item ${made}`;
          await writeAudit(tx, { actorId: null, action: "item.make", subject, facts, at: clock.now() });
          return made;
        });
        const agentIds = wish.ownerId === null ? [] : [wish.ownerId];
        hub.publish({ type: "item.changed", itemId: id, queueId: wish.queueId, agentIds });
        return id;
      } catch (error) {
        if (brokenConstraint(error) === CALLBACK_ONCE) return null;
        throw error;
      }
    },
  };
}
