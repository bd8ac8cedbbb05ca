import { sql } from "kysely";
import type { Delivery, DeliveryBody } from "../../contract/views.ts";
import type { Db } from "../db/pool.ts";

/** Attempts of one delivery are kept so many. */
const KEPT = 30;
const SHOWN = 10;
/** More deliveries than a house has. */
export const MOST_DELIVERIES = 200;

/** A delivery whose time has come. */
export interface DueDelivery extends DeliveryBody {
  id: number;
  ownerId: number;
  ownerRole: string;
  /** The owner may still read reports. */
  ownerThere: boolean;
  dueAt: Date;
  failures: number;
}

const valuesOf = ({ monthDay, asked, ...body }: DeliveryBody) => ({
  ...body,
  asked: JSON.stringify(asked),
  month_day: monthDay,
});

export async function listDeliveries(db: Db, id: number | null = null): Promise<Delivery[]> {
  const { rows } = await sql<
    Omit<Delivery, "nextAt" | "owner"> & { ownerId: number; ownerName: string; nextAt: Date | null }
  >`
    select d.id, d.report, d.asked, d.period, d.format, d.rhythm, d.hour, d.weekday, d.month_day as "monthDay", d.recipients,
      d.subject, d.enabled, d.owner_id as "ownerId", owner.full_name as "ownerName", d.due_at as "nextAt",
      coalesce((select jsonb_agg(jsonb_build_object('at', to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'outcome', a.outcome, 'words', a.words) order by a.id desc)
        from (select * from delivery_attempts where delivery_id = d.id order by id desc limit ${SHOWN}) as a), '[]') as attempts
    from deliveries as d join staff as owner on owner.id = d.owner_id
    where d.deleted_at is null and ${id === null ? sql`true` : sql`d.id = ${id}`}
    order by d.id desc limit ${MOST_DELIVERIES}`.execute(db);
  return rows.map(({ ownerId, ownerName, nextAt, ...row }) => ({
    ...row,
    owner: { id: ownerId, name: ownerName },
    nextAt: nextAt?.toISOString() ?? null,
  }));
}

export async function countDeliveries(tx: Db): Promise<number> {
  const { count } = await tx
    .selectFrom("deliveries")
    .where("deleted_at", "is", null)
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return Number(count);
}

export async function insertDelivery(tx: Db, ownerId: number, body: DeliveryBody, dueAt: Date | null): Promise<number> {
  const { id } = await tx
    .insertInto("deliveries")
    .values({ ...valuesOf(body), owner_id: ownerId, due_at: dueAt, try_at: dueAt })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** False: there is no such delivery. */
export async function updateDelivery(tx: Db, id: number, body: DeliveryBody, dueAt: Date | null): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("deliveries")
    .set({ ...valuesOf(body), due_at: dueAt, try_at: dueAt, failures: 0 })
    .where("id", "=", id)
    .where("deleted_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** False: there is no such delivery. */
export async function deleteDelivery(tx: Db, id: number, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("deliveries")
    .set({ deleted_at: at, due_at: null, try_at: null })
    .where("id", "=", id)
    .where("deleted_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** When the next one is to be tried; null: none. */
export async function firstTry(db: Db): Promise<Date | null> {
  const row = await db
    .selectFrom("deliveries")
    .where("deleted_at", "is", null)
    .select(({ fn }) => fn.min("try_at").as("at"))
    .executeTakeFirst();
  return row?.at ?? null;
}

/**
 * Takes a delivery whose time has come. It counts as failed from now on, to be tried again at `againAt`, until its end
 * is written: a crash in the middle is one attempt, and not one without end.
 */
export async function takeDue(db: Db, now: Date, againAt: Date): Promise<DueDelivery | null> {
  const { rows } = await sql<DueDelivery>`
    update deliveries as d set failures = d.failures + 1, try_at = ${againAt}
    from staff as owner
    where owner.id = d.owner_id and d.id = (
      select id from deliveries where deleted_at is null and try_at <= ${now} order by try_at limit 1 for update skip locked)
    returning d.id, d.owner_id as "ownerId", owner.kind as "ownerRole", owner.enabled and owner.deleted_at is null as "ownerThere",
      d.report, d.asked, d.period, d.format, d.rhythm, d.hour, d.weekday, d.month_day as "monthDay", d.recipients, d.subject,
      d.enabled, d.due_at as "dueAt", d.failures`.execute(db);
  return rows[0] ?? null;
}

/**
 * Writes down how an attempt ended, and when the delivery is due and tried next. One that was changed meanwhile keeps
 * its new times.
 */
export async function endAttempt(
  tx: Db,
  delivery: DueDelivery,
  attempt: { at: Date; words: string | null; next: { dueAt: Date; tryAt: Date; failures: number } },
): Promise<void> {
  const { at, words, next } = attempt;
  await tx
    .insertInto("delivery_attempts")
    .values({
      delivery_id: delivery.id,
      due_at: delivery.dueAt,
      at,
      outcome: words === null ? "sent" : "failed",
      words,
    })
    .execute();
  await tx
    .updateTable("deliveries")
    .set({ due_at: next.dueAt, try_at: next.tryAt, failures: next.failures })
    .where("id", "=", delivery.id)
    .where("due_at", "=", delivery.dueAt)
    .where("deleted_at", "is", null)
    .execute();
  await sql`delete from delivery_attempts where delivery_id = ${delivery.id} and id <= (
    select id from delivery_attempts where delivery_id = ${delivery.id} order by id desc offset ${KEPT} limit 1)`.execute(
    tx,
  );
}
