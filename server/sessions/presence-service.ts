import { inTransaction } from "../db/pool.ts";
import { timeoutMsOf } from "../telephones/disconnection-timeout.ts";
import { findOpenSession, listOpenSessions, type OpenSession } from "./open-session-store.ts";
import { nextStep, sessionState } from "./session.ts";
import type { SessionEndingService } from "./session-ending-service.ts";
import { announce, type SessionDeps } from "./session-service.ts";
import { markUnattended } from "./session-store.ts";

/**
 * Whether the desktop of a session is there. A vanished one leaves the telephone held, marked "not logged out", for the
 * disconnection timeout; the same agent coming back from any browser clears the mark.
 */
export interface PresenceService {
  start(): Promise<void>;
  stop(): void;
}

/** A browser that reloads or changes networks is back within this time. */
export const GRACE_MS = 10_000;
/** After a start of ours desktops need a moment longer to find us again. */
export const START_GRACE_MS = 60_000;
const RETRY_MS = 5000;

const later = (one: Date, other: Date): Date => (one > other ? one : other);

/** Builds the service; `start` reads the open sessions and plans their timers. */
export function createPresenceService(
  deps: SessionDeps & { endings: Pick<SessionEndingService, "end"> },
): PresenceService {
  const { db, clock, log, turns, desktops, settings, endings } = deps;
  /** One timer an agent: until he counts as gone, or until his telephone is freed. */
  const timers = new Map<number, () => void>();
  let stops: (() => void)[] = [];
  let stopped = true;

  const cancel = (agentId: number) => {
    timers.get(agentId)?.();
    timers.delete(agentId);
  };
  const plan = (agentId: number, ms: number, act: () => Promise<unknown>) => {
    if (stopped) return;
    cancel(agentId);
    const run = () => {
      timers.delete(agentId);
      attempt(agentId, act);
    };
    timers.set(agentId, clock.after(ms, run));
  };
  const attempt = (agentId: number, act: () => Promise<unknown>) => {
    act().catch((error: unknown) => {
      log.warn({ err: error, agentId }, "a session's presence could not be kept; trying again");
      plan(agentId, RETRY_MS, act);
    });
  };

  const planTimeout = (open: Pick<OpenSession, "agentId" | "unattendedSince">) => {
    const timeoutMs = timeoutMsOf(settings.current());
    cancel(open.agentId);
    if (open.unattendedSince === null || timeoutMs === null) return;
    const leftMs = open.unattendedSince.getTime() + timeoutMs - clock.now().getTime();
    plan(open.agentId, Math.max(leftMs, 0), async () => {
      await endings.end(open.agentId, "timed-out");
    });
  };

  const lost = (agentId: number, since: Date) =>
    turns.run([agentId], async () => {
      const open = await findOpenSession(db, agentId);
      if (open === null || desktops.connected(agentId)) return;
      // Who loses a desktop has had one, although it may have been gone before anybody could write that down.
      const watched = nextStep(sessionState({ ...open, endedAt: null }), "desktop-came");
      if (nextStep(watched.state, "desktop-lost").state !== "unattended") return;
      const unattendedSince = open.unattendedSince ?? later(since, open.startedAt);
      await inTransaction(db, (tx) =>
        markUnattended(tx, open.id, unattendedSince, open.desktopSeenAt ?? unattendedSince, since),
      );
      planTimeout({ agentId, unattendedSince });
      await announce(deps, [agentId], [open.telephone.id]);
    });

  const came = (agentId: number, since: Date) =>
    turns.run([agentId], async () => {
      const open = await findOpenSession(db, agentId);
      if (!desktops.connected(agentId)) {
        // It came and died at once. Written down all the same: a session once watched must not be held for ever.
        if (!timers.has(agentId)) plan(agentId, GRACE_MS, () => lost(agentId, since));
        if (open === null || open.desktopSeenAt !== null) return;
        await inTransaction(db, (tx) =>
          markUnattended(tx, open.id, open.unattendedSince, later(since, open.startedAt), since),
        );
        return;
      }
      cancel(agentId);
      if (open === null) return;
      if (open.desktopSeenAt !== null && open.unattendedSince === null) return;
      await inTransaction(db, (tx) =>
        markUnattended(tx, open.id, null, open.desktopSeenAt ?? clock.now(), clock.now()),
      );
      await announce(deps, [agentId], [open.telephone.id]);
    });

  const replan = async () => {
    for (const open of await listOpenSessions(db)) if (open.unattendedSince !== null) planTimeout(open);
  };

  return {
    async start() {
      const openNow = await listOpenSessions(db);
      stopped = false;
      stops = [
        desktops.subscribe((agentId, connected) => {
          const since = clock.now();
          if (connected) attempt(agentId, () => came(agentId, since));
          else plan(agentId, GRACE_MS, () => lost(agentId, since));
        }),
        settings.onChange(() => {
          replan().catch((error: unknown) => log.warn({ err: error }, "disconnection timers could not be set anew"));
        }),
      ];
      const since = clock.now();
      for (const open of openNow) {
        if (open.unattendedSince !== null) planTimeout(open);
        else if (open.desktopSeenAt !== null) plan(open.agentId, START_GRACE_MS, () => lost(open.agentId, since));
      }
    },
    stop() {
      stopped = true;
      for (const stop of stops) stop();
      for (const agentId of [...timers.keys()]) cancel(agentId);
    },
  };
}
