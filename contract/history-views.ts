import Type, { type Static } from "typebox";
import { CallType } from "./call-views.ts";
import { Id, Instant, Nullable, oneOf } from "./common-views.ts";
import { EndReason, PauseCause, Person } from "./session-views.ts";

/** What was: the days of an agent and of a telephone. */

/** What an agent was doing: each instant of a session is in exactly one of these. Sums are read in this order. */
export const AgentState = oneOf(
  "ready",
  "on-call",
  "wrap-up",
  "break",
  "supervisor",
  "phone-lost",
  "login-in-pause",
  "capacity",
);
export type AgentState = Static<typeof AgentState>;

/** A lease: who sat where. Null ends go on. */
export const HistoryLease = Type.Object({
  id: Id,
  agent: Person,
  telephone: Person,
  startedAt: Instant,
  endedAt: Nullable(Instant),
  endReason: Nullable(Type.String()),
});
export type HistoryLease = Static<typeof HistoryLease>;

/** One telephone's part of a call. */
const HistoryCall = Type.Object({
  legId: Type.String(),
  telephone: Person,
  direction: CallType,
  /** The other side, as far as the journal knows it. */
  number: Type.String(),
  queue: Nullable(Type.String()),
  /** When it began to ring, or to dial. */
  startedAt: Instant,
  answeredAt: Nullable(Instant),
  endedAt: Nullable(Instant),
});

/** A session of an agent, cut to the time that was asked for, with all that happened in it. */
export const HistorySession = Type.Object({
  id: Id,
  startedAt: Instant,
  endedAt: Nullable(Instant),
  endReason: Nullable(EndReason),
  /** Whose act the end was, where it was another person's. */
  endedBy: Nullable(Type.String()),
  /** Ended otherwise than by logging out while the desktop was gone. */
  unclean: Type.Boolean(),
  /** What of it lies in the time asked for. */
  from: Instant,
  to: Instant,
  leases: Type.Array(HistoryLease),
  causes: Type.Array(
    Type.Object({
      cause: PauseCause,
      reason: Nullable(Type.String()),
      by: Nullable(Type.String()),
      startedAt: Instant,
      endedAt: Nullable(Instant),
      dueAt: Nullable(Instant),
    }),
  ),
  calls: Type.Array(HistoryCall),
  /** When a signal was gone: of the telephone as far as it suspended him, of the desktop as far as it left him unattended. */
  losses: Type.Array(
    Type.Object({
      signal: oneOf("phone", "desktop"),
      reason: Nullable(Type.String()),
      from: Instant,
      to: Instant,
    }),
  ),
  /** From `from` to `to` without a gap. */
  states: Type.Array(Type.Object({ state: AgentState, reason: Nullable(Type.String()), from: Instant, to: Instant })),
  /** Milliseconds in each state that occurs; together the length from `from` to `to`. */
  sums: Type.Array(Type.Object({ state: AgentState, ms: Type.Integer() })),
});
export type HistorySession = Static<typeof HistorySession>;

export const AgentHistory = Type.Object({
  agent: Person,
  from: Instant,
  to: Instant,
  /** What is open went on until then. */
  now: Instant,
  sessions: Type.Array(HistorySession),
  next: Nullable(Type.String()),
});
export type AgentHistory = Static<typeof AgentHistory>;

export const TelephoneHistory = Type.Object({
  telephone: Person,
  from: Instant,
  to: Instant,
  now: Instant,
  leases: Type.Array(HistoryLease),
  next: Nullable(Type.String()),
});
export type TelephoneHistory = Static<typeof TelephoneHistory>;
