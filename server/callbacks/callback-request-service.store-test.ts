import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { DEFAULT_SETTINGS } from "../../contract/settings.ts";
import { type CallHouse, callHouse } from "../../test/call-house.ts";
import { handClock } from "../../test/hand-clock.ts";
import { memoryHub } from "../hub.ts";
import { createItemMaker } from "../items/item-maker.ts";
import type { CallbackWish } from "../ivr/block-house.ts";
import { type CallbackRequestService, createCallbackRequestService } from "./callback-request-service.ts";

let house: CallHouse;
let queueId: number;
let callbacks: CallbackRequestService;
const clock = handClock();

beforeAll(async () => {
  house = await callHouse();
  const { db } = house;
  const queue = await db.selectFrom("queues").where("name", "=", "sales").select("id").executeTakeFirstOrThrow();
  queueId = queue.id;
  const { id: trunk_id } = await db
    .insertInto("trunks")
    .values({ name: "Carrier", host: "127.0.0.2", port: 5060, match: [] })
    .returning("id")
    .executeTakeFirstOrThrow();
  await db.insertInto("outbound_routes").values({ name: "City", pattern: "0X.", trunk_id, strip_digits: 1 }).execute();
  const settings = { current: () => ({ ...DEFAULT_SETTINGS, country: "IT" }) };
  const items = createItemMaker({ db, clock, hub: memoryHub(() => {}), settings });
  callbacks = createCallbackRequestService({ db, clock, items, settings });
});
afterAll(() => house?.end());
beforeEach(async () => {
  await house.db.deleteFrom("items").execute();
});

const wish = (over: Partial<CallbackWish> = {}): CallbackWish => ({
  ...{ queueId, number: "055 123 4567", caller: "0551234567", linkedId: "node1-1772438400.1", since: clock.now() },
  ...over,
});
const items = () => house.db.selectFrom("items").selectAll().orderBy("id").execute();

it("takes a request down once, however often and however written it comes at the same time", async () => {
  const numbers = ["055 123 4567", "0551234567", "+390551234567", "00390551234567"];
  const answers = await Promise.all(numbers.map((number) => callbacks.ask(wish({ number }))));
  expect(answers.toSorted()).toEqual(["already-asked", "already-asked", "already-asked", "done"]);
  const [one, ...others] = await items();
  expect(others).toEqual([]);
  expect(one).toMatchObject({ kind: "callback", state: "open", queue_id: queueId, canonical: "+390551234567" });
});

it("keeps the instant from which the caller waits, in bounds", async () => {
  const since = new Date(clock.now().getTime() - 20 * 60_000);
  await callbacks.ask(wish({ since }));
  await callbacks.ask(wish({ number: "0559999999", since: new Date(clock.now().getTime() + 60_000) }));
  await callbacks.ask(wish({ number: "0558888888", since: new Date(Number.NaN) }));
  expect((await items()).map((one) => one.since)).toEqual([since, clock.now(), clock.now()]);
});

it("takes no more than a few numbers of one caller, and none that may not be called", async () => {
  for (const number of ["0551111111", "0552222222", "0553333333"]) {
    expect(await callbacks.ask(wish({ number }))).toBe("done");
  }
  expect(await callbacks.ask(wish({ number: "0554444444" }))).toBe("not-allowed");
  expect(await callbacks.ask(wish({ number: "0554444444", caller: "0557777777" }))).toBe("done");
  expect(await callbacks.ask(wish({ number: "899123456", caller: "" }))).toBe("not-allowed");
  expect(await callbacks.ask(wish({ number: "112", caller: "" }))).toBe("not-allowed");
  expect(await callbacks.ask(wish({ number: "1", caller: "" }))).toBe("no-number");
  expect(await callbacks.ask(wish({ queueId: queueId + 1000, caller: "" }))).toBe("not-allowed");
  expect(await items()).toHaveLength(4);
});
