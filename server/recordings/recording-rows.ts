import { type RawBuilder, type SqlBool, sql } from "kysely";

/** Two who are joined are written down to be so a moment before or after the third has left. */
const A_MOMENT_MS = 200;

/**
 * Whether a recording has something of a row's talk: a part of it lies in the time of the row, and not for a mere moment.
 * Its whole time would not do: while somebody is held, his telephone talks with whom it asks, and that is not recorded.
 */
export const partsWithin = (recording: string, row: string): RawBuilder<SqlBool> => {
  const [rec, r] = [sql.ref(recording), sql.ref(row)];
  return sql<SqlBool>`${r}.answered_at < ${rec}.ended_at and coalesce(${r}.ended_at, 'infinity') > ${rec}.started_at
    and exists (select from jsonb_to_recordset(${rec}.parts) as part ("startedAt" timestamptz, "lengthMs" float)
      where least(part."startedAt" + part."lengthMs" * interval '1 ms', coalesce(${r}.ended_at, 'infinity'))
        - greatest(part."startedAt", ${r}.answered_at)
        > least(${A_MOMENT_MS}, part."lengthMs" / 2) * interval '1 ms')`;
};
