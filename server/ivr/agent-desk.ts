import type { VoiceLanguage } from "../voice-dialogue.ts";

/** An agent who has proved on this call that he is the one. */
export interface ProvenAgent {
  agentId: number;
  language: VoiceLanguage | null;
}

/** What an act of an agent came to, as blocks name it. */
export type AgentOutcome =
  | "done"
  | "already-logged-in"
  | "not-logged-in"
  | "telephone-in-use"
  | "not-permitted"
  | "no-such-reason"
  | "unavailable";

/** How an agent is now. */
export interface AgentStatus {
  loggedIn: boolean;
  /** Why nothing is offered to him; null: he is ready, or not logged in. */
  paused: string | null;
  /** His queues, with how many wait in each. */
  queues: { name: string; waiting: number }[];
}

/** A call of his that has no outcome yet, and the outcomes of the first level, in their order. */
export interface Undisposed {
  legId: string;
  number: string;
}

/** What agents do by telephone: the same acts as in the desktop, on the same session. */
export interface AgentDesk {
  /** Takes as long for nobody as for somebody. `from`: who asks, for the log. */
  identify(number: string, pin: string, from: string): Promise<ProvenAgent | "unknown" | "wrong" | "locked">;
  /** The agent's number of whom alone that number outside is; null where it is nobody's, or several agents'. */
  numberOfCaller(callerNumber: string): Promise<string | null>;
  /**
   * On the telephone he speaks from; where that is none of ours, at his number outside. `rung-back`: he calls from
   * another number, where his account lets him be rung, and has to say his PIN there once it was rung back.
   */
  logIn(agentId: number, endpoint: string | null, callerNumber: string): Promise<AgentOutcome | "rung-back">;
  logOut(agentId: number): Promise<AgentOutcome>;
  /** For the reason that a key stands for, or that is named. */
  pause(agentId: number, reason: { key: number } | { name: string }): Promise<AgentOutcome>;
  resume(agentId: number): Promise<AgentOutcome>;
  status(agentId: number): Promise<AgentStatus>;
  /** The newest of his calls without an outcome. */
  undisposed(agentId: number): Promise<Undisposed | null>;
  /** The outcomes below a path, in their order. */
  outcomes(path: readonly string[]): Promise<string[]>;
  dispose(agentId: number, legId: string, path: readonly string[]): Promise<AgentOutcome>;
}
