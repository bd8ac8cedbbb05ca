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
