import { sql } from "kysely";
import type { Db } from "../db/pool.ts";
import { callAt } from "./call-at.ts";
import type { FoldedCall } from "./folded-call.ts";

/** Puts the channels that came over into these calls in the place of those that were known. The calls are there. */
export async function putMovedChannels(
  tx: Db,
  calls: readonly Pick<FoldedCall, "linkedId" | "moves">[],
): Promise<void> {
  const linkedIds = calls.map(({ linkedId }) => linkedId);
  const moves = calls.flatMap(({ linkedId, moves: ofCall }) =>
    ofCall.map(({ channelId, atUs }) => ({
      ...{ channel_id: channelId, linked_id: linkedId, call_at: callAt(linkedId) },
      moved_at: new Date(Math.floor(atUs / 1000)),
    })),
  );
  await sql`
    with moved as (select * from jsonb_populate_recordset(null::moved_channels, ${JSON.stringify(moves)}::jsonb)),
    put as (
      insert into moved_channels as m select * from moved
      on conflict (linked_id, channel_id) do update set moved_at = excluded.moved_at where m.moved_at <> excluded.moved_at)
    delete from moved_channels m where m.linked_id = any(${linkedIds}::text[])
      and not exists (select from moved where moved.linked_id = m.linked_id and moved.channel_id = m.channel_id)`.execute(
    tx,
  );
}
