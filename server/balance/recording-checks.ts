import { sql } from "kysely";
import { checkBySql } from "./balance-check.ts";

/** The recorder notes the time by another clock than the journal does. */
const SLACK = "2 seconds";

/** A recording is of somebody's talk: of a call that there is, and of its time; and it can be heard. */
export const recordingsCheck = checkBySql({
  name: "recordings",
  title: "Every recording is of a call, of its time, and can be heard",
  compared: ({ from, to }) => sql`
    select count(*) as n from recordings
    where started_at >= ${from} and started_at < ${to} and state in ('kept', 'damaged')`,
  off: ({ from, to }) => sql`
    select rec.started_at, case
      when rec.state = 'damaged' then 'The file of the recording is damaged.'
      when c.linked_id is null then 'The recording is of no call.'
      else 'The recording is longer than its call.' end, rec.linked_id, null
    from recordings rec left join calls c on c.linked_id = rec.linked_id and c.call_at = call_at(rec.linked_id)
    where rec.started_at >= ${from} and rec.started_at < ${to} and rec.state in ('kept', 'damaged')
      and (rec.state = 'damaged' or c.linked_id is null or rec.started_at < c.started_at - ${SLACK}::interval
        or (rec.ended_at > c.ended_at + ${SLACK}::interval
          -- Handed over to somebody who was in an older call, it goes on in that one.
          and not exists (select from report_calls r where r.linked_id = rec.linked_id
            and r.call_at = call_at(rec.linked_id) and r.ended_by = 'transfer')))`,
});
