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

const key = ({ queueId, endpoint }: { queueId: number; endpoint: string }) => `${queueId} ${endpoint}`;

/**
 * The acts that make the telephone system's members equal to the open sessions. First those that take away (a member
 * without a session, or under a wrong name), then missing ones come paused, last the pauses are set; who should be
 * ready is released only after his endpoint is whole. Nothing wrong gives no act.
 */
export function repairs(places: Place[], members: Member[]): Repair[] {
  const wanted = new Map(places.map((place) => [key(place), place]));
  const found = new Map(members.map((member) => [key(member), member]));
  const holderOf = new Map(places.map(({ endpoint, agentId }) => [endpoint, agentId]));
  const removals = members.filter((member) => {
    const place = wanted.get(key(member));
    return place === undefined || place.agentName !== member.agentName;
  });
  const removed = new Set(removals.map(key));
  const additions = places.filter((place) => !found.has(key(place)) || removed.has(key(place)));
  const added = new Set(additions.map(key));
  const perEndpoint = Map.groupBy(places, ({ endpoint }) => endpoint);
  const pauses = [...perEndpoint.values()].flatMap((mine): Repair[] => {
    const [first] = mine;
    if (first === undefined) return [];
    const { endpoint, paused, pauseReason, agentId } = first;
    const wrong = mine.some((place) => {
      // Members come paused, so a ready agent's new places are wrong until they are released.
      if (added.has(key(place))) return !paused;
      const there = found.get(key(place));
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
