import { migrate } from "../server/db/migrate.ts";
import { type Database, openDatabase } from "../server/db/pool.ts";
import { testDatabase } from "./database.ts";

/** A database of a test's own, with the schema of now and nothing in it. */
export interface MigratedDatabase {
  url: string;
  db: Database;
  close(): Promise<void>;
}

/** Makes and opens it; `close` drops it. */
export async function migratedDatabase(): Promise<MigratedDatabase> {
  const place = await testDatabase();
  const db = openDatabase(place.url, { connectTimeoutMs: 15_000, onError: () => {} });
  await migrate(db);
  return {
    url: place.url,
    db,
    async close() {
      await db.destroy();
      await place.drop();
    },
  };
}
