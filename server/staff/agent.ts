import type { AgentBody } from "../../contract/views.ts";
import { Refusal } from "../refusal.ts";

/** What of an agent has to fit together. */
export type AgentShape = Pick<AgentBody, "typology"> & {
  hotdesk: boolean;
  internal: string | null;
  whenAway: "busy" | "number";
  awayNumber: string | null;
};

/**
 * Hotdesk is a telephone chosen at each login; an agent whose voice is elsewhere has none to choose. Judged on the
 * agent as he would be after a change, so that no order of changes leads around it.
 */
export function checkAgent(agent: AgentShape): Refusal | null {
  return checkHotdesk(agent) ?? checkAway(agent);
}

function checkAway({ whenAway, awayNumber, internal }: AgentShape): Refusal | null {
  if (whenAway === "busy") return null;
  const field = { field: "awayNumber" };
  if (awayNumber === null) {
    return new Refusal("request.invalid", "Say to which number the calls go while there is no telephone.", field);
  }
  if (awayNumber !== internal) return null;
  return new Refusal("request.invalid", "Calls to this agent cannot go on to the agent’s own number.", field);
}

function checkHotdesk(agent: AgentShape): Refusal | null {
  if (!agent.hotdesk || agent.typology === "external") return null;
  return new Refusal(
    "agent.hotdesk-needs-external",
    `Hotdesk is for agents whose voice is on a SIP telephone (typology external); this one is ${agent.typology}.`,
    { field: "hotdesk", typology: agent.typology },
  );
}
