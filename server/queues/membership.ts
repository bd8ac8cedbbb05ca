import type { Member } from "../telephony.ts";

/** A place that somebody should have in a queue. */
export interface Place extends Member {
  agentId: number;
}

/** What is wrong between what should be and what is. */
export type Repair =
  | { kind: "remove"; queueId: number; endpoint: string; agentId: number | null }
  | { kind: "add"; member: Member; agentId: number }
  | { kind: "pause"; endpoint: string; paused: boolean; reason: string | null; agentId: number };

/** Finds by queue and endpoint. Of 20,000 members no key is put together: that would cost more than all the rest. */
function finder<At extends { queueId: number; endpoint: string }>(all: At[]) {
  const byEndpoint = new Map<string, Map<number, At>>();
  for (const one of all) {
    const there = byEndpoint.get(one.endpoint);
    if (there === undefined) byEndpoint.set(one.endpoint, new Map([[one.queueId, one]]));
    else there.set(one.queueId, one);
  }
  return ({ queueId, endpoint }: { queueId: number; endpoint: string }) => byEndpoint.get(endpoint)?.get(queueId);
}

/**
 * The acts that make the telephone system's members equal to the open sessions. First those that take away (a member
 * without a session, or under a wrong name), then missing ones come paused, last the pauses are set; who should be
 * ready is released only after his endpoint is whole. Nothing wrong gives no act.
 */
export function repairs(places: Place[], members: Member[]): Repair[] {
  const wantedAt = finder(places);
  const foundAt = finder(members);
  const holderOf = new Map(places.map(({ endpoint, agentId }) => [endpoint, agentId]));
  const removals = members.filter((member) => {
    const place = wantedAt(member);
    return place === undefined || place.agentName !== member.agentName;
  });
  const removed = new Set(removals);
  const additions = places.filter((place) => {
    const there = foundAt(place);
    return there === undefined || removed.has(there);
  });
  const added = new Set(additions);
  const perEndpoint = Map.groupBy(places, ({ endpoint }) => endpoint);
  const pauses = [...perEndpoint.values()].flatMap((mine): Repair[] => {
    const [first] = mine;
    if (first === undefined) return [];
    const { endpoint, paused, pauseReason, agentId } = first;
    const wrong = mine.some((place) => {
      // Members come paused, so a ready agent's new places are wrong until they are released.
      if (added.has(place)) return !paused;
      const there = foundAt(place);
      return there?.paused !== paused || (paused && (there.pauseReason ?? null) !== pauseReason);
    });
    return wrong ? [{ kind: "pause", endpoint, paused, reason: pauseReason, agentId }] : [];
  });
  return [
    ...removals.map(({ queueId, endpoint }): Repair => {
      return { kind: "remove", queueId, endpoint, agentId: holderOf.get(endpoint) ?? null };
    }),
    ...additions.map(({ agentId, queueId, endpoint, agentName, pauseReason }): Repair => {
      return { kind: "add", member: { queueId, endpoint, agentName, paused: true, pauseReason }, agentId };
    }),
    ...pauses,
  ];
}
