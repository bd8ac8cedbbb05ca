import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type MigratedDatabase, migratedDatabase } from "../../test/migrated-database.ts";
import { furnish } from "../../test/session-house.ts";
import { until } from "../../test/until.ts";
import { type Database, inTransaction } from "../db/pool.ts";
import { lockAgent, lockTelephone, readStanding } from "./standing-store.ts";

let place: MigratedDatabase;
let db: Database;
let agents: number[];
let telephones: number[];

beforeAll(async () => {
  place = await migratedDatabase();
  db = place.db;
  ({ agents, telephones } = await furnish(db, { agents: 2, telephones: 1, queues: 0 }));
});
afterAll(() => place.close());

async function somebodyWaits(): Promise<boolean> {
  const waiting = sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  return (await waiting.execute(db)).rows.length > 0;
}

/** Changes somebody in a transaction that ends only when the other one waits for it. */
async function whileWaiting(change: string, id: number, wait: () => Promise<unknown>): Promise<unknown> {
  let waiting: Promise<unknown> = Promise.resolve();
  await inTransaction(db, async (tx) => {
    await sql`update staff set ${sql.raw(change)} where id = ${id}`.execute(tx);
    waiting = wait();
    await until("the other one waits", somebodyWaits);
  });
  return waiting;
}

describe("the lock of a login", () => {
  it("waits for an agent who is being deleted, and then finds him gone", async () => {
    const id = agents[0] ?? 0;
    const login = () => inTransaction(db, (tx) => lockAgent(tx, id));
    expect(await whileWaiting("deleted_at = now()", id, login)).toBeNull();
  });

  it("waits for a telephone that is being switched off, and then finds it off", async () => {
    const id = telephones[0] ?? 0;
    const login = () =>
      inTransaction(db, async (tx) => {
        await lockTelephone(tx, id);
        return readStanding(tx, { id });
      });
    expect(await whileWaiting("enabled = false", id, login)).toMatchObject([{ id, enabled: false }]);
  });

  it("keeps an agent from being deleted until the login is done", async () => {
    const id = agents[1] ?? 0;
    const order: string[] = [];
    let deleted: Promise<unknown> = Promise.resolve();
    await inTransaction(db, async (tx) => {
      expect(await lockAgent(tx, id)).toMatchObject({ id });
      deleted = sql`update staff set deleted_at = now() where id = ${id}`.execute(db).then(() => order.push("deleted"));
      await until("the deletion waits", somebodyWaits);
      order.push("logged in");
    });
    await deleted;
    expect(order).toEqual(["logged in", "deleted"]);
  });
});
