import { sql } from "kysely";
import { afterCursor, contains } from "../db/page.ts";
import type { Db } from "../db/pool.ts";
import type { ListQuery } from "../listing.ts";

const rows = (db: Db) =>
  db
    .selectFrom("staff")
    .innerJoin("telephones", "telephones.staff_id", "staff.id")
    .leftJoin("leases", (join) => join.onRef("leases.telephone_id", "=", "staff.id").on("leases.ended_at", "is", null))
    .leftJoin("staff as holder", "holder.id", "leases.agent_id")
    .select(["staff.id", "staff.full_name", "staff.username", "staff.internal", "staff.enabled", "staff.created_at"])
    .select(["telephones.place", "telephones.owner_agent_id"])
    .select(["leases.agent_id as holder_id", "leases.started_at as held_since", "holder.full_name as holder_name"])
    .select(sql<string>`lower(staff.full_name)`.as("sort"))
    .where("staff.deleted_at", "is", null);

export type TelephoneRow = Awaited<ReturnType<ReturnType<typeof rows>["executeTakeFirstOrThrow"]>>;

/** One row more than the limit, by name; `q` is part of a name, username, internal number or place. */
export async function listTelephoneRows(db: Db, { limit, after, q }: ListQuery): Promise<TelephoneRow[]> {
  return rows(db)
    .where(afterCursor(sql`lower(staff.full_name)`, sql`staff.id`, after))
    .where(contains([sql`staff.full_name`, sql`staff.username`, sql`staff.internal`, sql`telephones.place`], q))
    .orderBy("sort")
    .orderBy("staff.id")
    .limit(limit + 1)
    .execute();
}

export async function findTelephoneRow(db: Db, id: number): Promise<TelephoneRow | null> {
  return (await rows(db).where("staff.id", "=", id).executeTakeFirst()) ?? null;
}

export interface TelephoneColumns {
  place?: string | null | undefined;
  ownerAgentId?: number | null | undefined;
  digests?: { ha1Md5: string; ha1Sha256: string } | undefined;
}

export async function insertTelephone(
  tx: Db,
  staffId: number,
  telephone: TelephoneColumns & { digests: { ha1Md5: string; ha1Sha256: string } },
): Promise<void> {
  await tx
    .insertInto("telephones")
    .values({
      staff_id: staffId,
      place: telephone.place ?? null,
      owner_agent_id: telephone.ownerAgentId ?? null,
      ha1_md5: telephone.digests.ha1Md5,
      ha1_sha256: telephone.digests.ha1Sha256,
    })
    .execute();
}

export async function updateTelephone(tx: Db, staffId: number, telephone: TelephoneColumns): Promise<void> {
  const { place, ownerAgentId, digests } = telephone;
  const set = {
    ...(place === undefined ? {} : { place }),
    ...(ownerAgentId === undefined ? {} : { owner_agent_id: ownerAgentId }),
    ...(digests === undefined ? {} : { ha1_md5: digests.ha1Md5, ha1_sha256: digests.ha1Sha256 }),
  };
  if (Object.keys(set).length > 0)
    await tx.updateTable("telephones").set(set).where("staff_id", "=", staffId).execute();
}

/** Gives a removed telephone up: it belongs to nobody and its digests open nothing. */
export async function clearTelephone(tx: Db, staffId: number): Promise<void> {
  await tx
    .updateTable("telephones")
    .set({ owner_agent_id: null, ha1_md5: "", ha1_sha256: "" })
    .where("staff_id", "=", staffId)
    .execute();
}
