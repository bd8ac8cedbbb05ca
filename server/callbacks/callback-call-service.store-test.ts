import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import type { HandClock } from "../../test/hand-clock.ts";
import { reportHouse } from "../../test/report-house.ts";
import { until } from "../../test/until.ts";
import { inTransaction } from "../db/pool.ts";
import { memoryHub } from "../hub.ts";
import { createItemMaker } from "../items/item-maker.ts";
import { takeOpen } from "../items/item-store.ts";
import { openLog } from "../log.ts";
import type { Answer, StandIn, TelephonyEvent } from "../telephony.ts";
import { type CallbackCallService, createCallbackCallService } from "./callback-call-service.ts";
import { claimCall } from "./callback-call-store.ts";

const MORNING = new Date("2026-03-02T08:00:00Z");
const NUMBER = "0551234567";

let house: Awaited<ReturnType<typeof reportHouse>>;
let clock: HandClock;
let queueId: number;
let hub: ReturnType<typeof memoryHub>;
let placed: StandIn[];
let given: string[];
let linkedIds: string[];
let answer: Answer;
let services: CallbackCallService[];

beforeAll(async () => {
  house = await reportHouse(MORNING);
  const { db } = house;
  const queue = await db.selectFrom("queues").where("name", "=", "sales").select("id").executeTakeFirstOrThrow();
  queueId = queue.id;
  // The month of its calls.
  await house.call(MORNING);
  const { id: trunkId } = await db
    .insertInto("trunks")
    .values({ name: "Carrier", host: "127.0.0.2", port: 5060, match: [] })
    .returning("id")
    .executeTakeFirstOrThrow();
  await db
    .insertInto("outbound_routes")
    .values({ name: "City", pattern: "0X.", trunk_id: trunkId, strip_digits: 1 })
    .execute();
});
afterAll(() => house?.end());

beforeEach(async () => {
  const { db } = house;
  for (const table of ["callback_calls", "item_attempts", "items", "report_calls", "calls"] as const) {
    await db.deleteFrom(table).execute();
  }
  const set = { callbacks: "by-itself", callback_attempts: 2, callback_minutes: 30 } as const;
  await db.updateTable("queues").set(set).where("id", "=", queueId).execute();
  ({ clock } = house);
  hub = memoryHub(() => {});
  [placed, given, linkedIds, services] = [[], [], [], []];
  answer = { ok: true };
});
afterEach(async () => {
  for (const one of services) await one.stop();
});

/** One as Perch has it; after a restart there is another. Whoever is placed waits at once. */
function begins(now = clock): CallbackCallService {
  const service = createCallbackCallService({
    ...{ db: house.db, clock: now, hub, log: openLog({ level: "silent" }), node: "node1" },
    settings: { current: () => ({ timeZone: "Europe/Rome" }) as never },
    readCalendars: async () => [],
    nameOf: async () => null,
    journalLagMs: () => 0,
    telephony: {
      status: "up",
      async standIn(wish) {
        placed.push(wish);
        if (!answer.ok) return answer;
        linkedIds.push(wish.channelId);
        tell(joins(wish.channelId));
        return answer;
      },
      async hangUp(channelId) {
        given.push(channelId);
        linkedIds = linkedIds.filter((id) => id !== channelId);
        tell({ type: "queue.left", queueId, channelId, at: clock.now() });
        return { ok: true };
      },
      readState: async () => ({ contacts: [], members: [], legs: [], waiting: [], linkedIds }),
    },
  });
  services.push(service);
  service.start();
  return service;
}
const tell = (event: TelephonyEvent) => {
  for (const service of services) service.heard(event);
};
const joins = (channelId: string, number = "", at = clock.now()): TelephonyEvent => ({
  type: "queue.joined",
  waiting: { queueId, channelId, caller: { number, name: "" }, joinedAt: at },
});
const leaves = (channelId: string) => tell({ type: "queue.left", queueId, channelId, at: clock.now() });

let nth = 0;
async function asks(number = NUMBER, since = clock.now()): Promise<number> {
  nth += 1;
  const maker = createItemMaker({ db: house.db, clock, hub, settings: { current: () => ({ country: "IT" }) } });
  const id = await maker.make({
    ...{ kind: "callback", since, queueId, ownerId: null, linkedId: `node1-1772438400.${nth}` },
    ...{ caller: number, number, wantedAt: null },
  });
  if (id === null) throw new Error("asked already");
  return id;
}
/** Time goes on until that holds. */
const comes = <T>(what: string, holds: () => T | Promise<T>) =>
  until(what, () => {
    clock.advance(500);
    return holds();
  });
