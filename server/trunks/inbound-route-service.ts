import type { Static } from "typebox";
import type { InboundRoute, InboundRouteBody } from "../../contract/views.ts";
import type { Database, Db } from "../db/pool.ts";
import type { Administered } from "../listing.ts";
import { Refusal } from "../refusal.ts";
import type { ChangeService } from "../staff/change-service.ts";
import { unusableTargets } from "./inbound-reference-store.ts";
import {
  deleteInboundRoute,
  findInboundRoute,
  insertInboundRoute,
  listInboundRoutes,
  updateInboundRoute,
} from "./inbound-route-store.ts";

type Body = Static<typeof InboundRouteBody>;
export type InboundRouteService = Administered<Body, InboundRoute>;

const unknown = (id: number) => new Refusal("not-found", `There is no inbound route ${id}.`);
const news = [{ type: "configuration.changed" as const }];

/** Where calls from outside go, by the number that was called. */
export function createInboundRouteService(deps: { db: Database; changes: ChangeService }): InboundRouteService {
  const { db, changes } = deps;
  const read = async (tx: Db, id: number) => (await findInboundRoute(tx, id)) ?? unknown(id);
  return {
    list: (query) => listInboundRoutes(db, query),
    get: (id) => read(db, id),
    create: (actor, body) =>
      changes.run<InboundRoute>(actor, async (tx) => {
        const refused = await checkTargets(tx, body);
        if (refused !== null) return refused;
        const { recordPercent = null, ...rest } = body;
        const fields = { ...rest, recordPercent };
        const id = await insertInboundRoute(tx, fields);
        const subject = `inbound-route ${id}`;
        return { result: { id, ...fields }, action: "inbound-route.create", subject, facts: fields, news };
      }),
    change: (actor, id, patch) =>
      changes.run<InboundRoute>(actor, async (tx) => {
        const before = await read(tx, id);
        if (before instanceof Refusal) return before;
        const result = { ...before, ...patch };
        const refused = await checkTargets(tx, result);
        if (refused !== null) return refused;
        await updateInboundRoute(tx, id, result);
        const subject = `inbound-route ${id}`;
        return { result, action: "inbound-route.change", subject, facts: { ...patch }, news };
      }),
    remove: (actor, id) =>
      changes.run<undefined>(actor, async (tx) => {
        const before = await read(tx, id);
        if (before instanceof Refusal) return before;
        await deleteInboundRoute(tx, id);
        const { number, actions } = before;
        const subject = `inbound-route ${id}`;
        return { result: undefined, action: "inbound-route.remove", subject, facts: { number, actions }, news };
      }),
  };
}

async function checkTargets(tx: Db, { actions }: Pick<InboundRoute, "actions">): Promise<Refusal | null> {
  const unusable = await unusableTargets(tx, actions);
  if (unusable.length === 0) return null;
  return new Refusal("reference.unknown", unusable.map(({ words }) => words).join(" "), {
    field: "actions",
    unknown: unusable.map(({ id }) => id),
  });
}
