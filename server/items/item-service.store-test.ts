import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { type CallHouse, callHouse } from "../../test/call-house.ts";
import { type HandClock, handClock } from "../../test/hand-clock.ts";
import { until } from "../../test/until.ts";
import { memoryHub, type News } from "../hub.ts";
import { openLog } from "../log.ts";
import { Refusal } from "../refusal.ts";
import type { Actor } from "../staff/permission.ts";
import type { ItemFilter } from "./item-list.ts";
import { createItemMaker, type ItemMaker, type ItemWish } from "./item-maker.ts";
import { createItemService, type ItemService } from "./item-service.ts";

let house: CallHouse;
let clock: HandClock;
let items: ItemService;
let maker: ItemMaker;
let news: News[];
let dialled: [number, string][];
let dialRefused: Refusal | undefined;
let anna: Actor;
let ben: Actor;
let carla: Actor;
let sales: number;
let hub: ReturnType<typeof memoryHub>;

const ALL: Omit<ItemFilter, "reach"> = {
  ...{ kind: null, state: null, queueId: null, agentId: null, from: null, to: null, number: null, after: null },
  limit: 50,
};

beforeAll(async () => {
  house = await callHouse();
  const queue = await house.db.selectFrom("queues").where("name", "=", "sales").select("id").executeTakeFirstOrThrow();
  sales = queue.id;
  anna = { staffId: house.staff.anna, role: "agent" };
  ben = { staffId: house.staff.ben, role: "agent" };
  carla = { staffId: house.staff.carla, role: "supervisor" };
  for (const { staffId } of [anna, ben]) {
    await house.db.insertInto("queue_agents").values({ queue_id: sales, agent_id: staffId }).execute();
  }
  await house.db.insertInto("dispositions").values({ name: "Solved", level: 1 }).execute();
});
afterAll(() => house?.end());

beforeEach(async () => {
  for (const table of ["voicemails", "item_attempts", "items", "audit"] as const) {
    await house.db.deleteFrom(table).execute();
  }
  clock = handClock();
  [news, dialled, dialRefused] = [[], [], undefined];
  const log = openLog({ level: "silent" });
  hub = memoryHub(() => {});
  hub.subscribe((one) => void news.push(one));
  const base = { db: house.db, clock, hub, log };
  maker = createItemMaker({ ...base, settings: { current: () => ({ country: "IT" }) } });
  items = createItemService({
    ...base,
    contactOf: async (number) => (number === "055123" ? { id: 1, name: "Ada", company: null } : null),
    async dial(agentId, to) {
      if (dialRefused === undefined) dialled.push([agentId, to]);
      return dialRefused;
    },
  });
});

const make = async (over: Partial<ItemWish> = {}) => {
  const id = await maker.make({
    ...{ kind: "voicemail", since: clock.now(), queueId: sales, ownerId: null, linkedId: "n-1.1" },
    ...{ caller: "055123", number: "055123", wantedAt: null },
    ...over,
  });
  if (id === null) throw new Error("it waits already");
  return id;
};
const codeOf = (answer: unknown) => (answer instanceof Refusal ? answer.code : "done");
const solved = { disposition: ["Solved"] };
const acts = async () =>
  (await house.db.selectFrom("audit").select(["action", "actor_id"]).orderBy("id").execute()).map(
    ({ action }) => action,
  );

it("of many who take one at once one has it, and the others are told who", async () => {
  const id = await make();
  const others = await Promise.all(Array.from({ length: 8 }, (_, n) => house.agent(`racer${n}`)));
  for (const agent_id of others)
    await house.db.insertInto("queue_agents").values({ queue_id: sales, agent_id }).execute();
  const answers = await Promise.all(others.map((staffId) => items.take({ staffId, role: "agent" }, id)));
  const won = answers.flatMap((one) => (one instanceof Refusal ? [] : [one]));
  expect(won).toHaveLength(1);
  const by = won[0]?.taken?.by;
  expect(answers.filter((one) => one instanceof Refusal)).toHaveLength(7);
  for (const one of answers) {
    if (one instanceof Refusal) expect(one).toMatchObject({ code: "item.taken", facts: { by } });
  }
  expect(await acts()).toEqual(["item.make", "item.take"]);
});

