import type { DisposeItemBody, Item } from "../../contract/views.ts";
import { isPath } from "../calls/disposition.ts";
import { contactExists, readTree } from "../calls/disposition-store.ts";
import type { Clock } from "../clock.ts";
import { brokenConstraint, type Database, type Db, inTransaction } from "../db/pool.ts";
import type { Hub } from "../hub.ts";
import type { Log } from "../log.ts";
import { Refusal } from "../refusal.ts";
import { writeAudit } from "../staff/audit-store.ts";
import { type Actor, may } from "../staff/permission.ts";
import { createStaleReader } from "../stale-reader.ts";
import {
  decideAssign,
  decideDispose,
  decideGiveBack,
  decideReopen,
  decideTake,
  type ItemFacts,
  type ItemNext,
} from "./item-acts.ts";
import { findItem, type ItemFilter, type ItemReach, listItems } from "./item-list.ts";
import { CALLBACK_ONCE } from "./item-maker.ts";
import {
  type Concerned,
  findAgent,
  type ItemEnding,
  insertAttempt,
  lockItem,
  openItemsOfLeavers,
  putItem,
  takeOpen,
} from "./item-store.ts";

/** Items as people work them off. What somebody may not see does not exist for him. */
export interface ItemService {
  start(): void;
  stop(): Promise<void>;
  list(
    actor: Actor,
    filter: Omit<ItemFilter, "reach">,
  ): Promise<{ rows: Item[]; next: { startedMs: number; id: number } | null }>;
  get(actor: Actor, id: number): Promise<Item | Refusal>;
  take(actor: Actor, id: number): Promise<Item | Refusal>;
  giveBack(actor: Actor, id: number): Promise<Item | Refusal>;
  assign(actor: Actor, id: number, agentId: number): Promise<Item | Refusal>;
  /** Takes it, rings the telephone of whoever asks and dials the number; the attempt stands at the item. */
  call(actor: Actor, id: number): Promise<Item | Refusal>;
  dispose(actor: Actor, id: number, body: DisposeItemBody): Promise<Item | Refusal>;
  reopen(actor: Actor, id: number): Promise<Item | Refusal>;
}

/** Who sees all of them, and who what is his. */
export const reachOf = (actor: Actor): ItemReach => (may(actor, "items.lead") ? null : actor.staffId);
export const unknownItem = (id: number) => new Refusal("not-found", `There is no item ${id}.`);

/** What an act does to an item that is locked. */
interface Act {
  action: string;
  next: ItemNext;
  words?: string;
  facts?: Record<string, unknown>;
  ending?: ItemEnding;
  also?: (tx: Db) => Promise<void>;
}

