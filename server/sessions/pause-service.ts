import type { PauseCause } from "../../contract/views.ts";
import { Refusal } from "../refusal.ts";
import { writeAudit } from "../staff/audit-store.ts";
import type { Actor } from "../staff/permission.ts";
import { createBreakService } from "./break-service.ts";
import { createCauseSetter } from "./cause-setter.ts";
import { findOpenSession, type OpenSession } from "./open-session-store.ts";
import { noSession, type SessionDeps } from "./session-service.ts";
import { createWrapUpService, type WrapUpService } from "./wrap-up-service.ts";

/**
 * Why an agent is offered nothing, whoever says so. The causes are a set: ending one never ends another, and he is
 * ready only when none is left.
 */
export interface PauseService {
  start(): Promise<void>;
  stop(): void;
  /** A break, for a reason that is configured. During a call it waits for the end; nothing rings from now on. */
  pause(agentId: number, reason: string): Promise<OpenSession | Refusal>;
  /** Ready: ends the agent's own pauses, and a break that waits. */
  resume(agentId: number): Promise<OpenSession | Refusal>;
  /**
   * Opens a cause of another service's, or gives an open one its newer reason. Takes the agent's turn: from within one
   * the cause setter is used itself.
   */
  hold(agentId: number, cause: Held): Promise<OpenSession | Refusal>;
  /** Ends that cause and no other. */
  release(agentId: number, cause: PauseCause): Promise<OpenSession | Refusal>;
  /** Ends wrap-up by hand. */
  endWrapUp(agentId: number): Promise<OpenSession | Refusal>;
  /** Makes the wrap-up longer, once. */
  extendWrapUp(agentId: number): Promise<OpenSession | Refusal>;
  /** He is asked for the outcome of that call by keypad no more: his wrap-up is what the queue gives him without. */
  askedEnough: WrapUpService["askedEnough"];
  /** A supervisor pauses an agent, with words for him or null; only a supervisor ends it. Both are in the audit log. */
  pauseAgent(actor: Actor, agentId: number, words: string | null): Promise<OpenSession | Refusal>;
  unpauseAgent(actor: Actor, agentId: number): Promise<OpenSession | Refusal>;
}

/** A cause that is opened now. */
export interface Held {
  cause: PauseCause;
  reason: string | null;
  dueAt?: Date | null;
}

/** Builds the service; `start` takes up what waits: ends of wrap-ups, and breaks after calls. */
export function createPauseService(deps: SessionDeps): PauseService {
  const { db, clock, hub, turns } = deps;
  const setter = createCauseSetter(deps);
  const breaks = createBreakService(deps, setter);
  const wrapUps = createWrapUpService(deps, setter);

  const withSession = (
    agentId: number,
    act: (session: OpenSession) => Promise<OpenSession | Refusal>,
    none: () => Refusal = noSession,
  ) =>
    turns.run([agentId], async () => {
      const session = await findOpenSession(db, agentId);
      return session === null ? none() : act(session);
    });
  const notIn = () => new Refusal("session.none", "This agent is not logged in.");
  const audit = (actor: Actor, action: string, agentId: number, facts: Record<string, unknown> = {}) =>
    writeAudit(db, { actorId: actor.staffId, action, subject: `agent ${agentId}`, facts, at: clock.now() });

  return {
    async start() {
      await wrapUps.start();
      await breaks.start();
    },
    stop() {
      wrapUps.stop();
      breaks.stop();
    },
    pause: (agentId, reason) => withSession(agentId, (session) => breaks.ask(session, reason)),
    resume(agentId) {
      hub.publish({ type: "agent.resumed", agentId });
      return withSession(agentId, (session) => breaks.end(session));
    },
    hold: (agentId, { cause, reason, dueAt = null }) =>
      withSession(agentId, (session) => setter.open(session, { cause, reason, since: clock.now(), dueAt })),
    release: (agentId, cause) => withSession(agentId, (session) => setter.close(session, [cause])),
    endWrapUp: wrapUps.end,
    extendWrapUp: wrapUps.extend,
    askedEnough: wrapUps.askedEnough,
    pauseAgent: (actor, agentId, words) =>
      withSession(
        agentId,
        async (session) => {
          await audit(actor, "agent.pause", agentId, { words });
          const by = { id: actor.staffId };
          return setter.open(session, { cause: "supervisor", reason: words, since: clock.now(), dueAt: null, by });
        },
        notIn,
      ),
    unpauseAgent: (actor, agentId) =>
      withSession(
        agentId,
        async (session) => {
          await audit(actor, "agent.unpause", agentId);
          return setter.close(session, ["supervisor"]);
        },
        notIn,
      ),
  };
}
