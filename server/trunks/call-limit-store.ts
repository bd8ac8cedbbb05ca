import { sql } from "kysely";
import type { CallLimit } from "../../contract/views.ts";
import { afterCursor } from "../db/page.ts";
import type { Db } from "../db/pool.ts";
import { type Listed, type ListQuery, page } from "../listing.ts";

const rows = (db: Db) =>
  db
    .selectFrom("call_limits")
    .select(["id", "of", "staff_id", "route_id as routeId", "destinations", "calls_at_once as callsAtOnce"])
    .select(["minutes_per_day as minutesPerDay", "calendar_id as calendarId", "any_time as anyTime"])
    // Of who is gone nothing is said; their row stays for the audit.
    .where((eb) =>
      eb.or([
        eb("staff_id", "is", null),
        eb.exists(
          eb
            .selectFrom("staff")
            .select("staff.id")
            .whereRef("staff.id", "=", "call_limits.staff_id")
            .where("deleted_at", "is", null),
        ),
      ]),
    );

type Row = Omit<CallLimit, "telephoneId" | "agentId"> & { staff_id: number | null };

const view = ({ staff_id, ...row }: Row): CallLimit => ({
  ...row,
  telephoneId: row.of === "telephone" ? staff_id : null,
  agentId: row.of === "agent" ? staff_id : null,
});

/** Everybody's first, then in the order they were made. */
export async function listCallLimits(db: Db, { limit, after }: ListQuery): Promise<Listed<CallLimit>> {
  const found = await rows(db)
    .select(sql<string>`(case when of = 'everybody' then '0' else '1' end)`.as("sort"))
    .where(afterCursor(sql`(case when of = 'everybody' then '0' else '1' end)`, sql`id`, after))
    .orderBy("sort")
    .orderBy("id")
    .limit(limit + 1)
    .execute();
  return page(found, limit, ({ sort: _sort, ...row }) => view(row));
}

export async function findCallLimit(db: Db, id: number): Promise<CallLimit | null> {
  const row = await rows(db).where("id", "=", id).executeTakeFirst();
  return row === undefined ? null : view(row);
}

/** All there are. */
export async function readCallLimits(db: Db): Promise<CallLimit[]> {
  return (await rows(db).orderBy("id").execute()).map(view);
}

type Fields = Omit<CallLimit, "id">;

const columns = (limit: Fields) => ({
  of: limit.of,
  staff_id: limit.telephoneId ?? limit.agentId,
  route_id: limit.routeId,
  destinations: limit.destinations,
  calls_at_once: limit.callsAtOnce,
  minutes_per_day: limit.minutesPerDay,
  calendar_id: limit.calendarId,
  any_time: limit.anyTime,
});

export async function insertCallLimit(tx: Db, limit: Fields): Promise<number> {
  const row = await tx.insertInto("call_limits").values(columns(limit)).returning("id").executeTakeFirstOrThrow();
  return row.id;
}

export async function updateCallLimit(tx: Db, id: number, limit: Fields): Promise<void> {
  await tx.updateTable("call_limits").set(columns(limit)).where("id", "=", id).execute();
}

export async function deleteCallLimit(tx: Db, id: number): Promise<void> {
  await tx.deleteFrom("call_limits").where("id", "=", id).execute();
}

/** Whether there is a living thing of that kind; it stays until the transaction ends. */
export async function lockLimited(tx: Db, table: "outbound_routes" | "calendars", id: number): Promise<boolean> {
  const living = table === "calendars" ? sql`and deleted_at is null` : sql``;
  const found = await sql`select id from ${sql.table(table)} where id = ${id} ${living} for share`.execute(tx);
  return found.rows.length > 0;
}
