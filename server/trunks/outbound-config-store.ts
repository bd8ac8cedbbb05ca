import { sql } from "kysely";
import type { CallLimit } from "../../contract/views.ts";
import type { Db } from "../db/pool.ts";
import { settingsFrom } from "../staff/setting.ts";
import { readSettings } from "../staff/setting-store.ts";
import type { CallLimitsConfig, CallRules, OutboundRouteConfig } from "../telephony-config.ts";
import { readCallLimits } from "./call-limit-store.ts";
import { numberingOf } from "./numbering.ts";
import { type OutboundRouteFields, readOutboundRoutes } from "./outbound-route-store.ts";

/** Where calls leave, who may call where, and which trunks others stand in for. */
export async function readOutboundConfig(
  db: Db,
): Promise<{ outboundRoutes: OutboundRouteConfig[]; limits: CallLimitsConfig; watchedTrunks: ReadonlySet<number> }> {
  const routes = await readOutboundRoutes(db);
  const said = await readCallLimits(db);
  const agentsOfTeams = await readTeamAgents(
    db,
    routes.flatMap(({ teamIds }) => teamIds),
  );
  const telephones = await readEndpoints(db, [
    ...routes.flatMap(({ telephoneIds }) => telephoneIds),
    ...said.flatMap(({ telephoneId }) => telephoneId ?? []),
  ]);
  const { country, timeZone } = settingsFrom(await readSettings(db));
  const rulesOfRoutes = new Map(said.flatMap((limit) => (limit.routeId === null ? [] : [[limit.routeId, limit]])));
  const everybody = said.find(({ of }) => of === "everybody");
  return {
    watchedTrunks: new Set(
      routes.flatMap(({ trunkId, backupTrunkIds }) =>
        backupTrunkIds.length === 0 ? [] : [trunkId, ...backupTrunkIds],
      ),
    ),
    outboundRoutes: routes.map((route) => {
      const rules = rulesOfRoutes.get(route.id);
      return {
        routeId: route.id,
        pattern: route.pattern,
        trunkId: route.trunkId,
        stripDigits: route.stripDigits,
        callerId: route.callerId,
        prefix: route.prefix,
        recordPercent: route.recordPercent,
        backupTrunkIds: route.backupTrunkIds,
        permitted: permitted(route, agentsOfTeams, telephones),
        rules: rules === undefined ? null : rulesOf(rules),
      };
    }),
    limits: {
      numbering: numberingOf(country),
      timeZone,
      everybody: everybody === undefined ? NO_RULES : rulesOf(everybody),
      telephones: said.flatMap((limit) => {
        const endpoint = limit.telephoneId === null ? undefined : telephones.get(limit.telephoneId);
        return endpoint === undefined ? [] : [{ endpoint, rules: rulesOf(limit) }];
      }),
      agents: said.flatMap((limit) =>
        limit.agentId === null ? [] : [{ agentId: limit.agentId, rules: rulesOf(limit) }],
      ),
    },
  };
}

const NO_RULES: CallRules = { destinations: null, callsAtOnce: null, minutesPerDay: null, hours: null };

const rulesOf = ({ destinations, callsAtOnce, minutesPerDay, calendarId, anyTime }: CallLimit): CallRules => ({
  destinations,
  callsAtOnce,
  minutesPerDay,
  hours: anyTime ? "any" : calendarId === null ? null : { calendarId },
});

type Named = Pick<OutboundRouteFields, "teamIds" | "agentIds" | "telephoneIds">;

/** Null where nobody is named. Who was named and is gone still keeps the others out. */
function permitted(
  { teamIds, agentIds, telephoneIds }: Named,
  agentsOfTeams: readonly { teamId: number; agentId: number }[],
  telephones: ReadonlyMap<number, string>,
): { endpoints: string[]; agentIds: number[] } | null {
  if (teamIds.length + agentIds.length + telephoneIds.length === 0) return null;
  const inTeams = agentsOfTeams.filter(({ teamId }) => teamIds.includes(teamId)).map(({ agentId }) => agentId);
  return {
    agentIds: [...new Set([...agentIds, ...inTeams])].sort((left, right) => left - right),
    endpoints: telephoneIds.flatMap((id) => telephones.get(id) ?? []),
  };
}

async function readTeamAgents(db: Db, teamIds: number[]): Promise<{ teamId: number; agentId: number }[]> {
  if (teamIds.length === 0) return [];
  return db
    .selectFrom("agents")
    .innerJoin("staff", "staff.id", "agents.staff_id")
    .select(["agents.staff_id as agentId", sql<number>`team_id`.as("teamId")])
    .where(sql<boolean>`team_id = any(${teamIds}::bigint[])`)
    .where("staff.deleted_at", "is", null)
    .execute();
}

async function readEndpoints(db: Db, ids: number[]): Promise<ReadonlyMap<number, string>> {
  if (ids.length === 0) return new Map();
  const found = await db
    .selectFrom("staff")
    .select(["id", "username"])
    .where(sql<boolean>`id = any(${ids}::bigint[])`)
    .where("deleted_at", "is", null)
    .where("kind", "=", "telephone")
    .execute();
  return new Map(found.map(({ id, username }) => [id, username]));
}
