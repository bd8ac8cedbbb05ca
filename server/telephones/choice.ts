import type { Choice } from "../../contract/views.ts";
import { freeAt } from "./disconnection-timeout.ts";

/** The open lease of a telephone, and since when no desktop of its holder is there. */
export interface Holding {
  agentId: number;
  agentName: string;
  since: Date;
  unattendedSince: Date | null;
}

/** A telephone as the database knows it. */
export interface TelephoneRow {
  id: number;
  name: string;
  endpoint: string;
  internal: string | null;
  place: string | null;
  enabled: boolean;
  /** `remote`: a number outside. */
  line: "sip" | "remote";
  ownerAgentId: number | null;
  holding: Holding | null;
}

/** Who asks for the list: a hotdesk agent, one on his own telephone, or somebody who watches over the house. */
export type ChoiceViewer = { agentId: number; hotdesk: boolean } | "all";

/**
 * What a telephone is to somebody who looks for one. Disabled wins over held, held over not registered: the first is
 * what has to change first before the telephone can be taken.
 */
export function choiceOf(telephone: TelephoneRow, registered: boolean, timeoutMs: number | null): Choice {
  const { holding } = telephone;
  const free = holding === null ? null : freeAt(holding.unattendedSince, timeoutMs);
  return {
    id: telephone.id,
    name: telephone.name,
    internal: telephone.internal,
    place: telephone.place,
    state: stateOf(telephone, registered),
    registered,
    ...(telephone.line === "remote" ? { remote: true as const } : {}),
    ...(holding === null
      ? {}
      : { heldBy: { id: holding.agentId, name: holding.agentName, since: holding.since.toISOString() } }),
    ...(free === null ? {} : { freeAt: free.toISOString() }),
  };
}

function stateOf({ enabled, holding }: TelephoneRow, registered: boolean): Choice["state"] {
  if (!enabled) return "disabled";
  if (holding !== null) return holding.unattendedSince === null ? "in-use" : "not-logged-out";
  return registered ? "free" : "not-registered";
}

/**
 * Whether a telephone stands in the viewer's list: shared ones for hotdesk, personal ones for their owner alone. Who
 * watches over the house sees devices; the line of a remote agent is a part of the agent.
 */
export function isListed(telephone: Pick<TelephoneRow, "ownerAgentId" | "line">, viewer: ChoiceViewer): boolean {
  if (viewer === "all") return telephone.line === "sip";
  return telephone.ownerAgentId === null ? viewer.hotdesk : telephone.ownerAgentId === viewer.agentId;
}

/** The rule's condition: the house has telephones, we know their registrations, and not one of them is registered. */
export function isNoneRegistered(known: boolean, telephones: number, registered: number): boolean {
  return known && telephones > 0 && registered === 0;
}
