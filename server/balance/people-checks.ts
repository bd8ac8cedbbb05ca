import { sql } from "kysely";
import { checkBySql, madeIn } from "./balance-check.ts";

/** Who held the telephone when it rang: the lease says it, whatever stands in the row. */
const holder = sql`(
  select l.agent_id from leases l
  where l.telephone_id = r.telephone_id and l.started_at <= coalesce(r.rang_at, r.started_at)
    and (l.ended_at is null or l.ended_at > coalesce(r.rang_at, r.started_at))
  order by l.started_at desc limit 1)`;

export const seatsCheck = checkBySql({
  name: "seats",
  title: "Who sat at the telephone, as the row says, held it",
  compared: (span) => sql`
    select count(*) as n from report_calls where ${madeIn("call_at", span)} and telephone_id is not null`,
  off: (span) => sql`
    select r.started_at, format('The row says that %s sat there, the lease says %s.',
      coalesce(said.full_name, 'nobody'), coalesce(sat.full_name, 'nobody')), r.linked_id, r.id
    from (select r.*, ${holder} as holder_id from report_calls r
          where ${madeIn("r.call_at", span)} and r.telephone_id is not null) as r
    left join staff said on said.id = r.seated_agent_id left join staff sat on sat.id = r.holder_id
    where r.seated_agent_id is distinct from r.holder_id`,
});

/** The rule of attribution once more, in the database's words. */
export const usersCheck = checkBySql({
  name: "users",
  title: "Every row belongs to whom the rule gives it",
  compared: (span) => sql`select count(*) as n from report_calls where ${madeIn("call_at", span)}`,
  off: (span) => sql`
    select r.started_at, format('The row is counted for %s.', coalesce(u.full_name, 'nobody')), r.linked_id, r.id
    from report_calls r left join staff u on u.id = r.user_id
    where ${madeIn("r.call_at", span)} and r.user_id is distinct from case
      when r.telephone_id is null then null
      when (select coalesce((select value #>> '{}' from settings where key = 'undisposedUser'), 'telephone')) = 'seated-agent'
        then coalesce(r.owner_agent_id, r.disposed_agent_id, r.seated_agent_id, r.telephone_id)
      else coalesce(r.owner_agent_id, r.disposed_agent_id, r.telephone_id) end`,
});

export const dispositionsCheck = checkBySql({
  name: "dispositions",
  title: "Every disposition stands at its row, for its agent",
  compared: ({ from, to }) => sql`
    select count(*) as n from leg_dispositions where disposed_at >= ${from} and disposed_at < ${to}`,
  off: ({ from, to }) => sql`
    select d.disposed_at, format('%s disposed a call as %s, and %s.', a.full_name, d.level1,
      case when r.id is null then 'it has no row' else 'its row does not say so' end), r.linked_id, r.id
    from leg_dispositions d join staff a on a.id = d.agent_id left join report_calls r on r.leg_id = d.leg_id
    where d.disposed_at >= ${from} and d.disposed_at < ${to}
      and (r.id is null or r.disposed_agent_id is distinct from d.agent_id)`,
});

/** A session holds a telephone from its first instant to its last. */
export const leasesCheck = checkBySql({
  name: "leases",
  title: "Every session held a telephone all the time",
  compared: ({ from, to }) => sql`
    select count(*) as n from sessions where started_at >= ${from} and started_at < ${to} and ended_at is not null`,
  off: ({ from, to }) => sql`
    select s.started_at, format('The session of %s lasted %s s, its telephones were held for %s s.', a.full_name,
      round(extract(epoch from s.ended_at - s.started_at), 1), round(coalesce(held.s, 0), 1)), null, null
    from sessions s join staff a on a.id = s.agent_id
    left join lateral (
      select sum(extract(epoch from l.ended_at - l.started_at)) as s, min(l.started_at) as first, max(l.ended_at) as last,
        bool_and(l.ended_at is not null) as closed
      from leases l where l.session_id = s.id) as held on true
    where s.started_at >= ${from} and s.started_at < ${to} and s.ended_at is not null
      and not coalesce(held.closed and held.first = s.started_at and held.last = s.ended_at
        and abs(held.s - extract(epoch from s.ended_at - s.started_at)) < 0.002, false)`,
});

/** What an agent did after a call, and the call. */
export const wrapUpsCheck = checkBySql({
  name: "wrap-ups",
  title: "Every wrap-up follows a call that its agent took",
  compared: ({ from, to }) => sql`
    select count(*) as n from pause_causes where cause = 'wrap-up' and started_at >= ${from} and started_at < ${to}`,
  off: ({ from, to }) => sql`
    select p.started_at, format('%s wrapped up a call that %s.', a.full_name,
      case when not exists (select from legs l where l.leg_id = p.reason) then 'the journal does not know'
      else 'was not answered at a telephone of that session' end),
      (select min(l.linked_id) from legs l where l.leg_id = p.reason), null
    from pause_causes p join sessions s on s.id = p.session_id join staff a on a.id = s.agent_id
    where p.cause = 'wrap-up' and p.started_at >= ${from} and p.started_at < ${to}
      and not exists (
        select from legs l join leases x on x.telephone_id = l.telephone_id
        where l.leg_id = p.reason and l.answered_at is not null and x.session_id = s.id
          and x.started_at <= l.ended_at and (x.ended_at is null or x.ended_at >= l.rang_at))`,
});
