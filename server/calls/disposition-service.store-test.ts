import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type CallHouse, callHouse, instantOf, recordedReads } from "../../test/call-house.ts";
import { type HandClock, handClock } from "../../test/hand-clock.ts";
import { memoryHub, type News } from "../hub.ts";
import { Refusal } from "../refusal.ts";
import type { Actor } from "../staff/permission.ts";
import { createDispositionService, type DispositionService } from "./disposition-service.ts";
import { takeBatch } from "./journal-batch.ts";
import type { LiveLeg } from "./live-leg.ts";

let house: CallHouse;
let clock: HandClock;
let service: DispositionService;
let heard: News[];
let anna: Actor;
let ben: Actor;
let carla: Actor;
const live = new Map<string, LiveLeg>();
const lines = recordedReads("queue-answered-caller-ends");
const rang = instantOf(lines[3]);
let legId = "";

beforeAll(async () => {
  house = await callHouse();
  const { db, deps, staff, settings } = house;
  anna = { staffId: staff.anna, role: "agent" };
  ben = { staffId: staff.ben, role: "agent" };
  carla = { staffId: staff.carla, role: "supervisor" };
  for (const [name, level, parent_id] of [
    ["Sale", 1, null],
    ["New", 2, 1],
    ["Large", 3, 2],
    ["Nothing", 1, null],
  ] as const) {
    await db.insertInto("dispositions").values({ name, level, parent_id }).execute();
  }
  clock = handClock(new Date(rang.getTime() + 60_000));
  const hub = memoryHub(() => {});
  hub.subscribe((news) => heard.push(news));
  service = createDispositionService({
    ...{ db, clock, hub, node: deps.node },
    liveLegs: { find: (id) => live.get(id) ?? null, disposed: (id) => live.delete(id) },
    settings: { current: () => settings },
    contactOf: async (number) => ({ id: 7, name: `Contact of ${number}`, company: null }),
  });
});
afterAll(() => house?.end());
beforeEach(async () => {
  await house.clear();
  heard = [];
  live.clear();
  await house.sit(house.staff.anna, house.staff.desk11, new Date(rang.getTime() - 60_000), null);
  await takeBatch(house.deps, lines);
  legId = (await house.everything()).rows[0]?.leg_id ?? "";
});

const code = (answer: unknown) => (answer instanceof Refusal ? answer.code : answer);
const row = async () => (await house.everything()).rows[0];

