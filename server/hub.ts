import type { Leg } from "../contract/views.ts";

/**
 * Upward news inside the server, sent after commit. It says that something changed and whom it concerns; who listens
 * reads the truth itself. Only legs carry their view along, because a ring must not wait for a query.
 */
export type News =
  | { type: "telephony.changed" }
  /** Somebody was at work in the administration: before the news of what it was. */
  | { type: "administration.changed" }
  | { type: "configuration.changed" }
  | { type: "session.changed"; agentId: number }
  /** He pressed Ready, by screen or keypad. */
  | { type: "agent.resumed"; agentId: number }
  /** What this agent asked for, or its answer, has changed. */
  | { type: "takeover.changed"; agentId: number }
  /** An act on some agents broke off: it may have been kept without anybody being told, and any telephone be another's. */
  | { type: "act.broke-off"; agentIds: readonly number[] }
  | { type: "telephone.changed"; telephoneId: number }
  | { type: "leg.changed"; agentId: number | null; leg: Leg }
  | { type: "leg.removed"; agentId: number | null; legId: string }
  | { type: "to-dispose.changed"; agentId: number }
  | { type: "call.folded"; linkedId: string }
  /** It is recorded now, or not any more, or paused. */
  | { type: "recording.changed"; linkedId: string }
  | { type: "queue.changed"; queueId: number }
  /** Whose it is, was and may be, beside supervisors. */
  | { type: "item.changed"; itemId: number; queueId: number | null; agentIds: readonly number[] }
  | { type: "membership.changed"; agentId: number }
  | { type: "alarms.changed" }
  /** His name, number, team or queues, or whether he is there at all. */
  | { type: "agent.changed"; agentId: number }
  | { type: "staff.removed"; staffId: number }
  /** A telephone, or a person other than an agent, was set up otherwise: renamed, given to another owner … */
  | { type: "staff.changed"; staffId: number }
  | { type: "sign-in.ended"; staffId: number };

export interface Hub {
  publish(news: News): void;
  /** The answer ends the subscription. A listener that throws is reported and does not stop the others. */
  subscribe(listener: (news: News) => void): () => void;
}

/** The hub of one process. */
export function memoryHub(onFault: (error: unknown, news: News) => void): Hub {
  const listeners = new Set<(news: News) => void>();
  return {
    publish(news) {
      for (const listener of listeners) {
        try {
          listener(news);
        } catch (error) {
          onFault(error, news);
        }
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
