import type { Telephone, TelephoneBody } from "../../contract/views.ts";
import type { Clock } from "../clock.ts";
import type { Database, Db } from "../db/pool.ts";
import type { News } from "../hub.ts";
import { type Administered, page } from "../listing.ts";
import { Refusal } from "../refusal.ts";
import type { ChangeService } from "../staff/change-service.ts";
import { changedFields } from "../staff/changed-fields.ts";
import { insertStaff, lockStaff, markStaffDeleted, updateStaff } from "../staff/staff-store.ts";
import { type Contact, isRemoteEndpoint } from "../telephony.ts";
import { deviceDigests } from "./device-secret.ts";
import {
  clearTelephone,
  findTelephoneRows,
  insertTelephones,
  listTelephoneRows,
  type TelephoneRow,
  updateTelephone,
} from "./telephone-admin-store.ts";
import { telephoneView } from "./telephone-view.ts";

export interface TelephoneAdminService extends Administered<TelephoneBody, Telephone> {
  /** Those of these telephones that there are, as they are now. */
  some(ids: readonly number[]): Promise<Telephone[]>;
}

const unknown = (id: number) => new Refusal("not-found", `There is no telephone ${id}.`);

/** Telephones as an administrator keeps them. Removing or disabling one ends the session on it (by the news). */
export function createTelephoneAdminService(deps: {
  db: Database;
  clock: Clock;
  changes: ChangeService;
  /** What the telephone system last said of an endpoint. */
  registrations: { contact(endpoint: string): Contact | null };
}): TelephoneAdminService {
  const { db, clock, changes, registrations } = deps;

  const view = (row: TelephoneRow): Telephone => telephoneView(row, registrations.contact(row.username));
  const read = async (tx: Db, id: number) => {
    const [row] = await findTelephoneRows(tx, [id]);
    return row === undefined ? unknown(id) : view(row);
  };
  const newsOf = (telephoneId: number): News[] => [
    { type: "telephone.changed", telephoneId },
    { type: "configuration.changed" },
  ];

  return {
    async list(query) {
      return page(await listTelephoneRows(db, query), query.limit, view);
    },
    get: (id) => read(db, id),
    some: async (ids) => (await findTelephoneRows(db, ids)).map(view),
    create: (actor, body) =>
      changes.run<Telephone>(actor, async (tx) => {
        const { fullName, username, internal, enabled, place, model, ownerAgentId } = body;
        const refused = await checkOwner(tx, ownerAgentId);
        if (refused !== null) return refused;
        const id = await insertStaff(tx, { kind: "telephone", fullName, username, internal, enabled });
        if (id instanceof Refusal) return id;
        const digests = deviceDigests(username, body.password);
        await insertTelephones(tx, [{ staffId: id, place, model, ownerAgentId, digests }]);
        const result = await read(tx, id);
        if (result instanceof Refusal) return result;
        const facts = changedFields(body);
        return { result, action: "telephone.create", subject: `telephone ${id}`, facts, news: newsOf(id) };
      }),
    change: (actor, id, patch) =>
      changes.run<Telephone>(actor, async (tx) => {
        const { fullName, internal, enabled, place, model, ownerAgentId } = patch;
        // Before the telephone, as a login does: people are locked first.
        const noOwner = await checkOwner(tx, ownerAgentId);
        const before = await lockStaff(tx, id, ["telephone"]);
        if (before === null || isRemoteEndpoint(before.username)) return unknown(id);
        const refused =
          checkUsername(before.username, patch.username) ??
          noOwner ??
          (await updateStaff(tx, id, { fullName, internal, enabled }, clock.now()));
        if (refused !== null) return refused;
        const digests = patch.password === undefined ? undefined : deviceDigests(before.username, patch.password);
        await updateTelephone(tx, id, { place, model, ownerAgentId, digests });
        const result = await read(tx, id);
        if (result instanceof Refusal) return result;
        const news: News[] = [...newsOf(id), { type: "staff.changed", staffId: id }];
        if (enabled === false && before.enabled) news.push({ type: "staff.removed", staffId: id });
        return { result, action: "telephone.change", subject: `telephone ${id}`, facts: changedFields(patch), news };
      }),
    remove: (actor, id) =>
      changes.run<undefined>(actor, async (tx) => {
        const before = await lockStaff(tx, id, ["telephone"]);
        if (before === null || isRemoteEndpoint(before.username)) return unknown(id);
        await clearTelephone(tx, id);
        await markStaffDeleted(tx, id, clock.now());
        return {
          result: undefined,
          action: "telephone.remove",
          subject: `telephone ${id}`,
          facts: { fullName: before.fullName, username: before.username },
          news: [{ type: "staff.removed", staffId: id }, ...newsOf(id)],
        };
      }),
  };
}

/** The journal knows a telephone by the name it registers with; under another name its calls would be a stranger's. */
function checkUsername(now: string, wanted: string | undefined): Refusal | null {
  if (wanted === undefined || wanted === now) return null;
  return new Refusal(
    "request.invalid",
    `The username of a telephone stays as it was made: its calls are known by "${now}". Make a new telephone instead.`,
    { field: "username" },
  );
}

async function checkOwner(tx: Db, ownerAgentId: number | null | undefined): Promise<Refusal | null> {
  if (ownerAgentId === undefined || ownerAgentId === null) return null;
  const owner = await lockStaff(tx, ownerAgentId, ["agent"]);
  if (owner !== null) return null;
  return new Refusal("reference.unknown", `There is no agent ${ownerAgentId} to own this telephone.`, {
    field: "ownerAgentId",
  });
}
