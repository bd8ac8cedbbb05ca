import type { Trunk, TrunkBody } from "../../contract/views.ts";
import type { Clock } from "../clock.ts";
import type { Database, Db } from "../db/pool.ts";
import type { Administered } from "../listing.ts";
import { Refusal } from "../refusal.ts";
import type { ChangeService } from "../staff/change-service.ts";
import { changedFields } from "../staff/changed-fields.ts";
import type { SecretBox } from "../staff/secret-box.ts";
import { checkAddresses } from "./trunk-address.ts";
import {
  deleteTrunk,
  findSharedAddress,
  findTrunk,
  insertTrunk,
  listTrunks,
  lockTrunk,
  routesThrough,
  updateTrunk,
} from "./trunk-store.ts";

export type TrunkService = Administered<TrunkBody, Trunk>;

/** RFC 3261, 19.1.2. */
const SIP_PORT = 5060;
const unknown = (id: number) => new Refusal("not-found", `There is no trunk ${id}.`);

/** The lines to the outside. A password is sealed at once and never shown again. */
export function createTrunkService(deps: {
  db: Database;
  clock: Clock;
  changes: ChangeService;
  secrets: SecretBox;
}): TrunkService {
  const { db, clock, changes, secrets } = deps;
  const read = async (tx: Db, id: number) => (await findTrunk(tx, id)) ?? unknown(id);
  const seal = (password: string | null | undefined) =>
    typeof password === "string" ? secrets.seal(password) : password;

  return {
    list: (query) => listTrunks(db, query),
    get: (id) => read(db, id),
    create: (actor, body) =>
      changes.run<Trunk>(actor, async (tx) => {
        const { name, host, port = SIP_PORT, match, username = null, password } = body;
        const refused = await checkMatch(tx, match, 0);
        if (refused !== null) return refused;
        const id = await insertTrunk(tx, { name, host, port, match, username, passwordSealed: seal(password) });
        const result = await read(tx, id);
        if (result instanceof Refusal) return result;
        const facts = changedFields(body);
        const news = [{ type: "configuration.changed" as const }];
        return { result, action: "trunk.create", subject: `trunk ${id}`, facts, news };
      }),
    change: (actor, id, patch) =>
      changes.run<Trunk>(actor, async (tx) => {
        if (!(await lockTrunk(tx, id, "update"))) return unknown(id);
        const before = await read(tx, id);
        if (before instanceof Refusal) return before;
        const refused = patch.match === undefined ? null : await checkMatch(tx, patch.match, id);
        if (refused !== null) return refused;
        const { password, ...rest } = patch;
        await updateTrunk(tx, id, { ...before, ...rest, passwordSealed: seal(password) });
        const result = await read(tx, id);
        if (result instanceof Refusal) return result;
        const news = [{ type: "configuration.changed" as const }];
        return { result, action: "trunk.change", subject: `trunk ${id}`, facts: changedFields(patch), news };
      }),
    remove: (actor, id) =>
      changes.run<undefined>(actor, async (tx) => {
        if (!(await lockTrunk(tx, id, "update"))) return unknown(id);
        const routes = await routesThrough(tx, id);
        if (routes.length > 0) {
          return new Refusal("reference.in-use", `The outbound route ${routes.join(", ")} goes through this trunk.`, {
            usedBy: routes.map((outboundRoute) => ({ outboundRoute })),
          });
        }
        await deleteTrunk(tx, id, clock.now());
        const news = [{ type: "configuration.changed" as const }];
        return { result: undefined, action: "trunk.remove", subject: `trunk ${id}`, news };
      }),
  };
}

async function checkMatch(tx: Db, match: string[], exceptId: number): Promise<Refusal | null> {
  const refused = checkAddresses(match);
  if (refused !== null) return refused;
  const shared = await findSharedAddress(tx, match, exceptId);
  if (shared === null) return null;
  return new Refusal("name.taken", `Calls from ${shared.address} belong to the trunk ${shared.trunk} already.`, {
    field: "match",
  });
}
