import { sql } from "kysely";
import type { OpeningTimes } from "../../contract/calendar-time.ts";
import type { Calendar } from "../../contract/views.ts";
import { afterCursor, contains } from "../db/page.ts";
import type { Db } from "../db/pool.ts";
import { projectsHolding } from "../ivr/projects-holding.ts";
import { type Listed, type ListQuery, page } from "../listing.ts";
import { settingsFrom } from "../staff/setting.ts";
import { readSettings } from "../staff/setting-store.ts";

export type CalendarFields = Omit<Calendar, "id" | "createdAt">;

const rows = (db: Db) =>
  db
    .selectFrom("calendars")
    .select(["id", "name", "time_zone as timeZone", "week", "exceptions", "created_at as createdAt"])
    .where("deleted_at", "is", null);

const view = ({ createdAt, ...row }: Omit<Calendar, "createdAt"> & { createdAt: Date }): Calendar => ({
  ...row,
  createdAt: createdAt.toISOString(),
});

/** Calendars by name; `q` is part of it. */
export async function listCalendars(db: Db, { limit, after, q }: ListQuery): Promise<Listed<Calendar>> {
  const found = await rows(db)
    .select(sql<string>`lower(name)`.as("sort"))
    .where(afterCursor(sql`lower(name)`, sql`id`, after))
    .where(contains([sql`name`], q))
    .orderBy("sort")
    .orderBy("id")
    .limit(limit + 1)
    .execute();
  return page(found, limit, ({ sort: _sort, ...row }) => view(row));
}

export async function findCalendar(db: Db, id: number): Promise<Calendar | null> {
  const row = await rows(db).where("id", "=", id).executeTakeFirst();
  return row === undefined ? null : view(row);
}

/** The living calendars with the zone that counts for each: its own, else the house's. */
export async function readCalendars(db: Db): Promise<(OpeningTimes & { calendarId: number })[]> {
  const house = settingsFrom(await readSettings(db)).timeZone;
  const found = await rows(db).orderBy("id").execute();
  return found.map(({ id, timeZone, week, exceptions }) => ({
    calendarId: id,
    timeZone: timeZone ?? house,
    week,
    exceptions,
  }));
}

/** Locks a living calendar; false when there is none. */
export async function lockCalendar(tx: Db, id: number): Promise<boolean> {
  const row = await tx
    .selectFrom("calendars")
    .select("id")
    .where("id", "=", id)
    .where("deleted_at", "is", null)
    .forUpdate()
    .executeTakeFirst();
  return row !== undefined;
}

const columns = ({ name, timeZone, week, exceptions }: CalendarFields) => ({
  name,
  time_zone: timeZone,
  week: JSON.stringify(week),
  exceptions: JSON.stringify(exceptions),
});

export async function insertCalendar(tx: Db, calendar: CalendarFields, at: Date): Promise<number> {
  const row = await tx
    .insertInto("calendars")
    .values({ ...columns(calendar), created_at: at })
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
}

export async function updateCalendar(tx: Db, id: number, calendar: CalendarFields): Promise<void> {
  await tx.updateTable("calendars").set(columns(calendar)).where("id", "=", id).execute();
}

/** What goes by the calendar, in words: inbound routes, IVR projects as drawn or as published, limits. */
export async function usersOfCalendar(tx: Db, id: number): Promise<string[]> {
  const routes = await tx
    .selectFrom("inbound_routes")
    .select("number")
    .where(sql<boolean>`actions @> ${JSON.stringify([{ when: { calendar: id } }])}::jsonb`)
    .orderBy("number")
    .limit(20)
    .execute();
  const projects = await projectsHolding(tx, { type: "time-condition", options: { calendar: id } });
  const limits = await tx.selectFrom("call_limits").select("id").where("calendar_id", "=", id).limit(1).execute();
  const queues = await tx
    .selectFrom("queues")
    .select("name")
    .where("callback_calendar_id", "=", id)
    .where("deleted_at", "is", null)
    .orderBy("name")
    .limit(20)
    .execute();
  return [
    ...routes.map(({ number }) => `calls to ${number}`),
    ...projects.map((name) => `the project ${name}`),
    ...queues.map(({ name }) => `calls back of the queue ${name}`),
    ...(limits.length > 0 ? ["limits of calls outside"] : []),
  ];
}

export async function deleteCalendar(tx: Db, id: number, at: Date): Promise<void> {
  await tx.updateTable("calendars").set({ deleted_at: at }).where("id", "=", id).execute();
}
