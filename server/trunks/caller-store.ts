import { sql } from "kysely";
import type { Db } from "../db/pool.ts";

/** Which of those who are named as callers are not there (any more); the others stay until the transaction ends. */
export async function missingCallers(
  tx: Db,
  one: "team" | "agent" | "telephone",
  ids: readonly number[],
): Promise<number[]> {
  if (ids.length === 0) return [];
  const named = sql<boolean>`id = any(${[...ids]}::bigint[])`;
  const found =
    one === "team"
      ? await tx.selectFrom("teams").select("id").where(named).where("deleted_at", "is", null).forShare().execute()
      : await tx
          .selectFrom("staff")
          .select("id")
          .where(named)
          .where("kind", "=", one)
          .where("deleted_at", "is", null)
          .forShare()
          .execute();
  return ids.filter((id) => !found.some((each) => each.id === id));
}

/** The name of the telephone that registers so; null where there is none. */
export async function nameOfTelephone(db: Db, endpoint: string): Promise<string | null> {
  const row = await db
    .selectFrom("staff")
    .select("full_name as name")
    .where("username", "=", endpoint)
    .where("kind", "=", "telephone")
    .where("deleted_at", "is", null)
    .executeTakeFirst();
  return row?.name ?? null;
}

/** What a telephone registers as; null where there is none that may. */
export async function endpointOfTelephone(db: Db, id: number): Promise<string | null> {
  const row = await db
    .selectFrom("staff")
    .select("username")
    .where("id", "=", id)
    .where("kind", "=", "telephone")
    .where("enabled", "=", true)
    .where("deleted_at", "is", null)
    .executeTakeFirst();
  return row?.username ?? null;
}
