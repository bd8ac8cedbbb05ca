import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import { Refusal } from "../refusal.ts";

/** One timer an agent. What nobody waits for is done here: failing, it is tried again until it is done or cancelled. */
export interface AgentTimers {
  start(): void;
  stop(): void;
  has(agentId: number): boolean;
  /** Does it at that instant, in the place of what was planned for the agent. */
  plan(agentId: number, at: Date, act: () => Promise<unknown>): void;
  /** Does it now. */
  attempt(agentId: number, act: () => Promise<unknown>): void;
  cancel(agentId: number): void;
}

const RETRY_MS = 5000;

/** Nothing is planned; before `start` nothing will be. `failed` is what the log says when something did not succeed. */
export function createAgentTimers(deps: { clock: Clock; log: Log }, failed: string): AgentTimers {
  const { clock, log } = deps;
  const timers = new Map<number, () => void>();
  let stopped = true;

  const cancel = (agentId: number) => {
    timers.get(agentId)?.();
    timers.delete(agentId);
  };
  const after = (agentId: number, ms: number, act: () => Promise<unknown>) => {
    if (stopped) return;
    cancel(agentId);
    const due = () => {
      timers.delete(agentId);
      attempt(agentId, act);
    };
    timers.set(agentId, clock.after(ms, due));
  };
  const attempt = (agentId: number, act: () => Promise<unknown>) => {
    const again = (why: unknown) => {
      if (stopped) return;
      log.warn({ err: why, agentId }, `${failed}; trying again`);
      after(agentId, RETRY_MS, act);
    };
    act().then((answer) => {
      if (answer instanceof Refusal && answer.code !== "session.none") again(answer.title);
    }, again);
  };

  return {
    start() {
      stopped = false;
    },
    stop() {
      stopped = true;
      for (const agentId of [...timers.keys()]) cancel(agentId);
    },
    has: (agentId) => timers.has(agentId),
    plan: (agentId, at, act) => after(agentId, Math.max(at.getTime() - clock.now().getTime(), 0), act),
    attempt,
    cancel,
  };
}
