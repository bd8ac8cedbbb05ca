import { type SqlBool, sql } from "kysely";

/** Two who are joined are written down to be so a moment before or after the third has left. */
const A_MOMENT_MS = 200;

/**
 * The calls of which something stands in a recording, and since when: the one in which it began, and each into which its
 * channel was handed over. Columns `recording_id`, `linked_id`, `call_at`, `since`; found by the first two.
 */
export const recordingCalls = sql`(
  select id as recording_id, linked_id, call_at(linked_id) as call_at, '-infinity'::timestamptz as since from recordings
  union all
  select own.id, m.linked_id, m.call_at, m.moved_at
  from moved_channels m join recordings own on own.channel_id = m.channel_id and own.linked_id <> m.linked_id)`;

/**
 * Whether a recording has something of a row's talk: a part of it lies in the time of the row, and not for a mere moment,
 * while the recording was of the row's call. Its whole time would not do: while somebody is held, his telephone talks
 * with whom it asks, and that is not recorded. Of tables named `rec`, `r` and `itself` (one of `recordingCalls`).
 */
const partsWithin = sql<SqlBool>`r.answered_at < rec.ended_at and coalesce(r.ended_at, 'infinity') > rec.started_at
  and exists (select from jsonb_to_recordset(rec.parts) as part ("startedAt" timestamptz, "lengthMs" float)
    where least(part."startedAt" + part."lengthMs" * interval '1 ms', coalesce(r.ended_at, 'infinity'))
      - greatest(part."startedAt", r.answered_at, itself.since)
      > least(${A_MOMENT_MS}, part."lengthMs" / 2) * interval '1 ms')`;

/** The rows of Report Call, `r`, that a recording `rec` has the talk of; `itself.since` is from when on it may. */
export const rowsOfRecording = sql`${recordingCalls} as itself
  join report_calls r on r.linked_id = itself.linked_id and r.call_at = itself.call_at
  where itself.recording_id = rec.id and ${partsWithin}`;

/** The recordings, `rec`, that have something of the talk of a row `r`. */
export const recordingsOfRow = sql`${recordingCalls} as itself
  join recordings rec on rec.id = itself.recording_id
  where itself.linked_id = r.linked_id and ${partsWithin}`;