it("an agent sees what is of his queues, was left for him, or was his; what he does not see does not exist", async () => {
  const { id: office } = await house.db
    .selectFrom("queues")
    .where("name", "=", "office")
    .select("id")
    .executeTakeFirstOrThrow();
  const foreign = await make({ queueId: office });
  const left = await make({ queueId: null, ownerId: anna.staffId });
  const shared = await make();
  const seen = async (actor: Actor) => (await items.list(actor, ALL)).rows.map(({ id }) => id).sort();
  expect(await seen(anna)).toEqual([left, shared]);
  expect(await seen(ben)).toEqual([shared]);
  expect(await seen(carla)).toEqual([foreign, left, shared]);
  const refusals = await Promise.all([
    items.get(ben, left),
    items.take(ben, left),
    items.giveBack(ben, foreign),
    items.dispose(ben, foreign, solved),
    items.reopen(ben, foreign),
    items.call(ben, foreign),
  ]);
  expect(refusals.map(codeOf)).toEqual(Array.from(refusals, () => "not-found"));
  // Given to him he sees it; given back, he sees it no more.
  expect(await items.assign(carla, foreign, ben.staffId)).toMatchObject({ taken: { by: { id: ben.staffId } } });
  expect(await seen(ben)).toEqual([foreign, shared]);
  expect(await items.giveBack(ben, foreign)).toMatchObject({ state: "open", taken: null });
  expect(await seen(ben)).toEqual([shared]);
});

it("is disposed with what the tree has, taken back in time by whoever did it, later by a supervisor", async () => {
  const id = await make();
  expect(codeOf(await items.dispose(anna, id, { disposition: ["Nonsense"] }))).toBe("disposition.unknown");
  expect(codeOf(await items.dispose(anna, id, { ...solved, contactId: 999_999 }))).toBe("reference.unknown");
  expect(await items.dispose(anna, id, { ...solved, note: " Called. " })).toMatchObject({
    ...{ state: "done", done: { by: { id: anna.staffId }, disposition: ["Solved"], note: "Called." } },
    undoUntil: new Date(clock.now().getTime() + 600_000).toISOString(),
  });
  expect(codeOf(await items.take(ben, id))).toBe("item.done");
  expect(codeOf(await items.reopen(ben, id))).toBe("item.not-yours");
  expect(await items.reopen(anna, id)).toMatchObject({
    state: "taken",
    taken: { by: { id: anna.staffId } },
    done: null,
  });
  await items.dispose(anna, id, solved);
  clock.advance(601_000);
  expect(codeOf(await items.reopen(anna, id))).toBe("item.too-late");
  expect(await items.reopen(carla, id)).toMatchObject({ state: "open", taken: null });
});

it("a call takes it, and writes the attempt down only where the telephone rings", async () => {
  const id = await make();
  dialRefused = new Refusal("session.none", "Choose a telephone first.");
  expect(codeOf(await items.call(anna, id))).toBe("session.none");
  expect(await items.get(anna, id)).toMatchObject({ state: "open", attempts: 0 });
  dialRefused = undefined;
  const called = await items.call(anna, id);
  expect(called).toMatchObject({ state: "taken", attempts: 1, lastAttemptAt: clock.now().toISOString() });
  expect(dialled).toEqual([[anna.staffId, "055123"]]);
  expect(codeOf(await items.call(ben, id))).toBe("item.taken");
  const hidden = await make({ caller: "", number: "" });
  expect(codeOf(await items.call(anna, hidden))).toBe("item.no-number");
});

