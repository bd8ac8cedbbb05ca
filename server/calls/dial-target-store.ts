import { takesPattern } from "../../contract/dial-pattern.ts";
import type { Db } from "../db/pool.ts";
import { isFeatureCode } from "../feature-code.ts";
import { settingsFrom } from "../staff/setting.ts";
import { readSettings } from "../staff/setting-store.ts";

/** Whether the dial plan leads anywhere from a number: to a telephone or an agent, a code, or along an outbound route. */
export async function canBeDialled(db: Db, number: string): Promise<boolean> {
  if (isFeatureCode(number)) return true;
  const internal = await db
    .selectFrom("staff")
    .select("id")
    .where("internal", "=", number)
    .where("enabled", "=", true)
    .where("deleted_at", "is", null)
    .executeTakeFirst();
  if (internal !== undefined) return true;
  const routes = await db.selectFrom("outbound_routes").select("pattern").execute();
  const { emergencyNumbers } = settingsFrom(await readSettings(db));
  // Emergency numbers go out by any route, where none takes them.
  if (routes.length > 0 && emergencyNumbers.includes(number)) return true;
  return routes.some(({ pattern }) => takesPattern(pattern, number));
}
