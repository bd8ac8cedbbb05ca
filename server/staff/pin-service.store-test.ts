import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { handClock } from "../../test/hand-clock.ts";
import { type MigratedDatabase, migratedDatabase } from "../../test/migrated-database.ts";
import type { Database } from "../db/pool.ts";
import { memoryHub } from "../hub.ts";
import { openLog } from "../log.ts";
import { createChangeService } from "./change-service.ts";
import { createPasswordService } from "./password-service.ts";
import { createPinService, type PinService } from "./pin-service.ts";
import { settingsFrom } from "./setting.ts";

const clock = handClock();
const passwords = createPasswordService();
const alarms: string[] = [];
let place: MigratedDatabase;
let db: Database;
let pins: PinService;
let anna = 0;

beforeAll(async () => {
  place = await migratedDatabase();
  db = place.db;
  const log = openLog({ level: "silent" });
  const hub = memoryHub(() => {});
  const telephonyConfig = { inForce: async () => {} };
  pins = createPinService({
    ...{ db, clock, log, passwords },
    changes: createChangeService({ db, clock, hub, telephonyConfig }),
    settings: { current: () => settingsFrom({ pinAttempts: 3, pinLockMinutes: 15 }) },
    alarm: async ({ words }) => void alarms.push(words),
  });
  const row = { kind: "agent" as const, full_name: "Anna", username: "anna", internal: "201" };
  anna = (await db.insertInto("staff").values(row).returning("id").executeTakeFirstOrThrow()).id;
  const pin_hash = await passwords.hash("4711");
  await db.insertInto("agents").values({ staff_id: anna, typology: "external", hotdesk: true, pin_hash }).execute();
});
afterAll(() => place.close());
beforeEach(() => db.deleteFrom("pin_attempts").execute());

const tried = async () =>
  (await db.selectFrom("pin_attempts").select("number").orderBy("number").execute()).map(({ number }) => number);
const attempt = (number: string, pin: string) => pins.identify(number, pin, "desk1");

it("knows an agent by number and PIN, and forgets his wrong ones", async () => {
  expect(await attempt("201", "1")).toBe("wrong");
  expect(await attempt("201", "4711")).toMatchObject({ agentId: anna });
  expect(await tried()).toEqual([]);
});

it("keeps no number that somebody made up for longer than a lock lasts, although none was ever locked", async () => {
  for (const number of ["901", "902", "903"]) expect(await attempt(number, "1")).toBe("unknown");
  clock.advance(15 * 60_000 + 1);
  expect(await attempt("904", "1")).toBe("unknown");
  expect(await tried()).toEqual(["904"]);
});

it("keeps a lock to its end, whatever other numbers are tried", async () => {
  for (const answer of ["wrong", "wrong", "locked"]) expect(await attempt("201", "1")).toBe(answer);
  expect(alarms).toHaveLength(1);
  clock.advance(14 * 60_000);
  await attempt("905", "1");
  expect(await attempt("201", "4711")).toBe("locked");
  clock.advance(60_001);
  await attempt("906", "1");
  expect(await tried()).toEqual(["905", "906"]);
  expect(await attempt("201", "4711")).toMatchObject({ agentId: anna });
});
