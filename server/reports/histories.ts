import type { AgentHistory, TelephoneHistory } from "../../contract/views.ts";
import type { Clock } from "../clock.ts";
import type { Database } from "../db/pool.ts";
import { Refusal } from "../refusal.ts";
import type { Actor } from "../staff/permission.ts";
import { leaseView, sessionHistory } from "./agent-history.ts";
import {
  findName,
  LEASES_A_PAGE,
  readCalls,
  readCauses,
  readDesktopLosses,
  readLeases,
  readLeasesOf,
  readSessions,
  SESSIONS_A_PAGE,
} from "./agent-history-store.ts";
import { historyCursor, readHistoryCursor, readHistoryRange } from "./history-range.ts";

export interface HistoryQuery {
  from: string;
  to: string;
  cursor?: string;
}

/** What was: an agent's sessions, a telephone's holders. Refused: more than a month at once, an agent who asks for another. */
export interface Histories {
  ofAgent(actor: Actor, agentId: number, query: HistoryQuery): Promise<AgentHistory | Refusal>;
  ofTelephone(telephoneId: number, query: HistoryQuery): Promise<TelephoneHistory | Refusal>;
}

/** Reads the database only. */
export function createHistories({ db, clock }: { db: Database; clock: Clock }): Histories {
  return {
    async ofAgent(actor, agentId, query) {
      if (actor.role === "agent" && actor.staffId !== agentId) {
        return new Refusal("not-permitted", "An agent may see the history of their own days alone.");
      }
      const range = readHistoryRange(query, clock.now());
      if (range instanceof Refusal) return range;
      const after = readHistoryCursor(query.cursor);
      if (after instanceof Refusal) return after;
      const agent = await findName(db, "agent", agentId);
      if (agent === null) return new Refusal("not-found", `There is no agent ${agentId}.`);
      const found = await readSessions(db, agentId, range, after);
      const sessions = found.slice(0, SESSIONS_A_PAGE);
      const ids = sessions.map(({ id }) => id);
      const [leases, causes, calls, losses] = await Promise.all([
        readLeases(db, ids),
        readCauses(db, ids),
        readCalls(db, ids, range),
        readDesktopLosses(db, ids),
      ]);
      const of = <T extends { sessionId: number }>(rows: T[], id: number) => rows.filter((row) => row.sessionId === id);
      const last = sessions.at(-1);
      return {
        agent,
        from: range.from.toISOString(),
        to: range.to.toISOString(),
        now: range.now.toISOString(),
        sessions: sessions.map((session) =>
          sessionHistory(
            session,
            {
              leases: of(leases, session.id),
              causes: of(causes, session.id),
              calls: of(calls, session.id),
              desktopLosses: of(losses, session.id),
            },
            range,
          ),
        ),
        next: found.length > SESSIONS_A_PAGE && last !== undefined ? historyCursor(last.startedAt, last.id) : null,
      };
    },
    async ofTelephone(telephoneId, query) {
      const range = readHistoryRange(query, clock.now());
      if (range instanceof Refusal) return range;
      const after = readHistoryCursor(query.cursor);
      if (after instanceof Refusal) return after;
      const telephone = await findName(db, "telephone", telephoneId);
      if (telephone === null) return new Refusal("not-found", `There is no telephone ${telephoneId}.`);
      const found = await readLeasesOf(db, telephoneId, range, after);
      const leases = found.slice(0, LEASES_A_PAGE);
      const last = leases.at(-1);
      return {
        telephone,
        from: range.from.toISOString(),
        to: range.to.toISOString(),
        now: range.now.toISOString(),
        leases: leases.map(leaseView),
        next: found.length > LEASES_A_PAGE && last !== undefined ? historyCursor(last.startedAt, last.id) : null,
      };
    },
  };
}
