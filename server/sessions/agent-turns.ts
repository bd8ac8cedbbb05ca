import { Refusal } from "../refusal.ts";

/**
 * One act at a time on one agent, in the order asked: login, pause and reconcile of the same person never cross
 * between the database and the telephone system. Between processes the database's constraints decide.
 */
export interface AgentTurns {
  /** Runs `work` when everything asked earlier for any of these agents is done. */
  run<T>(agentIds: number[], work: () => Promise<T>): Promise<T | Refusal>;
  /** Goes up whenever an act on the agent has ended: what was read before and after can be told apart. */
  generation(agentId: number): number;
  /** The generations of everybody, as they are now; who is not in it is at 0. */
  generations(): Map<number, number>;
  /** The same for acts on anybody. */
  total(): number;
}

/** Waiting acts per agent; a desktop that asks for more is told to slow down. */
const LONGEST_QUEUE = 32;

/** Nobody acts yet. `brokeOff` is told whose act has thrown: it may be half done, between the database and the telephones. */
export function createAgentTurns(brokeOff: (agentIds: readonly number[]) => void = () => {}): AgentTurns {
  const lines = new Map<number, { last: Promise<unknown>; waiting: number; generation: number }>();
  let total = 0;
  return {
    async run(agentIds, work) {
      const mine = [...new Set(agentIds)].map((id) => {
        const line = lines.get(id) ?? { last: Promise.resolve(), waiting: 0, generation: 0 };
        lines.set(id, line);
        return line;
      });
      if (mine.some((line) => line.waiting >= LONGEST_QUEUE)) {
        return new Refusal("request.too-many", "Too much is being asked for at once; try again in a moment.");
      }
      // All lines are joined in one go, so two acts that share agents cannot wait for each other.
      const before = Promise.all(mine.map((line) => line.last));
      const act = before.then(work).finally(() => {
        total += 1;
        for (const line of mine) {
          line.waiting -= 1;
          line.generation += 1;
        }
      });
      const quiet = act.catch(() => brokeOff(agentIds));
      for (const line of mine) {
        line.waiting += 1;
        line.last = quiet;
      }
      return act;
    },
    generation: (agentId) => lines.get(agentId)?.generation ?? 0,
    generations: () => new Map([...lines].map(([agentId, { generation }]) => [agentId, generation])),
    total: () => total,
  };
}
