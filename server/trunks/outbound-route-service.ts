import type { Static } from "typebox";
import type { OutboundRoute, OutboundRouteBody } from "../../contract/views.ts";
import type { Database, Db } from "../db/pool.ts";
import type { Administered } from "../listing.ts";
import { Refusal } from "../refusal.ts";
import type { ChangeService } from "../staff/change-service.ts";
import { missingCallers } from "./caller-store.ts";
import {
  deleteOutboundRoute,
  findOutboundRoute,
  insertOutboundRoute,
  listOutboundRoutes,
  updateOutboundRoute,
} from "./outbound-route-store.ts";
import { lockTrunk } from "./trunk-store.ts";

type Body = Static<typeof OutboundRouteBody>;
export type OutboundRouteService = Administered<Body, OutboundRoute>;

const unknown = (id: number) => new Refusal("not-found", `There is no outbound route ${id}.`);
const news = [{ type: "configuration.changed" as const }];

/** Which trunk a dialled number leaves by. */
export function createOutboundRouteService(deps: { db: Database; changes: ChangeService }): OutboundRouteService {
  const { db, changes } = deps;
  const read = async (tx: Db, id: number) => (await findOutboundRoute(tx, id)) ?? unknown(id);
  return {
    list: (query) => listOutboundRoutes(db, query),
    get: (id) => read(db, id),
    create: (actor, body) =>
      changes.run<OutboundRoute>(actor, async (tx) => {
        const fields = { ...PLAIN, ...body };
        const refused = await checkReferences(tx, fields);
        if (refused !== null) return refused;
        const id = await insertOutboundRoute(tx, fields);
        const subject = `outbound-route ${id}`;
        return { result: { id, ...fields }, action: "outbound-route.create", subject, facts: fields, news };
      }),
    change: (actor, id, patch) =>
      changes.run<OutboundRoute>(actor, async (tx) => {
        const before = await read(tx, id);
        if (before instanceof Refusal) return before;
        const result = { ...before, ...patch };
        const refused = await checkReferences(tx, result);
        if (refused !== null) return refused;
        await updateOutboundRoute(tx, id, result);
        const subject = `outbound-route ${id}`;
        return { result, action: "outbound-route.change", subject, facts: { ...patch }, news };
      }),
    remove: (actor, id) =>
      changes.run<undefined>(actor, async (tx) => {
        const before = await read(tx, id);
        if (before instanceof Refusal) return before;
        await deleteOutboundRoute(tx, id);
        const { name, pattern } = before;
        const subject = `outbound-route ${id}`;
        return { result: undefined, action: "outbound-route.remove", subject, facts: { name, pattern }, news };
      }),
  };
}

/** What a new route is where nothing is said. */
const PLAIN = {
  stripDigits: 0,
  prefix: null,
  callerId: null,
  recordPercent: 0,
  backupTrunkIds: [],
  teamIds: [],
  agentIds: [],
  telephoneIds: [],
};

type References = Pick<OutboundRoute, "trunkId" | "backupTrunkIds" | "teamIds" | "agentIds" | "telephoneIds">;

async function checkReferences(tx: Db, route: References): Promise<Refusal | null> {
  const { trunkId, backupTrunkIds } = route;
  if (!(await lockTrunk(tx, trunkId, "share"))) return noTrunk(trunkId, "trunkId");
  if (backupTrunkIds.includes(trunkId)) {
    const title = "The trunk of the route cannot stand in for itself.";
    return new Refusal("request.invalid", title, { field: "backupTrunkIds" });
  }
  for (const id of backupTrunkIds) if (!(await lockTrunk(tx, id, "share"))) return noTrunk(id, "backupTrunkIds");
  for (const [one, field] of [
    ["team", "teamIds"],
    ["agent", "agentIds"],
    ["telephone", "telephoneIds"],
  ] as const) {
    const [missing] = await missingCallers(tx, one, route[field]);
    if (missing !== undefined) {
      return new Refusal("reference.unknown", `There is no ${one} ${missing}.`, { field, unknown: [missing] });
    }
  }
  return null;
}

const noTrunk = (id: number, field: string) =>
  new Refusal("reference.unknown", `There is no trunk ${id}.`, { field, unknown: [id] });
