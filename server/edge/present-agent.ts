import type { AgentLive } from "../../contract/views.ts";
import { onCallOf } from "../floor/floor.ts";
import type { FloorRow } from "../floor/floor-service.ts";
import type { SessionSignals } from "../sessions/session-signals.ts";
import { presentSession } from "./present.ts";

/** An agent as supervisors see him. */
export function presentAgent(row: FloorRow, signals: SessionSignals): AgentLive {
  const { id, name, internal, team, queues } = row.agent;
  return {
    id,
    name,
    internal,
    team,
    queues,
    session: row.open === null ? null : presentSeat(row, row.open, signals),
  };
}

function presentSeat(
  { legs, lastCallEndedAt }: FloorRow,
  open: NonNullable<FloorRow["open"]>,
  signals: SessionSignals,
): AgentLive["session"] {
  const { startedAt, state, since, causes, pendingBreak, phone, desktop, unattendedSince, telephone } = presentSession(
    open,
    signals,
  );
  const sinceCall = state === "ready" && lastCallEndedAt !== null && lastCallEndedAt > Date.parse(since);
  return {
    startedAt,
    state,
    since: sinceCall ? new Date(lastCallEndedAt).toISOString() : since,
    causes,
    pendingBreak,
    phone,
    desktop,
    unattendedSince,
    telephone: { id: telephone.id, name: telephone.name },
    onCall: onCallOf(legs),
  };
}
