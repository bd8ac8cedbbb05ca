import { Refusal } from "../refusal.ts";
import { spoken } from "./lease.ts";
import type { Holding } from "./readiness.ts";

/** A team that limits how many are on break at once, and who of the others is, or will be after his call. */
export interface TeamOnBreak {
  id: number;
  name: string;
  most: number;
  onBreak: { id: number; name: string; since: Date }[];
}

/**
 * What comes of asking for a break.
 *
 *                       no call                   his telephone rings or is on a call
 *     ────────────────  ────────────────────────  ───────────────────────────────────
 *     ready, held       begin ¹                   wait ¹    (for the end of the call)
 *     waiting already   begin                     wait      (nothing, if for the same)
 *     on break          switch (nothing, if the same)       the same
 *
 *     ¹ where his team has a place left. Who is on break or waits for one has his place.
 */
export type BreakDecision = "begin" | "wait" | "switch" | "nothing";

/** Decides for a reason that is configured, in the house's spelling. `now` and the zone are for the words. */
export function decideBreak(facts: {
  reason: string;
  holding: Holding;
  engaged: boolean;
  team: TeamOnBreak | null;
  now: Date;
  timeZone: string;
}): BreakDecision | Refusal {
  const { reason, holding, engaged, team } = facts;
  const current = holding.causes.find(({ cause }) => cause === "break");
  if (current !== undefined) return current.reason === reason ? "nothing" : "switch";
  if (holding.pendingBreak !== null) {
    if (!engaged) return "begin";
    return holding.pendingBreak.reason === reason ? "nothing" : "wait";
  }
  if (team !== null && team.onBreak.length >= team.most) return teamFull(team, facts);
  return engaged ? "wait" : "begin";
}

/** When a break that begins then should be over; null: it takes as long as it takes. */
export function breakDueAt(since: Date, maxMinutes: number | null): Date | null {
  return maxMinutes === null ? null : new Date(since.getTime() + maxMinutes * 60_000);
}

/** As many as a sentence bears; the others are counted. */
const NAMED = 5;

function teamFull({ id, name, most, onBreak }: TeamOnBreak, { now, timeZone }: { now: Date; timeZone: string }) {
  const named = onBreak.slice(0, NAMED).map((one) => `${one.name} since ${spoken(one.since, now, timeZone)}`);
  const more = onBreak.length > NAMED ? [`${onBreak.length - NAMED} more`] : [];
  const who = [...named, ...more].join(", ");
  const bound = most === 1 ? "one at a time" : `${most} at a time`;
  return new Refusal("pause.team-full", `${name} has no place left on break (${bound}): ${who}.`, {
    team: { id, name },
    most,
    onBreak: onBreak.map((one) => ({ ...one, since: one.since.toISOString() })),
  });
}
