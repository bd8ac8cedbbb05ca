import { sql } from "kysely";
import type { Db } from "../db/pool.ts";

/** What has been set, as it stands; keys that were never set are missing. */
export async function readSettings(db: Db): Promise<Record<string, unknown>> {
  const rows = await db.selectFrom("settings").select(["key", "value"]).execute();
  return Object.fromEntries(rows.map(({ key, value }) => [key, value]));
}

/** Holds the settings until the transaction ends, so that two changes come one after the other. */
export async function lockSettings(tx: Db): Promise<void> {
  await sql`lock table settings in share row exclusive mode`.execute(tx);
}

export async function writeSetting(tx: Db, key: string, value: unknown): Promise<void> {
  await tx
    .insertInto("settings")
    .values({ key, value: JSON.stringify(value) })
    .onConflict((conflict) => conflict.column("key").doUpdateSet({ value: JSON.stringify(value) }))
    .execute();
}