const itemOf = (id: number) => house.db.selectFrom("items").where("id", "=", id).selectAll().executeTakeFirstOrThrow();
const callOf = (itemId: number) =>
  house.db.selectFrom("callback_calls").where("item_id", "=", itemId).selectAll().executeTakeFirst();
const attempts = async (itemId: number) =>
  (await house.db.selectFrom("item_attempts").where("item_id", "=", itemId).selectAll().execute()).length;

/** An agent took the place; the customer answered or not, and the call is over. */
async function isCalled(callId: string, talkS: number | null): Promise<void> {
  const [, second = "0", end = ""] = /-([0-9]+)\.([0-9]+)$/.exec(callId) ?? [];
  const made = { linked_id: callId, call_at: new Date(Number(second) * 1000), type: "outbound" as const };
  const { linked_id, call_at, type } = made;
  const at = clock.now();
  await house.db
    .insertInto("calls")
    .values({ ...{ linked_id, call_at, type }, node: "node1", started_at: at, ended_at: at })
    .execute();
  await house.row(made, { at, talkS, destination: NUMBER, seated: house.staff.anna, queue: queueId });
  expect(end).not.toBe("");
  leaves(callId);
  linkedIds = linkedIds.filter((id) => id !== callId);
  hub.publish({ type: "call.folded", linkedId: callId });
}

it("keeps a place behind those who came before, and dials as the house does", async () => {
  begins();
  tell(joins("a", "0559", new Date(MORNING.getTime() - 60_000)));
  await asks(NUMBER, new Date(MORNING.getTime() - 30_000));
  tell(joins("b", "0558", new Date(MORNING.getTime() - 10_000)));
  await comes("the place is kept", () => placed.length === 1);
  expect(placed[0]).toMatchObject({ queueId, number: `0${NUMBER}`, shown: { number: NUMBER }, place: 2 });
});

it("keeps one place for a request, whoever looks at the same time", async () => {
  const id = await asks();
  for (let each = 0; each < 4; each += 1) begins();
  await comes("the place is kept", () => placed.length > 0);
  await comes("everybody has looked", async () => (await callOf(id))?.call_id === placed[0]?.channelId);
  for (let each = 0; each < 5; each += 1) clock.advance(20_000);
  const claims = Array.from({ length: 10 }, (_, n) =>
    inTransaction(house.db, (tx) => claimCall(tx, id, `node1-1772438400.${900 + n}`, clock.now())),
  );
  expect((await Promise.all(claims)).filter(Boolean)).toEqual([]);
  expect(placed).toHaveLength(1);
});

it("lets either an agent have a request or a call of the house, whoever is first", async () => {
  for (let round = 0; round < 10; round += 1) {
    const id = await asks(`05512345${10 + round}`);
    const [claimed, taken] = await Promise.all([
      inTransaction(house.db, (tx) => claimCall(tx, id, `node1-1772438400.${700 + round}`, clock.now())),
      inTransaction(house.db, (tx) => takeOpen(tx, id, house.staff.anna, null, clock.now())),
    ]);
    // Who takes it while its place is kept gives that up; a call is never claimed for what somebody has.
    expect(taken).toBe(true);
    expect((await callOf(id)) !== undefined).toBe(claimed);
  }
});

it("ends a request whose caller was reached, once, and says who called", async () => {
  const id = await asks();
  begins();
  begins();
  await comes("the place is kept", () => placed.length === 1);
  await isCalled(placed[0]?.channelId ?? "", 30);
  await comes("it is done", async () => (await itemOf(id)).state === "done");
  expect(await itemOf(id)).toMatchObject({ done_by: house.staff.anna, taken_by: null });
  expect(await attempts(id)).toBe(1);
});

