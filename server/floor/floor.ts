import type { AgentLive, Leg } from "../../contract/views.ts";

type OnCall = NonNullable<NonNullable<AgentLive["session"]>["onCall"]>;

/** The leg that counts where a telephone has several: who talks talks, also while another rings. */
const RANK: Record<Leg["state"], number> = { talking: 0, held: 1, dialling: 2, ringing: 3, ended: 4 };

/** What an agent's telephone does now, as supervisors see it; null where no call is on it. */
export function onCallOf(legs: readonly Leg[]): OnCall | null {
  const [first] = legs
    .filter((leg) => leg.state !== "ended")
    .sort((a, b) => RANK[a.state] - RANK[b.state] || Date.parse(a.startedAt) - Date.parse(b.startedAt));
  if (first === undefined || first.state === "ended") return null;
  return {
    state: first.state,
    since: first.answeredAt ?? first.startedAt,
    direction: first.type,
    number: first.number,
    name: first.contact?.name ?? first.name,
    queue: first.queue?.name ?? null,
  };
}

/** When the last call of his that was answered ended, of the legs known; null where none did. */
export function lastCallEnd(legs: readonly Leg[]): number | null {
  const ends = legs.flatMap(({ answeredAt, endedAt }) =>
    answeredAt === null || endedAt === null ? [] : [Date.parse(endedAt)],
  );
  return ends.length === 0 ? null : Math.max(...ends);
}
