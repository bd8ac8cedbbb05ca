import { type Agent, type Team, TeamBody } from "../../../../contract/views.ts";
import { counted } from "../../../model/elapsed.ts";
import type { Field } from "../../../model/form-fields.ts";
import { api } from "../../desk.ts";
import { type House, namesOf, optionsOf } from "../house.ts";
import type { Kind } from "../kind.ts";

/** Which team stands with the agent; the form shows it from this side too. */
const agentsField: Field = { name: "agents", label: "Agents", kind: "ids", required: false, nullable: false };

const agentsOf = (row: Team, house: House) => house.agents.filter((agent) => agent.teamId === row.id);
const idsOf = (agents: readonly Agent[]) => agents.map((agent) => agent.id);

/** Agents who are looked at together, and whose breaks are limited together. */
export const teamKind: Kind<"teams"> = {
  collection: "teams",
  title: "Teams",
  one: "team",
  purpose: "Agents who work together: the floor is shown by team, and a team can limit how many are on break at once.",
  schema: TeamBody,
  words: {
    maxOnBreak: {
      hint: "One more is refused and told who is on break; empty: as many as like",
      shape: "A whole number from 1 to 999",
    },
    agents: { hint: "An agent is in one team: whoever is chosen here leaves the other one" },
  },
  columns: (house) => [
    { id: "name", title: "Name", width: 180, value: (row) => row.name },
    { id: "agents", title: "Agents", width: 80, numeric: true, value: (row) => agentsOf(row, house).length },
    {
      id: "maxOnBreak",
      title: "On break at most",
      width: 130,
      numeric: true,
      value: (row) => row.maxOnBreak,
      text: (row) => (row.maxOnBreak === null ? "no limit" : String(row.maxOnBreak)),
    },
    { id: "names", title: "Who", width: 320, value: (row) => namesOf(house.agents, idsOf(agentsOf(row, house))) },
  ],
  nameOf: (row) => row.name,
  fresh: { agents: [] },
  valuesOf: (row, house) => ({
    name: row.name,
    maxOnBreak: row.maxOnBreak,
    agents: idsOf(agentsOf(row, house)),
  }),
  moreFields: [agentsField],
  options: (house) => ({ agents: optionsOf(house.agents) }),
  async afterSave(row, _before, now, house) {
    const wanted = new Set(Array.isArray(now.agents) ? now.agents.map(Number) : []);
    for (const agent of house.agents) {
      const inside = agent.teamId === row.id;
      if (inside === wanted.has(agent.id)) continue;
      await api.change("agents", agent.id, { teamId: inside ? null : row.id });
    }
  },
  removal: (row, house) => {
    const agents = agentsOf(row, house);
    return (
      <p>
        {agents.length === 0
          ? "Nobody is in it."
          : `${agents.length > 8 ? counted(agents.length, "agent") : namesOf(house.agents, idsOf(agents))} will be in no team${
              row.maxOnBreak === null
                ? "."
                : `, and nothing limits any more how many of them are on break at once (now ${row.maxOnBreak}).`
            }`}
      </p>
    );
  },
};
