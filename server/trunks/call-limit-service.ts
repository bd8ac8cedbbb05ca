import type { CallLimit, CallLimitBody } from "../../contract/views.ts";
import type { Database, Db } from "../db/pool.ts";
import type { Administered } from "../listing.ts";
import { Refusal } from "../refusal.ts";
import type { ChangeService } from "../staff/change-service.ts";
import {
  deleteCallLimit,
  findCallLimit,
  insertCallLimit,
  listCallLimits,
  lockLimited,
  updateCallLimit,
} from "./call-limit-store.ts";
import { missingCallers } from "./caller-store.ts";

export type CallLimitService = Administered<CallLimitBody, CallLimit>;

const unknown = (id: number) => new Refusal("not-found", `There are no limits ${id}.`);
const news = [{ type: "configuration.changed" as const }];

type Fields = Omit<CallLimit, "id">;

const NOTHING_SAID: Omit<Fields, "of"> = {
  telephoneId: null,
  agentId: null,
  routeId: null,
  destinations: null,
  callsAtOnce: null,
  minutesPerDay: null,
  calendarId: null,
  anyTime: false,
};

/** What telephones, agents and routes may do outside. Everybody's limits are always there, and can only be changed. */
export function createCallLimitService(deps: { db: Database; changes: ChangeService }): CallLimitService {
  const { db, changes } = deps;
  const read = async (tx: Db, id: number) => (await findCallLimit(tx, id)) ?? unknown(id);
  return {
    list: (query) => listCallLimits(db, query),
    get: (id) => read(db, id),
    create: (actor, body) =>
      changes.run<CallLimit>(actor, async (tx) => {
        const fields: Fields = { ...NOTHING_SAID, ...body };
        const refused = await check(tx, fields);
        if (refused !== null) return refused;
        const id = await insertCallLimit(tx, fields);
        const facts = { ...fields };
        return { result: { id, ...fields }, action: "call-limit.create", subject: `call-limit ${id}`, facts, news };
      }),
    change: (actor, id, patch) =>
      changes.run<CallLimit>(actor, async (tx) => {
        const before = await read(tx, id);
        if (before instanceof Refusal) return before;
        // For whom they are stays as it was made.
        const { of: _of, telephoneId: _telephone, agentId: _agent, routeId: _route, ...said } = patch;
        const result = { ...before, ...said };
        const refused = await check(tx, result);
        if (refused !== null) return refused;
        await updateCallLimit(tx, id, result);
        return { result, action: "call-limit.change", subject: `call-limit ${id}`, facts: { ...said }, news };
      }),
    remove: (actor, id) =>
      changes.run<undefined>(actor, async (tx) => {
        const before = await read(tx, id);
        if (before instanceof Refusal) return before;
        if (before.of === "everybody") {
          return new Refusal("reference.in-use", "What holds for everybody cannot be deleted. Change it instead.");
        }
        await deleteCallLimit(tx, id);
        const facts = { ...before };
        return { result: undefined, action: "call-limit.remove", subject: `call-limit ${id}`, facts, news };
      }),
  };
}

/** Exactly the one they are for is named, and it is there. */
async function check(tx: Db, fields: Fields): Promise<Refusal | null> {
  const named = { telephone: fields.telephoneId, agent: fields.agentId, route: fields.routeId };
  const { of, calendarId, anyTime } = fields;
  for (const kind of ["telephone", "agent", "route"] as const) {
    const id = named[kind];
    const field = `${kind}Id`;
    if (kind === of && id === null) return new Refusal("request.invalid", `Say which ${kind}.`, { field });
    if (id === null) continue;
    if (kind !== of) return new Refusal("request.invalid", `These are limits of one ${of}.`, { field });
    const there =
      kind === "route"
        ? await lockLimited(tx, "outbound_routes", id)
        : (await missingCallers(tx, kind, [id])).length === 0;
    if (!there) return new Refusal("reference.unknown", `There is no ${kind} ${id}.`, { field, unknown: [id] });
  }
  if (calendarId === null) return null;
  if (anyTime) {
    return new Refusal("request.invalid", "Either at any time, or while a calendar is open.", { field: "anyTime" });
  }
  if (await lockLimited(tx, "calendars", calendarId)) return null;
  return new Refusal("reference.unknown", `There is no calendar ${calendarId}.`, { field: "calendarId" });
}
