import type { PauseCause, Session } from "../../contract/views.ts";
import type { OpenSession } from "../sessions/open-session-store.ts";
import { readinessOf } from "../sessions/readiness.ts";
import type { SessionSignals } from "../sessions/session-signals.ts";
import { isExtendable } from "../sessions/wrap-up.ts";

/** Causes whose reason is for people. */
const SAID: ReadonlySet<PauseCause> = new Set(["break", "supervisor", "phone-lost"]);

/** A session as the browser sees it. The leg a wrap-up waits for is the server's own matter. */
export function presentSession(open: OpenSession, signals: SessionSignals): Session {
  const { endpoint, ...telephone } = open.telephone;
  const registered = signals.registered(endpoint);
  const { lostSince, why, resumesAt } = signals.phone(open.agentId);
  const readiness = readinessOf(open.causes, open.lastCauseEndedAt, open.startedAt);
  return {
    id: open.id,
    agentId: open.agentId,
    startedAt: open.startedAt.toISOString(),
    telephone: { ...telephone, registered },
    state: readiness.state,
    since: readiness.since.toISOString(),
    causes: open.causes.map(({ cause, reason, since, dueAt, by = null }) => ({
      cause,
      reason: SAID.has(cause) ? reason : null,
      by,
      since: since.toISOString(),
      dueAt: dueAt?.toISOString() ?? null,
    })),
    pendingBreak:
      open.pendingBreak === null
        ? null
        : { reason: open.pendingBreak.reason, askedAt: open.pendingBreak.askedAt.toISOString() },
    wrapUpExtendable: isExtendable(open.causes),
    takeoverRequest: signals.askedOf(open.agentId),
    endsWithCall:
      open.ending === null || open.ending.event === "timed-out"
        ? null
        : { reason: open.ending.event, by: open.ending.by?.name ?? null },
    phone: {
      registered,
      lostSince: lostSince?.toISOString() ?? null,
      why,
      resumesAt: resumesAt?.toISOString() ?? null,
    },
    desktop: {
      connected: open.desktopSeenAt !== null && open.unattendedSince === null,
      lostSince: open.unattendedSince?.toISOString() ?? null,
    },
    unattendedSince: open.unattendedSince?.toISOString() ?? null,
  };
}
