import { sql } from "kysely";
import { afterCursor, contains } from "../db/page.ts";
import type { Db } from "../db/pool.ts";
import type { ListQuery } from "../listing.ts";

/** Ends that nobody at the telephone wished for. As in the index that finds the last one of each. */
const UNCLEAN = sql<boolean>`leases.end_reason in ('disconnected', 'taken-over', 'released')`;

const rows = (db: Db) =>
  db
    .selectFrom("staff")
    .innerJoin("telephones", "telephones.staff_id", "staff.id")
    .leftJoin("leases", (join) => join.onRef("leases.telephone_id", "=", "staff.id").on("leases.ended_at", "is", null))
    .leftJoin("staff as holder", "holder.id", "leases.agent_id")
    .leftJoinLateral(
      (query) =>
        query
          .selectFrom("leases")
          .innerJoin("staff as left", "left.id", "leases.agent_id")
          .select(["left.id", "left.full_name", "leases.ended_at", "leases.end_reason"])
          .whereRef("leases.telephone_id", "=", "staff.id")
          .where(UNCLEAN)
          .orderBy("leases.ended_at", "desc")
          .limit(1)
          .as("unclean"),
      (join) => join.onTrue(),
    )
    .leftJoinLateral(
      (query) =>
        query
          .selectFrom("telephone_tests")
          .select(["telephone_tests.started_at", "telephone_tests.outcome"])
          .whereRef("telephone_tests.telephone_id", "=", "staff.id")
          .where("telephone_tests.outcome", "is not", null)
          .orderBy("telephone_tests.id", "desc")
          .limit(1)
          .as("test"),
      (join) => join.onTrue(),
    )
    .select(["staff.id", "staff.full_name", "staff.username", "staff.internal", "staff.enabled", "staff.created_at"])
    .select(["telephones.place", "telephones.owner_agent_id", "telephones.model"])
    .select(["leases.agent_id as holder_id", "leases.started_at as held_since", "holder.full_name as holder_name"])
    .select(["unclean.id as unclean_id", "unclean.full_name as unclean_name"])
    .select(["unclean.ended_at as unclean_at", "unclean.end_reason as unclean_reason"])
    .select(["test.started_at as tested_at", "test.outcome as test_outcome"])
    .select(sql<string>`lower(staff.full_name)`.as("sort"))
    // Lines of remote agents are kept with their accounts.
    .where("telephones.line", "=", "sip")
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

/** Those of the telephones that there are. */
export async function findTelephoneRows(db: Db, ids: readonly number[]): Promise<TelephoneRow[]> {
  if (ids.length === 0) return [];
  return rows(db).where("staff.id", "in", ids).orderBy("staff.id").execute();
}

export interface TelephoneColumns {
  place?: string | null | undefined;
  model?: string | null | undefined;
  ownerAgentId?: number | null | undefined;
  digests?: { ha1Md5: string; ha1Sha256: string } | undefined;
}

export type NewTelephone = TelephoneColumns & {
  staffId: number;
  digests: { ha1Md5: string; ha1Sha256: string };
};

/** The device's part of telephones whose staff rows have just been made. */
export async function insertTelephones(tx: Db, telephones: readonly NewTelephone[]): Promise<void> {
  await tx
    .insertInto("telephones")
    .values(
      telephones.map(({ staffId, place, model, ownerAgentId, digests }) => ({
        staff_id: staffId,
        place: place ?? null,
        model: model ?? null,
        owner_agent_id: ownerAgentId ?? null,
        ha1_md5: digests.ha1Md5,
        ha1_sha256: digests.ha1Sha256,
      })),
    )
    .execute();
}

export async function updateTelephone(tx: Db, staffId: number, telephone: TelephoneColumns): Promise<void> {
  const { place, model, ownerAgentId, digests } = telephone;
  const set = {
    ...(place === undefined ? {} : { place }),
    ...(model === undefined ? {} : { model }),
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
