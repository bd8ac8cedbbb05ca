import type { Team, TeamBody } from "../../contract/views.ts";
import type { Clock } from "../clock.ts";
import type { Database, Db } from "../db/pool.ts";
import type { News } from "../hub.ts";
import type { Administered } from "../listing.ts";
import { Refusal } from "../refusal.ts";
import type { ChangeService } from "./change-service.ts";
import { agentsOfTeam, deleteTeam, findTeam, insertTeam, listTeams, updateTeam } from "./team-store.ts";

export type TeamService = Administered<TeamBody, Team>;

const unknown = (id: number) => new Refusal("not-found", `There is no team ${id}.`);

/**
 * Teams of agents. Removing one is never refused: its agents go on working in no team, as agents leave a queue that is
 * removed. What they lose with it is the limit on breaks, which whoever removes the team is told before.
 */
export function createTeamService(deps: { db: Database; clock: Clock; changes: ChangeService }): TeamService {
  const { db, clock, changes } = deps;
  const read = async (tx: Db, id: number) => (await findTeam(tx, id)) ?? unknown(id);
  const newsOf = (agents: number[]) => agents.map((agentId): News => ({ type: "agent.changed", agentId }));
  return {
    list: (query) => listTeams(db, query),
    get: (id) => read(db, id),
    create: (actor, { name, maxOnBreak = null }) =>
      changes.run<Team>(actor, async (tx) => {
        const id = await insertTeam(tx, { name, maxOnBreak });
        const facts = { name, maxOnBreak };
        return { result: { id, ...facts }, action: "team.create", subject: `team ${id}`, facts };
      }),
    change: (actor, id, patch) =>
      changes.run<Team>(actor, async (tx) => {
        const result = await updateTeam(tx, id, patch);
        if (result === null) return unknown(id);
        const news = newsOf(await agentsOfTeam(tx, id));
        return { result, action: "team.change", subject: `team ${id}`, facts: { ...patch }, news };
      }),
    remove: (actor, id) =>
      changes.run<undefined>(actor, async (tx) => {
        const before = await read(tx, id);
        if (before instanceof Refusal) return before;
        const agents = await deleteTeam(tx, id, clock.now());
        const facts = { name: before.name, agents };
        return { result: undefined, action: "team.remove", subject: `team ${id}`, facts, news: newsOf(agents) };
      }),
  };
}
