import type { ContactList } from "../../contract/views.ts";
import type { Clock } from "../clock.ts";
import type { Database, Db } from "../db/pool.ts";
import type { Administered } from "../listing.ts";
import { Refusal } from "../refusal.ts";
import type { ChangeService } from "../staff/change-service.ts";
import {
  deleteContactList,
  findContactList,
  hasContacts,
  insertContactList,
  listContactLists,
  lockContactList,
  renameContactList,
} from "./contact-list-store.ts";

export type ContactListService = Administered<{ name: string }, ContactList>;

const unknown = (id: number) => new Refusal("not-found", `There is no contact list ${id}.`);

/** Lists of contacts. A list with contacts in it is not removed: nobody should lose people with one click. */
export function createContactListService(deps: {
  db: Database;
  clock: Clock;
  changes: ChangeService;
}): ContactListService {
  const { db, clock, changes } = deps;
  const lock = async (tx: Db, id: number) => (await lockContactList(tx, id, "update")) ?? unknown(id);
  return {
    list: (query) => listContactLists(db, query),
    get: async (id) => (await findContactList(db, id)) ?? unknown(id),
    create: (actor, { name }) =>
      changes.run<ContactList>(actor, async (tx) => {
        const id = await insertContactList(tx, name);
        return { result: { id, name }, action: "contact-list.create", subject: `contact-list ${id}`, facts: { name } };
      }),
    change: (actor, id, { name }) =>
      changes.run<ContactList>(actor, async (tx) => {
        const before = await lock(tx, id);
        if (before instanceof Refusal) return before;
        if (name !== undefined) await renameContactList(tx, id, name);
        const result = { id, name: name ?? before.name };
        const facts = { was: before.name, name };
        return { result, action: "contact-list.change", subject: `contact-list ${id}`, facts };
      }),
    remove: (actor, id) =>
      changes.run<undefined>(actor, async (tx) => {
        const before = await lock(tx, id);
        if (before instanceof Refusal) return before;
        if (await hasContacts(tx, id)) {
          return new Refusal("reference.in-use", `There are contacts in "${before.name}". Move or remove them first.`);
        }
        await deleteContactList(tx, id, clock.now());
        const facts = { name: before.name };
        return { result: undefined, action: "contact-list.remove", subject: `contact-list ${id}`, facts };
      }),
  };
}
