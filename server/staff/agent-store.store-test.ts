import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type MigratedDatabase, migratedDatabase } from "../../test/migrated-database.ts";
import { furnish } from "../../test/session-house.ts";
import { until } from "../../test/until.ts";
import { type Database, inTransaction } from "../db/pool.ts";
import { disownTelephones } from "./agent-store.ts";
import { lockStaff } from "./staff-store.ts";

let place: MigratedDatabase;
let db: Database;

beforeAll(async () => {
  place = await migratedDatabase();
  db = place.db;
});
afterAll(() => place.close());

it("an agent and his own telephone can be deleted at the same instant", async () => {
  const { agents, telephones } = await furnish(db, { agents: 1, telephones: 1, queues: 0 });
  const [agentId = 0] = agents;
  const [telephoneId = 0] = telephones;
  await db.updateTable("telephones").set({ owner_agent_id: agentId }).execute();
  let agentGoes: Promise<unknown> = Promise.resolve();
  await inTransaction(db, async (tx) => {
    await lockStaff(tx, telephoneId, ["telephone"]);
    agentGoes = inTransaction(db, (other) => disownTelephones(other, agentId, new Date()));
    await until("the agent's deletion waits", async () => {
      const { rows } = await sql`
        select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(db);
      return rows.length > 0;
    });
    await tx.updateTable("telephones").set({ owner_agent_id: null }).where("staff_id", "=", telephoneId).execute();
  });
  await expect(agentGoes).resolves.toEqual([]);
});
