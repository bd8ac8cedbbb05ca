import type { Static } from "typebox";
import type { OutboundRoute, OutboundRouteBody } from "../../contract/views.ts";
import type { Database, Db } from "../db/pool.ts";
import type { Administered } from "../listing.ts";
import { Refusal } from "../refusal.ts";
import type { ChangeService } from "../staff/change-service.ts";
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
        const { name, pattern, trunkId, stripDigits = 0, prefix = null, callerId = null } = body;
        const fields = {
          name,
          pattern,
          trunkId,
          stripDigits,
          prefix,
          callerId,
          recordPercent: body.recordPercent ?? 0,
        };
        const refused = await checkTrunk(tx, trunkId);
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
        const refused = await checkTrunk(tx, result.trunkId);
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

async function checkTrunk(tx: Db, trunkId: number): Promise<Refusal | null> {
  if (await lockTrunk(tx, trunkId, "share")) return null;
  return new Refusal("reference.unknown", `There is no trunk ${trunkId}.`, { field: "trunkId" });
}
