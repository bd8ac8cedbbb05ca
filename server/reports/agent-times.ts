import { sql } from "kysely";
import { partsOfTime } from "../../contract/report-period.ts";
import type { Db } from "../db/pool.ts";
import { statesOf } from "../sessions/session-states.ts";
import { type CauseRow, readCauses } from "./agent-history-store.ts";
import type { Fact, Grouping, ReportQuery } from "./define-report.ts";

/** So many agents' sessions are in memory at once: a year of one is some megabytes. */
const AGENTS_AT_ONCE = 10;

/**
 * How long agents were in which state, by state and by reason of a break, in milliseconds. The same reckoning as the
 * agent's day (`session-states.ts`), cut at the parts of time asked for.
 */
export async function agentTimes(
  db: Db,
  query: ReportQuery,
  groupings: readonly Grouping[],
): Promise<{ facts: Fact[]; reasons: string[] }> {
  const facts = new Map<string, { keys: (string | null)[]; sums: Record<string, number> }>();
  const reasons = new Set<string>();
  const add = (keys: (string | null)[], name: string, ms: number) => {
    const id = JSON.stringify(keys);
    const fact = facts.get(id) ?? { keys, sums: {} };
    fact.sums[name] = (fact.sums[name] ?? 0) + ms;
    facts.set(id, fact);
  };
  const keysAt = keyMaker(query, groupings);
  const agentIds = await agentsOf(db, query);
  for (let first = 0; first < agentIds.length; first += AGENTS_AT_ONCE) {
    for (const session of await sessionsOf(db, query, agentIds.slice(first, first + AGENTS_AT_ONCE))) {
      for (const segment of statesOf(session, session.causes, session.legs)) {
        const [from, to] = [segment.from.getTime(), segment.to.getTime()];
        for (const part of keysAt(from, to)) {
          const keys = part.keys(String(session.agentId));
          add(keys, "session", part.ms);
          add(keys, segment.state, part.ms);
          if (segment.state !== "break") continue;
          const reason = segment.reason ?? "No reason";
          reasons.add(reason);
          add(keys, `break ${reason}`, part.ms);
        }
      }
    }
  }
  return { facts: [...facts.values()], reasons: [...reasons].sort((a, b) => a.localeCompare(b)) };
}

/** Cuts a span at the borders of the parts asked for, and says the keys of each piece. */
function keyMaker(query: ReportQuery, groupings: readonly Grouping[]) {
  const range = { from: query.from.getTime(), to: query.to.getTime() };
  const cuts = query.groupBy.map((key) => {
    const unit = groupings.find((one) => one.key === key)?.unit;
    if (unit === undefined) return null;
    const parts = partsOfTime(range, unit, query);
    return { keys: parts.map((part) => part.key), ends: parts.map(({ to }) => to) };
  });
  const borders = [...new Set(cuts.flatMap((parts) => parts?.ends ?? []))].sort((a, b) => a - b);
  return (from: number, to: number) => {
    const pieces: { ms: number; keys: (agent: string) => (string | null)[] }[] = [];
    for (let at = from, next = firstAfter(borders, from); at < to; next += 1) {
      const end = Math.min(borders[next] ?? to, to);
      const start = at;
      pieces.push({
        ms: end - start,
        keys: (agent) =>
          cuts.map((parts) => (parts === null ? agent : (parts.keys[firstAfter(parts.ends, start)] ?? null))),
      });
      at = end;
    }
    return pieces;
  };
}

/** The place of the first number after one, in a list in order. */
function firstAfter(numbers: readonly number[], at: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

async function agentsOf(db: Db, { from, to, agentId }: ReportQuery): Promise<number[]> {
  const rows = await db
    .selectFrom("sessions")
    .where("started_at", "<", to)
    .where((eb) => eb.or([eb("ended_at", "is", null), eb("ended_at", ">", from)]))
    .$if(agentId !== null, (found) => found.where("agent_id", "=", agentId))
    .select("agent_id")
    .distinct()
    .orderBy("agent_id")
    .execute();
  return rows.map(({ agent_id }) => agent_id);
}

interface SessionSpan {
  id: number;
  agentId: number;
  from: Date;
  to: Date;
  causes: CauseRow[];
  legs: { rangAt: Date; onCallAt: Date | null; endedAt: Date | null }[];
}

async function sessionsOf(db: Db, query: ReportQuery, agentIds: readonly number[]): Promise<SessionSpan[]> {
  const { from, to, now } = query;
  const sessions = await db
    .selectFrom("sessions")
    .where("agent_id", "in", agentIds)
    .where("started_at", "<", to)
    .where((eb) => eb.or([eb("ended_at", "is", null), eb("ended_at", ">", from)]))
    .select(["id", "agent_id as agentId", "started_at as startedAt", "ended_at as endedAt"])
    .orderBy("id")
    .execute();
  const ids = sessions.map(({ id }) => id);
  const [causes, legs] = await Promise.all([readCauses(db, ids), legsOf(db, ids, query)]);
  const causesOf = Map.groupBy(causes, ({ sessionId }) => sessionId);
  const legsOfOne = Map.groupBy(legs, ({ sessionId }) => sessionId);
  return sessions.flatMap(({ id, agentId, startedAt, endedAt }) => {
    const span = {
      from: new Date(Math.max(startedAt.getTime(), from.getTime())),
      to: new Date(Math.min((endedAt ?? now).getTime(), to.getTime(), now.getTime())),
    };
    if (span.from >= span.to) return [];
    return [{ id, agentId, ...span, causes: causesOf.get(id) ?? [], legs: legsOfOne.get(id) ?? [] }];
  });
}

/** The legs on the telephones of some sessions, each with the session that held the telephone when it rang. */
async function legsOf(db: Db, sessionIds: readonly number[], { from, to }: ReportQuery) {
  if (sessionIds.length === 0) return [];
  const { rows } = await sql<{
    sessionId: number;
    dialled: boolean;
    rangAt: Date;
    answeredAt: Date | null;
    endedAt: Date | null;
  }>`
    select leases.session_id as "sessionId", legs.direction = 'from-telephone' as dialled, legs.rang_at as "rangAt",
      legs.answered_at as "answeredAt", legs.ended_at as "endedAt"
    from leases join legs on legs.telephone_id = leases.telephone_id
      and legs.rang_at >= leases.started_at and legs.rang_at < coalesce(leases.ended_at, 'infinity')
    where leases.session_id = any(${sessionIds}::bigint[])
      and legs.rang_at < ${to} and (legs.ended_at is null or legs.ended_at > ${from})
      -- A leg that went on into this time rang a day before it at the earliest.
      and legs.rang_at >= ${new Date(from.getTime() - 86_400_000)} and legs.call_at >= ${new Date(from.getTime() - 7 * 86_400_000)}
      and legs.call_at < ${to}`.execute(db);
  return rows.map(({ dialled, answeredAt, ...leg }) => ({ ...leg, onCallAt: dialled ? leg.rangAt : answeredAt }));
}
