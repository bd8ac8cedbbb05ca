import type { Static } from "typebox";
import type { Contact, ContactBody, ContactHint } from "../../contract/views.ts";
import type { Clock } from "../clock.ts";
import { type Database, type Db, inTransaction } from "../db/pool.ts";
import type { Administered, Listed, ListQuery } from "../listing.ts";
import { Refusal } from "../refusal.ts";
import type { ChangeService } from "../staff/change-service.ts";
import type { Actor } from "../staff/permission.ts";
import { lockContactList } from "./contact-list-store.ts";
import {
  deleteContact,
  findContact,
  findHint,
  insertContact,
  listContacts,
  lockContact,
  readNumbers,
  setNumbers,
  updateContact,
} from "./contact-store.ts";
import { canonicalNumber } from "./phone-number.ts";

export interface ContactService extends Administered<ContactBody, Contact> {
  /** Null: the house itself. */
  create(actor: Actor | null, body: ContactBody): Promise<Contact | Refusal>;
  /** As `list`, of one list or with one number only. */
  search(query: ListQuery & { listId: number | null; number: string | null }): Promise<Listed<Contact>>;
  /** Whose number that is, however it is written; null when nobody's. */
  hint(number: string): Promise<Static<typeof ContactHint> | null>;
  /** Reads every number anew, as the house's country has changed. In pieces; may be repeated. */
  recanonicalise(): Promise<void>;
}

const PIECE = 500;
const unknown = (id: number) => new Refusal("not-found", `There is no contact ${id}.`);

/** People and companies with their numbers. */
export function createContactService(deps: {
  db: Database;
  clock: Clock;
  changes: ChangeService;
  settings: { current(): { country: string } };
}): ContactService {
  const { db, clock, changes, settings } = deps;
  const read = async (tx: Db, id: number) => (await findContact(tx, id)) ?? unknown(id);
  const canonical = (number: string) => canonicalNumber(number, settings.current().country);
  const numbered = (numbers: string[]) => numbers.map((number) => ({ number, canonical: canonical(number) }));

  return {
    list: (query) => listContacts(db, { ...query, listId: null, canonical: null }),
    search: ({ number, ...query }) =>
      listContacts(db, { ...query, canonical: number === null ? null : canonical(number) }),
    get: (id) => read(db, id),
    hint: async (number) => (/[0-9]/.test(number) ? findHint(db, canonical(number)) : null),
    create: (actor, body) =>
      changes.run<Contact>(actor, async (tx) => {
        const refused = await checkList(tx, body.listId);
        if (refused !== null) return refused;
        const { listId, fullName, company = null, email = null, note = null, numbers = [] } = body;
        const id = await insertContact(tx, { listId, fullName, company, email, note });
        await setNumbers(tx, id, numbered(numbers));
        const result = await read(tx, id);
        if (result instanceof Refusal) return result;
        return { result, action: "contact.create", subject: `contact ${id}`, facts: { listId, fullName } };
      }),
    change: (actor, id, patch) =>
      changes.run<Contact>(actor, async (tx) => {
        if (!(await lockContact(tx, id))) return unknown(id);
        const before = await read(tx, id);
        if (before instanceof Refusal) return before;
        const refused = patch.listId === undefined ? null : await checkList(tx, patch.listId);
        if (refused !== null) return refused;
        const { numbers, ...columns } = patch;
        await updateContact(tx, id, { ...before, ...columns }, clock.now());
        if (numbers !== undefined) await setNumbers(tx, id, numbered(numbers));
        const result = await read(tx, id);
        if (result instanceof Refusal) return result;
        return { result, action: "contact.change", subject: `contact ${id}`, facts: { fields: Object.keys(patch) } };
      }),
    remove: (actor, id) =>
      changes.run<undefined>(actor, async (tx) => {
        if (!(await lockContact(tx, id))) return unknown(id);
        await deleteContact(tx, id, clock.now());
        return { result: undefined, action: "contact.remove", subject: `contact ${id}` };
      }),
    async recanonicalise() {
      let after: number | null = 0;
      while (after !== null) {
        const from: number = after;
        after = await inTransaction(db, async (tx) => {
          const piece = await readNumbers(tx, from, PIECE);
          for (const { id, numbers } of piece) {
            const anew = numbered(numbers.map(({ number }) => number));
            const was = new Map(numbers.map((one) => [one.number, one.canonical]));
            if (anew.some((one) => was.get(one.number) !== one.canonical)) await setNumbers(tx, id, anew);
          }
          return piece.length < PIECE ? null : (piece.at(-1)?.id ?? null);
        });
      }
    },
  };
}

async function checkList(tx: Db, listId: number): Promise<Refusal | null> {
  if ((await lockContactList(tx, listId, "share")) !== null) return null;
  return new Refusal("reference.unknown", `There is no contact list ${listId}.`, { field: "listId" });
}
