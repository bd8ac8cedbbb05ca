import type { Clock } from "../clock.ts";
import type { Database } from "../db/pool.ts";
import type { Hub } from "../hub.ts";
import type { Log } from "../log.ts";
import { type Comparison, comparison } from "../reconcile/comparer.ts";
import { Refusal } from "../refusal.ts";
import type { Answer, Seat, Telephony } from "../telephony.ts";
import type { AgentTurns } from "./agent-turns.ts";
import { type SeatRepair, seatRepairs } from "./seat.ts";
import { readSeatedAgents } from "./seat-store.ts";

/**
 * Tells the telephone system who sits where, so that an agent's number follows him, and what he dials bears his name,
 * also while we are away. Follows every change of a session, and is looked after when reconciling.
 */
export interface SeatService {
  start(): void;
  stop(): void;
  /** Keeps all of it true; one of reconciling's. */
  readonly comparison: Comparison;
}

const RETRY_MS = 2000;

export function createSeatService(deps: {
  db: Database;
  clock: Clock;
  hub: Hub;
  log: Log;
  telephony: Pick<Telephony, "seat" | "unseat" | "readSeats">;
  turns: AgentTurns;
}): SeatService {
  const { db, clock, hub, log, telephony, turns } = deps;
  /** What the telephone system keeps, by endpoint; null before it was read. */
  let kept: Map<string, Seat> | null = null;
  const following = new Set<number>();
  let unsubscribe = () => {};
  let stopped = true;

  const perform = async ({ kind, seat }: SeatRepair): Promise<Answer> => {
    const answer = await (kind === "seat" ? telephony.seat(seat) : telephony.unseat(seat.endpoint));
    if (!answer.ok || kind === "unseat") kept?.delete(seat.endpoint);
    else kept?.set(seat.endpoint, seat);
    return answer;
  };

  const followInTurn = async (agentId: number): Promise<void> => {
    following.delete(agentId);
    const mine = [...(kept?.values() ?? [])].filter((seat) => seat.agentId === agentId);
    const endpoints = mine.map(({ endpoint }) => endpoint);
    const seated = await readSeatedAgents(db, { agentIds: [agentId], endpoints });
    for (const repair of seatRepairs(mine, seated)) {
      const answer = await perform(repair);
      if (!answer.ok && answer.gone !== true) throw new Error(answer.why);
    }
  };

  /** Without a link nothing can be said: the next one brings a round of reconciling. */
  const follow = (agentId: number) => {
    if (stopped || kept === null || following.has(agentId)) return;
    following.add(agentId);
    const again = (why: unknown) => {
      following.delete(agentId);
      log.warn({ err: why, agentId }, "who sits where could not be told to the telephone system; trying again");
      clock.after(RETRY_MS, () => follow(agentId));
    };
    turns
      .run([agentId], () => followInTurn(agentId))
      .then((answer) => (answer instanceof Refusal ? again(answer.title) : undefined), again);
  };

  return {
    start() {
      stopped = false;
      unsubscribe = hub.subscribe((news) => {
        if (news.type === "session.changed" || news.type === "agent.changed") follow(news.agentId);
      });
    },
    stop() {
      stopped = true;
      unsubscribe();
    },
    comparison: comparison<Seat[], Seat[], SeatRepair>({
      name: "seats",
      async have() {
        const read = await telephony.readSeats();
        kept = new Map(read.map((seat) => [seat.endpoint, seat]));
        return read;
      },
      want: () => readSeatedAgents(db, "all"),
      compare: seatRepairs,
      describe: ({ kind, seat }, _, nameOf) => ({
        key: `${kind} ${seat.endpoint}`,
        words:
          kind === "seat"
            ? `Calls to ${seat.agentName} did not reach ${nameOf(seat.endpoint)}.`
            : `${nameOf(seat.endpoint)} still counted as ${seat.agentName}’s.`,
        agentId: seat.agentId,
      }),
      perform,
    }),
  };
}
