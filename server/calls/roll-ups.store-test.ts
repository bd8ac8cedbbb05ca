import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CallHouse, callHouse, instantOf, movedReads, recordedReads } from "../../test/call-house.ts";
import { recordedJournals } from "../../test/journal-fixture.ts";
import { memoryHub } from "../hub.ts";
import type { JournalRead } from "../journal.ts";
import { reattribute } from "./call-store.ts";
import { createDispositionService } from "./disposition-service.ts";
import { takeBatch } from "./journal-batch.ts";
import { differingSlots } from "./roll-up-store.ts";

let house: CallHouse;
/** Who sits where: telephones of the older recordings, and of those that scenarios made. */
let seats: [agentId: number, telephoneId: number][];
const names = recordedJournals();

beforeAll(async () => {
  house = await callHouse();
  const { anna, ben, desk11, desk12 } = house.staff;
  seats = [
    [anna, desk11],
    [ben, desk12],
    [await house.agent("dora"), await house.telephone("desk-1", null)],
    [await house.agent("emil"), await house.telephone("desk-2", null)],
  ];
  for (const name of ["Sale", "Nothing"]) {
    await house.db.insertInto("dispositions").values({ name, level: 1, parent_id: null }).execute();
  }
});
afterAll(() => house?.end());

type Sums = Map<string, number[]>;

function add(sums: Sums, key: (string | number)[], counts: number[]): void {
  const name = JSON.stringify(key);
  const before = sums.get(name) ?? counts.map(() => 0);
  sums.set(
    name,
    before.map((one, n) => one + (counts[n] ?? 0)),
  );
}

const slotOf = (at: Date) => new Date(Math.floor(at.getTime() / 900_000) * 900_000).toISOString();
const BOUNDS = [5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600, Number.POSITIVE_INFINITY];
const bucket = (ms: number, counts: boolean) => {
  const place = BOUNDS.findIndex((bound) => ms <= bound * 1000);
  return BOUNDS.map((_, n) => (counts && n === place ? 1 : 0));
};

/** What the sums should be, from the rows as they are: a row is its user's where that is an agent, else who sat there. */
async function counted(): Promise<{ reports: Sums; queues: Sums }> {
  const { rows, visits } = await house.everything();
  const agents = new Set((await house.db.selectFrom("agents").select("staff_id").execute()).map((one) => one.staff_id));
  const reports: Sums = new Map();
  for (const row of rows) {
    const until = row.answered_at ?? row.ended_at;
    const user = row.user_id ?? 0;
    const ring = row.rang_at === null || until === null ? 0 : until.getTime() - row.rang_at.getTime();
    add(
      reports,
      [slotOf(row.started_at), row.type, row.queue_id ?? 0, agents.has(user) ? user : (row.seated_agent_id ?? 0)],
      [
        ...[1, row.answered_at === null ? 0 : 1, ring, row.billable_ms ?? 0, row.hold_ms ?? 0, row.duration_ms ?? 0],
        row.disposed_agent_id === null ? 0 : 1,
      ],
    );
  }
  const queues: Sums = new Map();
  for (const { queue_id, entered_at, left_at, outcome } of visits) {
    const is = (one: string) => (outcome === one ? 1 : 0);
    const wait = (left_at?.getTime() ?? entered_at.getTime()) - entered_at.getTime();
    add(
      queues,
      [slotOf(entered_at), queue_id ?? 0],
      [
        ...[1, is("answered"), is("abandoned"), is("timeout"), is("other")],
        ...[wait * is("answered"), wait * is("abandoned")],
        ...bucket(wait, outcome === "answered"),
        ...bucket(wait, outcome === "abandoned"),
      ],
    );
  }
  return { reports, queues };
}

async function kept(): Promise<{ reports: Sums; queues: Sums }> {
  const reports: Sums = new Map();
  for (const one of await house.db.selectFrom("report_slots").selectAll().execute()) {
    const { slot, type, queue_id, agent_id, ...sums } = one;
    const { rows, answered, ring_ms, talk_ms, hold_ms, duration_ms, disposed } = sums;
    add(
      reports,
      [slot.toISOString(), type, queue_id, agent_id],
      [rows, answered, ring_ms, talk_ms, hold_ms, duration_ms, disposed],
    );
  }
  const queues: Sums = new Map();
  for (const one of await house.db.selectFrom("queue_slots").selectAll().execute()) {
    add(
      queues,
      [one.slot.toISOString(), one.queue_id],
      [
        ...[one.entered, one.answered, one.abandoned, one.timeout, one.other],
        ...[one.wait_answered_ms, one.wait_abandoned_ms, ...one.answered_waits, ...one.abandoned_waits],
      ],
    );
  }
  return { reports, queues };
}

