import type { Session } from "../../contract/views.ts";
import { readinessOf } from "../sessions/readiness.ts";
import type { OpenSession } from "../sessions/session-store.ts";

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
    causes: open.causes.map(({ cause, reason, since, dueAt }) => ({
      cause,
      reason: cause === "break" ? reason : null,
      since: since.toISOString(),
      dueAt: dueAt?.toISOString() ?? null,
    })),
    unattendedSince: open.unattendedSince?.toISOString() ?? null,
  };
}
