import { sql } from "kysely";
import { contains } from "../db/page.ts";
import type { Db } from "../db/pool.ts";
import type { Place } from "./destination.ts";
import { canBeDialled } from "./dial-target-store.ts";

/** Who has an internal number, with the telephone that it rings. */
const people = (db: Db) =>
  db
    .selectFrom("staff as s")
    .leftJoin("agents as a", "a.staff_id", "s.id")
    .leftJoin("leases as l", (join) => join.onRef("l.agent_id", "=", "s.id").on("l.ended_at", "is", null))
    .leftJoin("staff as seat", "seat.id", "l.telephone_id")
    .leftJoin("telephones as t", "t.staff_id", "s.id")
    .leftJoin("leases as held", (join) => join.onRef("held.telephone_id", "=", "s.id").on("held.ended_at", "is", null))
    .leftJoin("staff as holder", "holder.id", "held.agent_id")
    .where("s.deleted_at", "is", null)
    .where("s.enabled", "=", true)
    .where("s.internal", "is not", null)
    .where("s.kind", "in", ["agent", "telephone"])
    .select(["s.id", "s.kind", "s.full_name as name", "s.internal", "s.username"])
    .select(["seat.username as seat", "seat.full_name as seatName", "a.when_away", "a.away_number"])
    .select(["t.place", "holder.full_name as holderName"])
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom("pause_causes as p")
            .whereRef("p.session_id", "=", "l.session_id")
            .where("p.ended_at", "is", null),
        )
        .as("paused"),
    );

type PersonRow = Awaited<ReturnType<ReturnType<typeof people>["executeTakeFirstOrThrow"]>>;

const placeOf = (row: PersonRow): Place & { kind: "person" } => ({
  kind: "person",
  name: row.name,
  internal: row.internal ?? "",
  endpoint: row.kind === "telephone" ? row.username : row.seat,
  telephoneName: row.kind === "telephone" ? row.name : row.seatName,
  awayNumber: row.when_away === "number" ? row.away_number : null,
});

/** What a number or the name of a queue leads to; null: nothing. */
export async function findPlace(db: Db, to: string): Promise<Place | null> {
  const person = await people(db).where("s.internal", "=", to).executeTakeFirst();
  if (person !== undefined) return placeOf(person);
  const named = await db
    .selectFrom("queues")
    .where("deleted_at", "is", null)
    .where(sql<boolean>`lower(name) = lower(${to.trim()})`)
    .select(["id", "name"])
    .executeTakeFirst();
  const queue = named ?? (await queueBehind(db, to));
  if (queue !== undefined) return { kind: "queue", queueId: queue.id, name: queue.name };
  if (!/^\+?[0-9]{1,24}$/.test(to)) return null;
  return (await canBeDialled(db, to)) ? { kind: "outside", number: to } : null;
}

/** One of our own numbers: its first queue takes the caller without a way out and in again. */
async function queueBehind(db: Db, number: string) {
  return await db
    .selectFrom("inbound_routes as r")
    .innerJoin("queues as q", (join) => join.on(sql<boolean>`q.id = (r.actions->0->>'queue')::bigint`))
    .where("r.number", "=", number)
    .where("q.deleted_at", "is", null)
    .select(["q.id", "q.name"])
    .executeTakeFirst();
}

export type FoundPerson = Place & {
  kind: "person";
  role: "agent" | "telephone";
  paused: boolean;
  /** Of an agent the telephone he sits at; of a telephone who sits there, else where it stands. */
  place: string | null;
};

/** People and telephones whose name, number or place holds `q`, and queues whose name does; so many of each at most. */
export async function searchPlaces(
  db: Db,
  q: string | null,
  limit: number,
): Promise<{ people: FoundPerson[]; queues: { name: string }[] }> {
  const rows = await people(db)
    .where(contains([sql`s.full_name`, sql`s.internal`, sql`t.place`, sql`holder.full_name`], q))
    .orderBy("s.kind")
    .orderBy(sql`lower(s.full_name)`)
    .orderBy("s.id")
    .limit(limit)
    .execute();
  const queues = await db
    .selectFrom("queues")
    .where("deleted_at", "is", null)
    .where(contains([sql`name`], q))
    .orderBy(sql`lower(name)`)
    .limit(limit)
    .select("name")
    .execute();
  return {
    people: rows.map((row) => ({
      ...placeOf(row),
      role: row.kind === "telephone" ? "telephone" : "agent",
      paused: Boolean(row.paused),
      place: row.kind === "telephone" ? (row.holderName ?? row.place) : row.seatName,
    })),
    queues,
  };
}

/** Whose internal number that is. */
export async function findNameOf(db: Db, internal: string): Promise<string | null> {
  const row = await people(db).where("s.internal", "=", internal).executeTakeFirst();
  return row?.name ?? null;
}