type Step =
  | { do: "take"; lines: readonly JournalRead[] }
  | { do: "dispose"; row: number; as: "Sale" | "Nothing" }
  | { do: "attribute"; to: "telephone" | "seated-agent" }
  | { do: "remove"; row: number };

/** A recorded call at any time. */
const moved = fc
  .record({ name: fc.constantFrom(...names), hours: fc.integer({ min: 0, max: 2000 }) })
  .map(({ name, hours }) => movedReads(recordedReads(name), hours * 3600));
const take = (lines: readonly JournalRead[]): Step => ({ do: "take", lines });
const whole = moved.map(take);
/** A part of its lines alone, in any order, some twice. */
const parts = moved
  .chain((lines) => fc.array(fc.constantFrom(...lines), { minLength: 1, maxLength: 2 * lines.length }))
  .map(take);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.oneof(whole, parts) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("dispose"), row: fc.nat(), as: fc.constantFrom("Sale", "Nothing") }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("attribute"), to: fc.constantFrom("telephone", "seated-agent") }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("remove"), row: fc.nat() }) },
);

async function act(one: Step): Promise<void> {
  const { db, deps, staff, settings } = house;
  const { rows } = await house.everything();
  if (one.do === "take") {
    await takeBatch(deps, one.lines);
  } else if (one.do === "attribute") {
    settings.undisposedUser = one.to;
    await reattribute(db, one.to);
  } else if (one.do === "remove") {
    const linkedId = rows[one.row % rows.length]?.linked_id ?? "";
    await db.deleteFrom("calls").where("linked_id", "=", linkedId).execute();
  } else {
    const disposable = rows.filter((row) => row.answered_at !== null && row.seated_agent_id !== null);
    const choice = disposable.length > 0 ? disposable : rows;
    const legId = choice[one.row % choice.length]?.leg_id ?? "";
    const now = new Date(Math.max(0, ...rows.map((row) => row.ended_at?.getTime() ?? 0)));
    const service = createDispositionService({
      ...{ db, node: deps.node, hub: memoryHub(() => {}), clock: { now: () => now, after: () => () => {} } },
      liveLegs: { find: () => null, disposed: () => {} },
      settings: { current: () => ({ ...settings, disposeDeadlineHours: 8760 }) },
      contactOf: async () => null,
    });
    await service.dispose({ staffId: staff.carla, role: "supervisor" }, legId, { disposition: [one.as] });
  }
}

test("the sums of every quarter of an hour are those of its rows, whatever happens to them", async () => {
  const first = instantOf(recordedReads("queue-answered-caller-ends")[0]);
  let disposed = 0;
  await fc.assert(
    fc.asyncProperty(whole, fc.array(step, { minLength: 3, maxLength: 13 }), async (call, steps) => {
      await house.clear();
      for (const [agentId, telephoneId] of seats) {
        await house.sit(agentId, telephoneId, new Date(first.getTime() - 60_000), null);
      }
      for (const one of [call, ...steps]) {
        await act(one);
        expect(await kept()).toEqual(await counted());
      }
      disposed += (await house.everything()).rows.filter((row) => row.disposed_agent_id !== null).length;
      expect(await differingSlots(house.db, { from: new Date(0), to: new Date("2100-01-01") })).toEqual([]);
    }),
    { numRuns: 15 },
  );
  expect(disposed).toBeGreaterThan(0);
});

test("sums that are not those of their rows are found", async () => {
  await house.clear();
  await takeBatch(house.deps, recordedReads("queue-answered-caller-ends"));
  const all = { from: new Date(0), to: new Date("2100-01-01") };
  expect(await differingSlots(house.db, all)).toEqual([]);
  await house.db.updateTable("report_slots").set({ talk_ms: 1 }).execute();
  const [reported, ...others] = await differingSlots(house.db, all);
  expect(others).toEqual([]);
  expect(reported).toMatchObject({ sums: "report", kept: 1, counted: 1 });
  await house.db.deleteFrom("queue_slots").execute();
  expect((await differingSlots(house.db, all)).map((one) => one.sums)).toEqual(["report", "queue"]);
});
