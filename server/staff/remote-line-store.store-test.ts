import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { AgentBody } from "../../contract/views.ts";
import { type MigratedDatabase, migratedDatabase } from "../../test/migrated-database.ts";
import { systemClock } from "../clock.ts";
import type { Database } from "../db/pool.ts";
import { memoryHub, type News } from "../hub.ts";
import { Refusal } from "../refusal.ts";
import { readTelephonyConfig } from "../telephony-config-store.ts";
import { createAgentService } from "./agent-service.ts";
import { createChangeService } from "./change-service.ts";
import { createPasswordService } from "./password-service.ts";
import type { Actor } from "./permission.ts";

let place: MigratedDatabase;
let db: Database;
const heard: News[] = [];
const by: Actor = { staffId: 0, role: "admin" };
beforeAll(async () => {
  place = await migratedDatabase();
  db = place.db;
  const admin = { kind: "admin" as const, full_name: "Ada", username: "ada" };
  by.staffId = (await db.insertInto("staff").values(admin).returning("id").executeTakeFirstOrThrow()).id;
});
afterAll(() => place.close());

const agents = () => {
  const hub = memoryHub(() => {});
  hub.subscribe((news) => void heard.push(news));
  const changes = createChangeService({ db, clock: systemClock, hub, telephonyConfig: { inForce: async () => {} } });
  return createAgentService({ db, clock: systemClock, changes, passwords: createPasswordService() });
};
const rita: AgentBody = {
  ...{ fullName: "Rita Serra", username: "rita", password: "a password of tests", typology: "remote" },
  remoteNumber: "00347111",
};
const lines = async () =>
  (
    await sql<{ id: number; name: string; username: string; enabled: boolean; gone: boolean }>`
      select id, full_name as name, username, enabled, deleted_at is not null as gone
      from staff join telephones on staff_id = id where line = 'remote' order by id`.execute(db)
  ).rows;

it("a remote agent's line is made, renamed, switched off and removed with the account, and is one telephone", async () => {
  const made = await agents().create(by, rita);
  if (made instanceof Refusal) throw made;
  const [line] = await lines();
  expect(line).toMatchObject({ name: "Mobile 00347111", username: `remote~${made.id}`, enabled: true });
  const { remoteLines, telephones } = await readTelephonyConfig(db);
  expect(remoteLines).toMatchObject([{ agentId: made.id, number: "00347111", acceptByKey: true }]);
  expect(telephones).toEqual([]);

  heard.length = 0;
  await agents().change(by, made.id, { remoteNumber: "00347222" });
  expect(await lines()).toMatchObject([{ id: line?.id, name: "Mobile 00347222", enabled: true }]);
  expect(heard).toContainEqual({ type: "configuration.changed" });

  await agents().change(by, made.id, { typology: "external" });
  expect(await lines()).toMatchObject([{ id: line?.id, enabled: false }]);
  expect(heard).toContainEqual({ type: "staff.removed", staffId: line?.id });
  expect((await readTelephonyConfig(db)).remoteLines).toEqual([]);

  await agents().change(by, made.id, { remoteAllowed: true });
  expect(await lines()).toMatchObject([{ id: line?.id, enabled: true }]);
  await agents().remove(by, made.id);
  expect(await lines()).toMatchObject([{ id: line?.id, gone: true }]);
});

it("an agent without a number has a line where he may be rung at the one he calls from", async () => {
  const body = { ...rita, username: "tina", remoteNumber: null };
  const before = (await lines()).length;
  const made = await agents().create(by, body);
  if (made instanceof Refusal) throw made;
  expect(await lines()).toHaveLength(before);
  await agents().change(by, made.id, { callingNumberAllowed: true });
  expect((await lines()).at(-1)).toMatchObject({ name: "Mobile", enabled: true });
});