describe("disposing a call", () => {
  test("makes the agent who took it its user, and takes it off his list", async () => {
    expect(await service.toDispose(anna.staffId)).toMatchObject({
      rows: [{ legId, number: "0551234567", name: "Maria Bianchi", queue: { name: "support" }, contact: { id: 7 } }],
      next: null,
    });
    expect(await row()).toMatchObject({ user_id: house.staff.desk11 });
    const done = await service.dispose(anna, legId, { disposition: ["Sale", "New", "Large"], note: "twelve" });
    expect(done).toMatchObject({ agentId: anna.staffId, path: ["Sale", "New", "Large"], note: "twelve" });
    expect(await row()).toMatchObject({ user_id: anna.staffId, disposed_agent_id: anna.staffId });
    expect(await service.toDispose(anna.staffId)).toMatchObject({ rows: [] });
    expect(heard).toEqual([{ type: "to-dispose.changed", agentId: anna.staffId }]);
    expect(await house.db.selectFrom("audit").selectAll().execute()).toEqual([]);
  });

  test("stays when the call is folded again", async () => {
    await service.dispose(anna, legId, { disposition: ["Sale"] });
    await takeBatch(house.deps, lines);
    expect(await row()).toMatchObject({ user_id: anna.staffId });
  });

  test("again replaces the first choice, and is audited", async () => {
    await service.dispose(anna, legId, { disposition: ["Sale"] });
    await service.dispose(anna, legId, { disposition: ["Nothing"] });
    expect(await house.db.selectFrom("leg_dispositions").selectAll().execute()).toMatchObject([{ level1: "Nothing" }]);
    expect(await house.db.selectFrom("audit").selectAll().execute()).toMatchObject([
      { action: "call.dispose", actor_id: anna.staffId, facts: { before: ["Sale"], disposition: ["Nothing"] } },
    ]);
  });

  test("of somebody else's call is a supervisor's, for that agent, and audited", async () => {
    expect(code(await service.dispose(ben, legId, { disposition: ["Sale"] }))).toBe("disposition.not-yours");
    await service.dispose(carla, legId, { disposition: ["Sale"] });
    expect(await row()).toMatchObject({ user_id: anna.staffId });
    expect(await house.db.selectFrom("audit").selectAll().execute()).toMatchObject([{ actor_id: carla.staffId }]);
  });

  test("is refused for what is not there: the call, the path, the contact", async () => {
    expect(code(await service.dispose(anna, "node1-1.1", { disposition: ["Sale"] }))).toBe("call.unknown");
    for (const disposition of [["sale"], ["New"], ["Sale", "Large"], ["Nothing", "New"]]) {
      expect(code(await service.dispose(anna, legId, { disposition }))).toBe("disposition.unknown");
    }
    const contactId = 4711;
    expect(code(await service.dispose(anna, legId, { disposition: ["Sale"], contactId }))).toBe("reference.unknown");
    expect(await row()).toMatchObject({ disposed_agent_id: null });
    expect(heard).toEqual([]);
  });

  test("is too late for the agent after the deadline, and leaves his list", async () => {
    house.settings.disposeDeadlineHours = 1;
    const late = () => service.dispose(anna, legId, { disposition: ["Sale"] });
    clock.advance(3_600_000);
    expect(code(await late())).toBe("disposition.too-late");
    expect(await service.toDispose(anna.staffId)).toMatchObject({ rows: [] });
    expect(await service.dispose(carla, legId, { disposition: ["Sale"] })).toMatchObject({ agentId: anna.staffId });
    house.settings.disposeDeadlineHours = 24;
  });

  test("leaves his list on the screen when the deadline passes, without anybody asking", async () => {
    // An hour has passed since the call.
    house.settings.disposeDeadlineHours = 2;
    try {
      expect(await service.toDispose(anna.staffId)).toMatchObject({ rows: [{ legId }] });
      clock.advance(3_400_000);
      expect(heard).toEqual([]);
      clock.advance(300_000);
      expect(heard).toEqual([{ type: "to-dispose.changed", agentId: anna.staffId }]);
      expect(await service.toDispose(anna.staffId)).toMatchObject({ rows: [] });
      clock.advance(3_600_000);
      expect(heard).toHaveLength(1);
    } finally {
      house.settings.disposeDeadlineHours = 24;
    }
  });

  test("may come before the journal does", async () => {
    await house.db.deleteFrom("calls").execute();
    const view = { legId, answeredAt: rang.toISOString(), endedAt: null };
    live.set(legId, { agentId: anna.staffId, view } as LiveLeg);
    expect(await service.dispose(anna, legId, { disposition: ["Sale"] })).toMatchObject({ agentId: anna.staffId });
    await takeBatch(house.deps, lines);
    expect(await row()).toMatchObject({ user_id: anna.staffId });
    expect(await service.toDispose(anna.staffId)).toMatchObject({ rows: [] });
  });

  test("pages through many", async () => {
    await house.db.updateTable("leases").set({ telephone_id: house.staff.desk12 }).execute();
    for (const name of ["queue-ringall-one-answers", "queue-phone-rejects", "queue-first-phone-unanswered"]) {
      const [first] = recordedReads(name);
      const at = new Date(Math.min(instantOf(first).getTime(), rang.getTime()) - 1000);
      await house.db.updateTable("leases").set({ started_at: at }).execute();
      await takeBatch(house.deps, recordedReads(name));
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await service.toDispose(anna.staffId, { limit: 1, ...(cursor === undefined ? {} : { cursor }) });
      if (page instanceof Refusal) throw new Error(page.title);
      seen.push(...page.rows.map((one) => one.legId));
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    expect(new Set(seen).size).toBe(4);
    expect(seen).toHaveLength(4);
    expect(code(await service.toDispose(anna.staffId, { cursor: "nonsense" }))).toBe("request.invalid");
  });
});
