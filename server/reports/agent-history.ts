import { AgentState, type HistoryLease, type HistorySession } from "../../contract/views.ts";
import { statesOf } from "../sessions/session-states.ts";
import type { CallRow, CauseRow, LeaseRow, SessionRow } from "./agent-history-store.ts";
import type { HistoryRange } from "./history-range.ts";

/** What belongs to one session. */
export interface SessionParts {
  leases: readonly LeaseRow[];
  causes: readonly CauseRow[];
  calls: readonly CallRow[];
  desktopLosses: readonly { lostAt: Date; backAt: Date | null }[];
}

const text = (at: Date | null) => at?.toISOString() ?? null;

/** A lease as it is sent. */
export function leaseView({ sessionId: _, startedAt, endedAt, ...lease }: LeaseRow): HistoryLease {
  return { ...lease, startedAt: startedAt.toISOString(), endedAt: text(endedAt) };
}

/**
 * One session as its history tells it, cut to the range. The states fill it without a gap, so their sums are its
 * length; a call that was talked on past the end of the session counts as far as the session goes.
 */
export function sessionHistory(session: SessionRow, parts: SessionParts, range: HistoryRange): HistorySession {
  const end = session.endedAt ?? later(range.now, session.startedAt);
  const from = later(session.startedAt, range.from);
  const to = later(earlier(end, range.to), from);
  const states = statesOf(
    { from, to },
    parts.causes.map((cause) => ({ ...cause, reason: said(cause) })),
    parts.calls.map(({ rangAt, answeredAt, endedAt, dialled }) => ({
      rangAt,
      onCallAt: dialled ? rangAt : answeredAt,
      endedAt,
    })),
  );
  return {
    id: session.id,
    startedAt: session.startedAt.toISOString(),
    endedAt: text(session.endedAt),
    endReason: session.endReason,
    endedBy: session.endedBy,
    unclean: session.endedAt !== null && session.endReason !== "logged-out" && session.unattendedSince !== null,
    from: from.toISOString(),
    to: to.toISOString(),
    leases: parts.leases.map(leaseView),
    causes: parts.causes.map((cause) => ({
      cause: cause.cause,
      reason: said(cause),
      by: cause.by,
      startedAt: cause.startedAt.toISOString(),
      endedAt: text(cause.endedAt),
      dueAt: text(cause.dueAt),
    })),
    calls: parts.calls.map(({ legId, telephone, type, number, queue, rangAt, answeredAt, endedAt }) => ({
      legId,
      telephone,
      direction: type,
      number: number ?? "",
      queue,
      startedAt: rangAt.toISOString(),
      answeredAt: text(answeredAt),
      endedAt: text(endedAt),
    })),
    losses: [
      ...parts.causes
        .filter(({ cause }) => cause === "phone-lost")
        .map(({ reason, startedAt, endedAt }) => loss("phone", reason, startedAt, endedAt ?? end)),
      ...parts.desktopLosses.map(({ lostAt, backAt }) => loss("desktop", null, lostAt, backAt ?? end)),
    ].filter((one) => one.from < to.toISOString() && one.to > from.toISOString()),
    states: states.map((one) => ({ ...one, from: one.from.toISOString(), to: one.to.toISOString() })),
    sums: sumsOf(states),
  };
}

function sumsOf(states: readonly { state: AgentState; from: Date; to: Date }[]): HistorySession["sums"] {
  const ms = new Map<AgentState, number>();
  for (const { state, from, to } of states) {
    ms.set(state, (ms.get(state) ?? 0) + to.getTime() - from.getTime());
  }
  return AgentState.enum.flatMap((state) => {
    const sum = ms.get(state);
    return sum === undefined ? [] : [{ state, ms: sum }];
  });
}

/** The leg that a wrap-up waits for is the server's own matter. */
function said({ cause, reason }: Pick<CauseRow, "cause" | "reason">): string | null {
  return cause === "break" || cause === "supervisor" || cause === "phone-lost" ? reason : null;
}

function loss(signal: "phone" | "desktop", reason: string | null, from: Date, to: Date) {
  return { signal, reason, from: from.toISOString(), to: later(to, from).toISOString() };
}

const later = (one: Date, other: Date) => (one > other ? one : other);
const earlier = (one: Date, other: Date) => (one < other ? one : other);