it("calls again after a while who was not reached, and so often as the queue says", async () => {
  const id = await asks();
  begins();
  await comes("the place is kept", () => placed.length === 1);
  await isCalled(placed[0]?.channelId ?? "", null);
  await comes("the attempt is written down", async () => (await attempts(id)) === 1);
  expect((await itemOf(id)).state).toBe("open");
  clock.advance(25 * 60_000);
  expect(placed).toHaveLength(1);
  clock.advance(5 * 60_000);
  await comes("the place is kept again", () => placed.length === 2);
  await isCalled(placed[1]?.channelId ?? "", null);
  await comes("the second is written down", async () => (await attempts(id)) === 2);
  clock.advance(60 * 60_000);
  await asks("0559999999");
  await comes("another's place is kept", () => placed.length === 3);
  expect(placed[2]?.shown.number).toBe("0559999999");
  expect((await itemOf(id)).state).toBe("open");
});

it("finds places that are kept when it begins anew, and keeps those anew that are gone", async () => {
  const id = await asks();
  const before = begins();
  await comes("the place is kept", () => placed.length === 1);
  await before.stop();
  services = [];
  const after = begins();
  const [first] = placed;
  after.refresh(
    {
      waiting: [
        { queueId, channelId: first?.channelId ?? "", caller: { number: "", name: "" }, joinedAt: clock.now() },
      ],
    },
    after.mark(),
  );
  await comes("it has looked", async () => (await callOf(id))?.call_id === first?.channelId);
  for (let each = 0; each < 5; each += 1) clock.advance(20_000);
  expect(placed).toHaveLength(1);
  // The telephone system began anew: nobody waits.
  linkedIds = [];
  tell({ type: "link.down", why: "gone" });
  after.refresh({ waiting: [] }, after.mark());
  await comes("the place is kept anew", () => placed.length === 2);
  expect((await callOf(id))?.call_id).toBe(placed[1]?.channelId);
});

it("gives a place up when an agent takes the item, and keeps it again when he gives it back", async () => {
  const id = await asks();
  begins();
  await comes("the place is kept", () => placed.length === 1);
  await inTransaction(house.db, (tx) => takeOpen(tx, id, house.staff.ben, null, clock.now()));
  hub.publish({ type: "item.changed", itemId: id, queueId, agentIds: [] });
  await comes("it is given up", () => given.length === 1);
  await house.db
    .updateTable("items")
    .set({ state: "open", taken_by: null, taken_at: null })
    .where("id", "=", id)
    .execute();
  hub.publish({ type: "item.changed", itemId: id, queueId, agentIds: [] });
  await comes("it is kept again", () => placed.length === 2);
});

it("does not call who is on the line, and is done with who was answered there", async () => {
  const id = await asks();
  begins();
  await comes("the place is kept", () => placed.length === 1);
  tell(joins("himself", `+39${NUMBER}`));
  await comes("it is given up", () => given.length === 1);
  leaves("himself");
  const call = await house.call(clock.now());
  await house.row(call, { at: clock.now(), talkS: 20, source: `+39${NUMBER}`, queue: queueId });
  await comes("it is done", async () => (await itemOf(id)).state === "done");
  expect((await itemOf(id)).done_by).toBeNull();
  expect(await attempts(id)).toBe(0);
});

it("calls nobody at night, where the queue has no calendar", async () => {
  begins();
  clock.advance(new Date("2026-03-02T21:00:00Z").getTime() - clock.now().getTime());
  const id = await asks();
  hub.publish({ type: "item.changed", itemId: id, queueId, agentIds: [] });
  for (let each = 0; each < 20; each += 1) clock.advance(15_000);
  expect(placed).toEqual([]);
  clock.advance(new Date("2026-03-03T07:00:00Z").getTime() - clock.now().getTime());
  await comes("he is called in the morning", () => placed.length === 1);
});

it("leaves requests to agents where the queue calls by hand", async () => {
  await house.db.updateTable("queues").set({ callbacks: "by-hand" }).where("id", "=", queueId).execute();
  const id = await asks();
  begins();
  for (let each = 0; each < 20; each += 1) clock.advance(15_000);
  expect(await callOf(id)).toBeUndefined();
  expect(placed).toEqual([]);
});

it("tries again later where the telephone system refuses", async () => {
  answer = { ok: false, why: "no" };
  const id = await asks();
  begins();
  await comes("it was refused", () => placed.length === 1);
  await comes("nothing is kept of it", async () => (await callOf(id))?.call_id === null);
  answer = { ok: true };
  clock.advance(60_000);
  await comes("the place is kept", () => placed.length === 2);
});