export function createItemService(deps: {
  db: Database;
  clock: Clock;
  hub: Hub;
  log: Log;
  contactOf: (number: string) => Promise<Item["contact"]>;
  dial: (agentId: number, to: string) => Promise<Refusal | undefined>;
}): ItemService {
  const { db, clock, hub, log } = deps;
  let unsubscribe = () => {};

  const withContact = async (item: Item): Promise<Item> =>
    item.contact !== null || item.number === "" ? item : { ...item, contact: await deps.contactOf(item.number) };
  const read = async (actor: Actor, id: number) => {
    const found = await findItem(db, id, reachOf(actor));
    return found === null ? unknownItem(id) : withContact(found);
  };
  const changed = (id: number, { queueId, agentIds }: Concerned) =>
    hub.publish({ type: "item.changed", itemId: id, queueId, agentIds });

  /** Locks it, decides, puts it where the act leaves it and writes that down; tells whom it concerned and concerns. */
  const act = async (
    actor: Actor,
    id: number,
    decide: (item: ItemFacts & { number: string }, tx: Db) => Promise<Act | Refusal> | Act | Refusal,
  ): Promise<Item | Refusal> => {
    let done: (Concerned & { id: number }) | Refusal;
    try {
      done = await inTransaction<(Concerned & { id: number }) | Refusal>(db, async (tx) => {
        const item = await lockItem(tx, id, reachOf(actor));
        if (item === null) return unknownItem(id);
        const decided = await decide(item, tx);
        if (decided instanceof Refusal) return decided;
        const { action, next, words, facts = {}, ending, also } = decided;
        const at = clock.now();
        // Who has it already takes nothing; the time since when he has it stays.
        if (next.state !== item.state || (next.state === "taken" && next.takenBy !== item.taken?.id)) {
          await putItem(tx, id, next, at, ending);
        }
        await also?.(tx);
        const said = words === undefined ? facts : { ...facts, words };
        await writeAudit(tx, { actorId: actor.staffId, action, subject: `item ${id}`, facts: said, at });
        const agentIds = next.state === "taken" ? [...item.agentIds, next.takenBy] : [...item.agentIds, actor.staffId];
        return { id, queueId: item.queueId, agentIds };
      });
    } catch (error) {
      if (brokenConstraint(error) !== CALLBACK_ONCE) throw error;
      return new Refusal("item.asked-again", "This caller has asked to be called again meanwhile: that item is open.");
    }
    if (done instanceof Refusal) return done;
    changed(id, done);
    // Seen by whoever did it, also where he sees it no more: an agent who gives back what was assigned to him.
    const item = await findItem(db, id, null);
    return item === null ? unknownItem(id) : withContact(item);
  };

  /** Some have left the house: nobody else would open what they had. */
  const left = async () => {
    const opened = await inTransaction(db, async (tx) => {
      const some = await openItemsOfLeavers(tx);
      const facts = { words: "whoever had it has left the house" };
      for (const { id } of some) {
        const what = { action: "item.give-back", subject: `item ${id}`, facts };
        await writeAudit(tx, { actorId: null, ...what, at: clock.now() });
      }
      return some;
    });
    for (const { id, ...concerned } of opened) changed(id, concerned);
  };
  const leavers = createStaleReader({
    ...{ clock, log, failed: "items of somebody who has left the house were not opened; it is tried again" },
    ...{ readAll: left, readSome: left },
  });

  const take = async (actor: Actor, id: number) => {
    const at = clock.now();
    const won = await inTransaction(db, async (tx) => {
      const mine = await takeOpen(tx, id, actor.staffId, reachOf(actor), at);
      if (mine) await writeAudit(tx, { actorId: actor.staffId, action: "item.take", subject: `item ${id}`, at });
      return mine ? await lockItem(tx, id, null) : null;
    });
    if (won !== null) {
      changed(id, won);
      return read(actor, id);
    }
    // Somebody was quicker, or it is not open: the row says who has it.
    const item = await inTransaction(db, (tx) => lockItem(tx, id, reachOf(actor)));
    if (item === null) return unknownItem(id);
    const decided = decideTake(actor, item);
    return decided instanceof Refusal ? decided : read(actor, id);
  };

  const giveBack = (actor: Actor, id: number) =>
    act(actor, id, (item) => {
      const next = decideGiveBack(actor, item);
      return next instanceof Refusal ? next : { action: "item.give-back", next };
    });

  return {
    start() {
      unsubscribe = hub.subscribe((news) => {
        if (news.type === "staff.removed") leavers.all();
      });
      leavers.start();
      // Who left while nobody listened.
      leavers.all();
    },
    async stop() {
      unsubscribe();
      await leavers.stop();
    },
    async list(actor, filter) {
      const { rows, next } = await listItems(db, { ...filter, reach: reachOf(actor) });
      const contacts = new Map<string, Item["contact"]>();
      for (const { contact, number } of rows) {
        if (contact === null && number !== "" && !contacts.has(number)) {
          contacts.set(number, await deps.contactOf(number));
        }
      }
      return { rows: rows.map((row) => ({ ...row, contact: row.contact ?? contacts.get(row.number) ?? null })), next };
    },
    get: read,
    take,
    giveBack,
    assign: (actor, id, agentId) =>
      act(actor, id, async (item, tx) => {
        const agent = await findAgent(tx, agentId);
        const next = decideAssign(item, agent);
        return next instanceof Refusal
          ? next
          : { action: "item.assign", next, words: agent?.name ?? "", facts: { agentId } };
      }),
    async call(actor, id) {
      const before = await read(actor, id);
      if (before instanceof Refusal) return before;
      const { number } = before;
      if (!DIALLED.test(number)) return new Refusal("item.no-number", "This caller showed no number to call.");
      const mine = await take(actor, id);
      if (mine instanceof Refusal) return mine;
      const refused = await deps.dial(actor.staffId, number);
      if (refused !== undefined) {
        if (before.state === "open") await giveBack(actor, id);
        return refused;
      }
      return act(actor, id, (item) => {
        // It rings at his telephone already: whatever has become of the item since, the call was made.
        const next: ItemNext = item.state === "taken" && item.taken !== null ? had(item.taken.id) : asItIs(item);
        const also = (tx: Db) => insertAttempt(tx, { itemId: id, at: clock.now(), byId: actor.staffId, number });
        return { action: "item.call", next, words: number, also };
      });
    },
    dispose: (actor, id, { disposition, contactId = null, note = null }) =>
      act(actor, id, async (item, tx) => {
        const next = decideDispose(actor, item);
        if (next instanceof Refusal) return next;
        if (!isPath(await readTree(tx), disposition)) {
          const words = `"${disposition.join(" › ")}" is not in the list of dispositions.`;
          return new Refusal("disposition.unknown", words);
        }
        if (contactId !== null && !(await contactExists(tx, contactId))) {
          return new Refusal("reference.unknown", `There is no contact ${contactId}.`, { field: "contactId" });
        }
        const ending = { by: actor.staffId, disposition, note: note?.trim() || null, contactId };
        return { action: "item.dispose", next, words: disposition.join(" › "), facts: { disposition }, ending };
      }),
    reopen: (actor, id) =>
      act(actor, id, (item) => {
        const next = decideReopen(actor, item, clock.now());
        return next instanceof Refusal ? next : { action: "item.reopen", next };
      }),
  };
}

/** A number. With a star it may be a code of the house's, and a caller shows what he likes. */
const DIALLED = /^\+?[0-9]{1,24}$/;
const had = (takenBy: number): ItemNext => ({ state: "taken", takenBy });
const asItIs = ({ state }: ItemFacts): ItemNext => (state === "done" ? { state: "done" } : { state: "open" });
