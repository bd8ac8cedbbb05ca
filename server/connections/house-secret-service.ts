import type { HouseSecret, HouseSecretBody } from "../../contract/views.ts";
import type { Database, Db } from "../db/pool.ts";
import type { Administered } from "../listing.ts";
import { Refusal } from "../refusal.ts";
import type { ChangeService } from "../staff/change-service.ts";
import { changedFields } from "../staff/changed-fields.ts";
import type { SecretBox } from "../staff/secret-box.ts";
import { type DatabaseAddress, databaseWords, readDatabaseAddress } from "./database-address.ts";
import {
  deleteSecret,
  findSealed,
  findSecret,
  insertSecret,
  listSecrets,
  lockSecret,
  updateSecret,
  usesOfSecret,
} from "./house-secret-store.ts";

/** Secrets of the house by their names. They are written and never read, but by what sends them. */
export interface HouseSecretService extends Administered<HouseSecretBody, HouseSecret> {
  /** For a header of a request to that host; else why not, in words. */
  openHeader(name: string, host: string): Promise<{ secret: string } | { failed: string }>;
  /** How a database is reached; null where nobody says. */
  openDatabase(id: number): Promise<DatabaseAddress | null>;
}

const unknown = (id: number) => new Refusal("not-found", `There is no secret ${id}.`);
const invalid = (field: string, words: string) => new Refusal("request.invalid", words, { field });

/** Keeps them sealed with the instance's own key. */
export function createHouseSecretService(deps: {
  db: Database;
  changes: ChangeService;
  secrets: SecretBox;
}): HouseSecretService {
  const { db, changes, secrets } = deps;
  const read = async (tx: Db, id: number) => (await findSecret(tx, id)) ?? unknown(id);

  const sealed = (purpose: HouseSecret["purpose"], secret: string) => {
    if (purpose === "header") return { sealed: secrets.seal(secret), leadsTo: "" };
    const address = readDatabaseAddress(secret);
    if (typeof address === "string") return invalid("secret", address);
    return { sealed: secrets.seal(secret), leadsTo: databaseWords(address) };
  };

  return {
    list: (query) => listSecrets(db, query),
    get: (id) => read(db, id),
    create: (actor, body) =>
      changes.run<HouseSecret>(actor, async (tx) => {
        const { name, purpose, secret, hosts = [] } = body;
        if (secret === undefined) return invalid("secret", "Say what the secret is.");
        const fresh = sealed(purpose, secret);
        if (fresh instanceof Refusal) return fresh;
        const id = await insertSecret(tx, { name, purpose, hosts, ...fresh });
        const result = await read(tx, id);
        if (result instanceof Refusal) return result;
        return { result, action: "secret.create", subject: `secret ${id}`, facts: changedFields(body) };
      }),
    change: (actor, id, patch) =>
      changes.run<HouseSecret>(actor, async (tx) => {
        if (!(await lockSecret(tx, id))) return unknown(id);
        const before = await read(tx, id);
        if (before instanceof Refusal) return before;
        const { name = before.name, purpose = before.purpose, secret, hosts = before.hosts } = patch;
        // Projects speak of it by its name.
        if (name !== before.name) return invalid("name", "A secret keeps its name. Make another one.");
        if (purpose !== before.purpose) return invalid("purpose", "What a secret is for stays. Make another one.");
        const wider =
          before.hosts.length > 0 && !(hosts.length > 0 && hosts.every((one) => before.hosts.includes(one)));
        if (wider && secret === undefined) {
          return invalid("hosts", "To send it to other hosts as well, give the secret anew.");
        }
        const fresh = secret === undefined ? null : sealed(purpose, secret);
        if (fresh instanceof Refusal) return fresh;
        await updateSecret(tx, id, { hosts, fresh });
        const result = await read(tx, id);
        if (result instanceof Refusal) return result;
        return { result, action: "secret.change", subject: `secret ${id}`, facts: changedFields(patch) };
      }),
    remove: (actor, id) =>
      changes.run<undefined>(actor, async (tx) => {
        if (!(await lockSecret(tx, id))) return unknown(id);
        const before = await read(tx, id);
        if (before instanceof Refusal) return before;
        const usedBy = await usesOfSecret(tx, before);
        if (usedBy.length > 0) {
          return new Refusal("reference.in-use", `It is used by ${usedBy.join(", ")}.`, { usedBy });
        }
        await deleteSecret(tx, id);
        const facts = { name: before.name };
        return { result: undefined, action: "secret.remove", subject: `secret ${id}`, facts };
      }),
    async openHeader(name, host) {
      const found = await findSealed(db, { header: name });
      if (found === null) return { failed: `The secret ${name} is not there.` };
      if (found.hosts.length > 0 && !found.hosts.includes(host.toLowerCase())) {
        return { failed: `The secret ${name} may not be sent to ${host}.` };
      }
      return { secret: secrets.open(found.sealed) };
    },
    async openDatabase(id) {
      const found = await findSealed(db, { database: id });
      const address = found === null ? null : readDatabaseAddress(secrets.open(found.sealed));
      return typeof address === "string" ? null : address;
    },
  };
}
