import { sql } from "kysely";
import type { Database } from "../../server/db/pool.ts";

/** An open session as it is committed, read past all services. */
export interface OpenTruth {
  sessionId: number;
  agentId: number;
  agentName: string;
  /** What the telephone system has to know of who sits there, besides his name. */
  internal: string | null;
  callerId: string | null;
  language: string | null;
  /** Null should never be. */
  endpoint: string | null;
  /** Why he is offered nothing; empty is ready. */
  holds: string[];
  queueIds: number[];
  unattendedSince: Date | null;
  /** The cause phone-lost is open. */
  suspended: boolean;
  /** What is kept of his telephone: the state of its line, and whether he left too many rings unanswered. */
  line: string;
  silent: boolean;
  /** False: the agent or his telephone was deleted or switched off. */
  allowed: boolean;
  /** The session is to end with a call. */
  ending: string | null;
  /** Which of his causes should be over by themselves, and since when. */
  due: { what: string; at: Date }[];
}

/** What holds the agent of a session `s`: causes, a break and an end that wait for the end of a call. */
const HOLDS = sql`array(
    select c.cause || coalesce(' (' || c.reason || ')', '') from pause_causes c
      where c.session_id = s.id and c.ended_at is null
    union all select 'a break to come' where s.break_reason is not null
    union all select 'an end to come' from session_endings e where e.session_id = s.id and e.event <> 'timed-out')`;

/** Every open session. */
export async function readOpen(db: Database): Promise<OpenTruth[]> {
  const { rows } = await sql<OpenTruth>`
    select s.id as "sessionId", s.agent_id as "agentId", a.full_name as "agentName", a.internal,
      g.caller_id as "callerId", g.language, t.username as "endpoint",
      exists (select from pause_causes c
        where c.session_id = s.id and c.ended_at is null and c.cause = 'phone-lost') as "suspended",
      coalesce(w.state, 'there') as "line", w.silent_since is not null as "silent",
      s.unattended_since as "unattendedSince", ${HOLDS} as "holds",
      coalesce(a.enabled and a.deleted_at is null and t.enabled and t.deleted_at is null, false) as "allowed",
      (select e.event from session_endings e where e.session_id = s.id) as "ending",
      (select coalesce(json_agg(json_build_object('what', what, 'at', at)), '[]') from (
        select c.cause as what, c.due_at as at from pause_causes c
          where c.session_id = s.id and c.ended_at is null and c.cause = 'wrap-up'
        union all select 'the time of a telephone that is ' || w.state, w.due_at where w.due_at is not null
        union all select 'the time for an answer', r.expires_at from takeover_requests r
          where r.holder_session_id = s.id and r.answer = 'waiting') as overdue) as "due",
      array(select q.id::int from queue_agents m join queues q on q.id = m.queue_id
        where m.agent_id = s.agent_id and q.deleted_at is null order by q.id) as "queueIds"
    from sessions s join staff a on a.id = s.agent_id
      join agents g on g.staff_id = s.agent_id
      left join leases l on l.session_id = s.id and l.ended_at is null
      left join staff t on t.id = l.telephone_id
      left join phone_watches w on w.lease_id = l.id
    where s.ended_at is null order by s.id`.execute(db);
  return rows.map((row) => ({ ...row, due: row.due.map(({ what, at }) => ({ what, at: new Date(at) })) }));
}

/** What keeps the holder of a telephone from being ready; null where nobody holds it. */
export async function holdsAt(db: Database, endpoint: string): Promise<string[] | null> {
  const { rows } = await sql<{ holds: string[] }>`
    select ${HOLDS} as holds
    from leases l join staff t on t.id = l.telephone_id join sessions s on s.id = l.session_id
    where l.ended_at is null and t.username = ${endpoint}`.execute(db);
  return rows[0]?.holds ?? null;
}

/**
 * What no instant may show, whoever asks: two holders, a session without its telephone, a cause without its session,
 * leases that leave a gap in a session or reach over its ends. Each line is one thing that is wrong.
 */
export async function readWrongs(db: Database): Promise<string[]> {
  const { rows } = await sql<{ wrong: string }>`
    select 'telephone ' || telephone_id || ' has ' || count(*) || ' open leases' as wrong
      from leases where ended_at is null group by telephone_id having count(*) > 1
    union all select 'agent ' || agent_id || ' has ' || count(*) || ' open leases'
      from leases where ended_at is null group by agent_id having count(*) > 1
    union all select 'agent ' || agent_id || ' has ' || count(*) || ' open sessions'
      from sessions where ended_at is null group by agent_id having count(*) > 1
    union all select 'session ' || s.id || ' is open without a lease' from sessions s
      where s.ended_at is null and not exists
        (select from leases l where l.session_id = s.id and l.ended_at is null)
    union all select 'lease ' || l.id || ' is open in a session that has ended' from leases l
      join sessions s on s.id = l.session_id where l.ended_at is null and s.ended_at is not null
    union all select 'a ' || c.cause || ' is open in session ' || s.id || ' that has ended' from pause_causes c
      join sessions s on s.id = c.session_id where c.ended_at is null and s.ended_at is not null
    union all select 'a ' || c.cause || ' began before its session ' || s.id from pause_causes c
      join sessions s on s.id = c.session_id where c.started_at < s.started_at
    union all select 'a ' || c.cause || ' outlived its session ' || s.id from pause_causes c
      join sessions s on s.id = c.session_id where c.ended_at > s.ended_at
    union all select 'session ' || s.id || ' has ended, and is to end' from session_endings e
      join sessions s on s.id = e.session_id where s.ended_at is not null
    union all select 'session ' || id || ' was timed out, and its desktop had not been away for a minute' from sessions
      where end_reason = 'disconnected' and not coalesce(ended_at >= unattended_since + interval '1 minute', false)
    union all select 'session ' || id || ' was begun by telephone, and ended with a desktop' from sessions
      where by_telephone and end_reason = 'disconnected'
    union all select 'lease ' || l.id || ' is of another agent than its session' from leases l
      join sessions s on s.id = l.session_id where l.agent_id <> s.agent_id
    union all select 'the leases of session ' || id || ' leave a gap' from
      (select s.id, s.started_at, coalesce(s.ended_at, 'infinity') as ended_at,
        range_agg(tstzrange(l.started_at, coalesce(l.ended_at, 'infinity'))) as held
        from sessions s left join leases l on l.session_id = s.id group by s.id) as periods
      where started_at < ended_at
        and (held is null or held <> tstzmultirange(tstzrange(started_at, ended_at)))`.execute(db);
  return rows.map(({ wrong }) => wrong);
}

/** A request for a telephone that stands, and whose holder's session is over. */
export interface OrphanedRequest {
  id: number;
  answer: string;
  askerId: number;
  /** A desktop was there when he asked: without one he is not seated. */
  askerWatched: boolean;
}

/** Every one. */
export async function readOrphans(db: Database): Promise<OrphanedRequest[]> {
  const { rows } = await sql<OrphanedRequest>`
    select r.id, r.answer, r.asker_id as "askerId", r.asker_watched as "askerWatched"
    from takeover_requests r join sessions s on s.id = r.holder_session_id
    where r.closed_at is null and s.ended_at is not null`.execute(db);
  return rows;
}
