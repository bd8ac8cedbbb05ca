import { sql } from "kysely";
import { recordingCalls, rowsOfRecording } from "../recordings/recording-rows.ts";
import { checkBySql } from "./balance-check.ts";

/** The recorder notes the time by another clock than the journal does. */
const SLACK = "2 seconds";

/** Of less than that nobody can say to the moment when it was, and nobody has said anything in it. */
const LEAST_MS = 500;

/** When the last of the recording's calls ended: handed over into another, it goes on there. */
const lastEnd = sql`(
  select max(coalesce(last.ended_at, 'infinity')) from ${recordingCalls} as itself
  join calls last on last.linked_id = itself.linked_id and last.call_at = itself.call_at
  where itself.recording_id = rec.id)`;

/** A recording is of somebody's talk: of a call that there is, and of its time; and it can be heard. */
export const recordingsCheck = checkBySql({
  name: "recordings",
  title: "Every recording is of a call, of its time, and can be heard",
  compared: ({ from, to }) => sql`
    select count(*) as n from recordings
    where started_at >= ${from} and started_at < ${to} and state in ('kept', 'damaged')`,
  off: ({ from, to }) => sql`
    select started_at, words, linked_id, null from (
      select rec.started_at, rec.linked_id, case
        when rec.state = 'damaged' then 'The file of the recording is damaged.'
        when c.linked_id is null then 'The recording is of no call.'
        when rec.started_at < c.started_at - ${SLACK}::interval or (rec.ended_at > c.ended_at + ${SLACK}::interval and rec.ended_at > ${lastEnd} + ${SLACK}::interval)
          then 'The recording is longer than its call.'
        when c.ended_at is not null and rec.length_ms >= ${LEAST_MS} and not exists (select from ${rowsOfRecording})
          then 'Nobody has a row of what was said in the recording.' end as words
      from recordings rec left join calls c on c.linked_id = rec.linked_id and c.call_at = call_at(rec.linked_id)
      where rec.started_at >= ${from} and rec.started_at < ${to} and rec.state in ('kept', 'damaged')) as judged
    where words is not null`,
});
