import type { Clock } from "../clock.ts";
import type { Hub } from "../hub.ts";

export interface BrokenActs {
  start(): void;
  stop(): void;
  /** An act on these agents has thrown. */
  brokeOff(agentIds: readonly number[]): void;
}

/** What broke an act off is back by then, or is asked again. */
const AGAIN_MS = 1000;

/**
 * An act that broke off – the database went in the middle – may have left the telephones otherwise than the sessions,
 * and may have been kept all the same: its commit arrived, and the answer did not. As soon as the database answers again
 * everybody is told to look. `askDatabase` rejects while it is away.
 */
export function createBrokenActs(deps: { clock: Clock; hub: Hub; askDatabase: () => Promise<unknown> }): BrokenActs {
  const { clock, hub } = deps;
  const agents = new Set<number>();
  let cancel: (() => void) | null = null;
  let stopped = false;

  const plan = () => {
    if (!stopped) cancel ??= clock.after(AGAIN_MS, () => void look());
  };
  const look = async () => {
    const answers = await deps.askDatabase().then(
      () => true,
      () => false,
    );
    cancel = null;
    if (!answers || stopped) return plan();
    const agentIds = [...agents];
    agents.clear();
    hub.publish({ type: "act.broke-off", agentIds });
    for (const agentId of agentIds) {
      hub.publish({ type: "session.changed", agentId });
      hub.publish({ type: "membership.changed", agentId });
    }
  };

  return {
    start() {
      stopped = false;
    },
    stop() {
      stopped = true;
      cancel?.();
      cancel = null;
    },
    brokeOff(agentIds) {
      for (const agentId of agentIds) agents.add(agentId);
      plan();
    },
  };
}
