import { sql } from "kysely";
import type { SavedFilter, SavedFilterBody } from "../../contract/views.ts";
import type { Db } from "../db/pool.ts";

/** Of one person; more than anybody finds his way in. */
export const MOST_FILTERS = 200;

/** What a person has saved himself, and what others share, by report and name. */
export async function listSavedFilters(db: Db, staffId: number, seesShared: boolean): Promise<SavedFilter[]> {
  const { rows } = await sql<Omit<SavedFilter, "owner" | "mine"> & { ownerId: number; ownerName: string }>`
    select f.id, f.report, f.name, f.asked, f.shared, f.owner_id as "ownerId", owner.full_name as "ownerName"
    from saved_filters as f join staff as owner on owner.id = f.owner_id
    where f.owner_id = ${staffId} or (${seesShared} and f.shared)
    order by f.report, lower(f.name), f.id limit 1000`.execute(db);
  return rows.map(({ ownerId, ownerName, ...row }) => ({
    ...row,
    owner: { id: ownerId, name: ownerName },
    mine: ownerId === staffId,
  }));
}

export async function countSavedFilters(tx: Db, ownerId: number): Promise<number> {
  const { count } = await tx
    .selectFrom("saved_filters")
    .where("owner_id", "=", ownerId)
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return Number(count);
}

const valuesOf = ({ asked, ...body }: SavedFilterBody) => ({ ...body, asked: JSON.stringify(asked) });

export async function insertSavedFilter(tx: Db, ownerId: number, body: SavedFilterBody): Promise<number> {
  const { id } = await tx
    .insertInto("saved_filters")
    .values({ ...valuesOf(body), owner_id: ownerId })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** False: there is none of this id that is his. */
export async function updateSavedFilter(tx: Db, ownerId: number, id: number, body: SavedFilterBody): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("saved_filters")
    .set(valuesOf(body))
    .where("id", "=", id)
    .where("owner_id", "=", ownerId)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** False: there is none of this id that is his. */
export async function deleteSavedFilter(tx: Db, ownerId: number, id: number): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom("saved_filters")
    .where("id", "=", id)
    .where("owner_id", "=", ownerId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Null: nobody has chosen. */
export async function readLayout(db: Db, staffId: number, report: string): Promise<string[] | null> {
  const row = await db
    .selectFrom("report_layouts")
    .where("staff_id", "=", staffId)
    .where("report", "=", report)
    .select("columns")
    .executeTakeFirst();
  return row?.columns ?? null;
}

/** Null forgets what was chosen. */
export async function writeLayout(db: Db, staffId: number, report: string, columns: string[] | null): Promise<void> {
  if (columns === null) {
    await db.deleteFrom("report_layouts").where("staff_id", "=", staffId).where("report", "=", report).execute();
    return;
  }
  await db
    .insertInto("report_layouts")
    .values({ staff_id: staffId, report, columns })
    .onConflict((conflict) => conflict.columns(["staff_id", "report"]).doUpdateSet({ columns }))
    .execute();
}