it("who asked to be called waits once, and again when that is done; done with, it opens only while no other waits", async () => {
  const asked = { kind: "callback", number: "055 1234567" } as const;
  const first = await make(asked);
  expect(
    await maker.make({
      ...asked,
      since: clock.now(),
      queueId: sales,
      ownerId: null,
      linkedId: "n-2.1",
      caller: "",
      wantedAt: null,
      number: "+390551234567",
    }),
  ).toBeNull();
  await items.dispose(anna, first, solved);
  await make(asked);
  expect(codeOf(await items.reopen(anna, first))).toBe("item.asked-again");
  expect(await items.get(anna, first)).toMatchObject({ state: "done" });
});

it("lists those that wait from the oldest on and all from the newest, page after page, by number, kind and agent", async () => {
  const ids: number[] = [];
  for (let n = 0; n < 5; n += 1) {
    ids.push(await make({ caller: `05500${n}`, number: `05500${n}` }));
    // Some come in the same instant.
    if (n % 2 === 0) clock.advance(1000);
  }
  await items.dispose(anna, ids[0] ?? 0, solved);
  const walk = async (filter: Partial<ItemFilter>) => {
    const found: number[] = [];
    let after: ItemFilter["after"] = null;
    do {
      const page = await items.list(anna, { ...ALL, ...filter, after, limit: 2 });
      found.push(...page.rows.map(({ id }) => id));
      after = page.next;
    } while (after !== null);
    return found;
  };
  expect(await walk({})).toEqual([...ids].reverse());
  expect(await walk({ state: "waiting" })).toEqual(ids.slice(1));
  expect(await walk({ state: "done" })).toEqual(ids.slice(0, 1));
  expect(await walk({ number: "5003" })).toEqual([ids[3]]);
  expect(await walk({ number: "%" })).toEqual([]);
  expect(await walk({ kind: "callback" })).toEqual([]);
  expect(await walk({ agentId: anna.staffId })).toEqual([ids[0]]);
  expect(await walk({ from: new Date(clock.now().getTime() - 1000), to: clock.now() })).toEqual(ids.slice(3).reverse());
});

it("knows whose number it is, and tells whom a change concerns", async () => {
  const id = await make({ ownerId: ben.staffId });
  expect(await items.get(anna, id)).toMatchObject({ contact: { name: "Ada" }, owner: { id: ben.staffId } });
  await items.take(anna, id);
  expect(news.filter(({ type }) => type === "item.changed")).toEqual([
    { type: "item.changed", itemId: id, queueId: sales, agentIds: [ben.staffId] },
    { type: "item.changed", itemId: id, queueId: sales, agentIds: [ben.staffId, anna.staffId] },
  ]);
});

it.each(["while the items are at work", "before their next start"])(
  "what somebody had who left the house is open again: %s",
  async (when) => {
    const id = await make();
    await items.take(anna, id);
    const leave = (gone: boolean) =>
      house.db.updateTable("staff").set({ enabled: !gone }).where("id", "=", anna.staffId).execute();
    try {
      if (when.startsWith("before")) await leave(true);
      items.start();
      if (when.startsWith("while")) {
        await leave(true);
        hub.publish({ type: "staff.removed", staffId: anna.staffId });
      }
      await until("it is open", async () => {
        const item = await items.get(ben, id);
        return !(item instanceof Refusal) && item.state === "open";
      });
      expect(await acts()).toEqual(["item.make", "item.take", "item.give-back"]);
      // Nor is it given to somebody who cannot sign in.
      expect(await items.assign(carla, id, anna.staffId)).toMatchObject({ code: "reference.unknown" });
    } finally {
      await items.stop();
      await leave(false);
    }
  },
);

it("dials no code of the house's that a caller shows as his number", async () => {
  const id = await make({ caller: "*12", number: "*12" });
  expect(await items.call(anna, id)).toMatchObject({ code: "item.no-number" });
  expect(dialled).toEqual([]);
});
