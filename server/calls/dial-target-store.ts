import { takesPattern } from "../../contract/dial-pattern.ts";
import type { Db } from "../db/pool.ts";

/** Whether the dial plan leads anywhere from a number: to an enabled telephone, or along an outbound route. */
export async function canBeDialled(db: Db, number: string): Promise<boolean> {
  const telephone = await db
    .selectFrom("staff")
    .innerJoin("telephones", "telephones.staff_id", "staff.id")
    .select("staff.id")
    .where("staff.internal", "=", number)
    .where("staff.enabled", "=", true)
    .where("staff.deleted_at", "is", null)
    .executeTakeFirst();
  if (telephone !== undefined) return true;
  const routes = await db.selectFrom("outbound_routes").select("pattern").execute();
  return routes.some(({ pattern }) => takesPattern(pattern, number));
}
