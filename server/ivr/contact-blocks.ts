import { Value } from "typebox/value";
import { ContactBody } from "../../contract/views.ts";
import { findContactList } from "../contacts/contact-list-store.ts";
import type { ContactService } from "../contacts/contact-service.ts";
import type { Database } from "../db/pool.ts";
import { Refusal } from "../refusal.ts";
import type { BlockHouse, KnownContact } from "./block-house.ts";

/** What blocks ask of the contact lists. What they put there has the house itself as its maker. */
export function createContactBlocks(deps: {
  db: Database;
  contacts: Pick<ContactService, "hint" | "get" | "search" | "create">;
}): Pick<BlockHouse, "contactOf" | "createContact"> {
  const { db, contacts } = deps;

  const known = async (id: number): Promise<KnownContact | null> => {
    const contact = await contacts.get(id);
    if (contact instanceof Refusal) return null;
    const list = await findContactList(db, contact.listId);
    return { id, name: contact.fullName, company: contact.company, email: contact.email, list: list?.name ?? "" };
  };

  return {
    async contactOf(number) {
      const found = await contacts.hint(number);
      return found === null ? null : known(found.id);
    },
    async createContact({ listId, name, number, company, email }) {
      const some = { company: company || null, email: email || null };
      const body = { listId, fullName: name, ...some, numbers: [number] };
      if (!Value.Check(ContactBody, body)) return null;
      const { rows } = await contacts.search({ limit: 1, after: null, q: null, listId, number });
      const there = rows[0];
      if (there !== undefined) return known(there.id);
      const made = await contacts.create(null, body);
      return made instanceof Refusal ? null : known(made.id);
    },
  };
}
