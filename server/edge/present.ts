import type { PauseCause, PhoneLostWhy, Session } from "../../contract/views.ts";
import { readinessOf } from "../sessions/readiness.ts";
import type { OpenSession } from "../sessions/session-store.ts";
import { isExtendable } from "../sessions/wrap-up.ts";

/** Causes whose reason is for people. */
const SAID: ReadonlySet<PauseCause> = new Set(["break", "supervisor", "phone-lost"]);
const WHYS: PhoneLostWhy[] = ["not-registered", "unreachable", "failed-calls", "missed-calls"];

/** A session as the browser sees it. The leg a wrap-up waits for is the server's own matter. */
export function presentSession(open: OpenSession, registered: (endpoint: string) => boolean): Session {
  const { endpoint, ...telephone } = open.telephone;
  const readiness = readinessOf(open.causes, open.lastCauseEndedAt, open.startedAt);
  return {
    id: open.id,
    agentId: open.agentId,
    startedAt: open.startedAt.toISOString(),
    telephone: { ...telephone, registered: registered(endpoint) },
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
    takeoverRequest: null,
    phone: presentPhone(open, registered(endpoint)),
    desktop: {
      connected: open.desktopSeenAt !== null && open.unattendedSince === null,
      lostSince: open.unattendedSince?.toISOString() ?? null,
    },
    unattendedSince: open.unattendedSince?.toISOString() ?? null,
  };
}

/** The telephone's signal: lost while a cause says so, for the reason that stands there. */
function presentPhone(open: OpenSession, registered: boolean): Session["phone"] {
  const lost = open.causes.find(({ cause }) => cause === "phone-lost");
  return {
    registered,
    lostSince: lost?.since.toISOString() ?? null,
    why: WHYS.find((why) => why === lost?.reason) ?? null,
    resumesAt: lost?.dueAt?.toISOString() ?? null,
  };
}
