/** Who a call counts for that nobody disposed, on a telephone that is nobody's own: a setting of the house. */
export type UndisposedUser = "telephone" | "seated-agent";

/** What decides whose call a row is. Ids of staff; null: none. */
export interface AttributionFacts {
  telephoneId: number | null;
  /** The agent whose personal telephone it is. */
  ownerAgentId: number | null;
  /** Who held the telephone at the instant it rang, or dialled. */
  seatedAgentId: number | null;
  /** Whose disposition it has. */
  disposedAgentId: number | null;
}

/**
 * The user of a call (domain.md, "Who is the user of a call"): a personal telephone's calls are its owner's from the
 * start. A shared telephone's are its own until an agent disposes them; `seated-agent` gives them at once to who sat
 * there, in houses that set it so.
 */
export function userOf(facts: AttributionFacts, undisposedUser: UndisposedUser): number | null {
  if (facts.telephoneId === null) return null;
  if (facts.ownerAgentId !== null) return facts.ownerAgentId;
  if (facts.disposedAgentId !== null) return facts.disposedAgentId;
  return (undisposedUser === "seated-agent" ? facts.seatedAgentId : null) ?? facts.telephoneId;
}

/** A stay of something in a place: from, and up to but not including, until; null is still there. Milliseconds. */
interface Stay {
  fromMs: number;
  untilMs: number | null;
}

/** The stay that holds an instant; of several, the latest. */
export function stayAt<S extends Stay>(stays: readonly S[], atMs: number): S | null {
  return stays.findLast((stay) => stay.fromMs <= atMs && (stay.untilMs === null || atMs < stay.untilMs)) ?? null;
}
