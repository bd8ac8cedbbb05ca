import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { type Floor, startFloor } from "../rig/floor.ts";
import { until } from "../until.ts";

let floor: Floor;

beforeAll(async () => {
  floor = await startFloor();
});
beforeEach(() => {
  floor.events.length = 0;
});
afterEach(() => floor.clear());
afterAll(() => floor.stop());

it("starts with a log without warnings and errors", () => {
  expect(floor.rig.complaints()).toEqual([]);
});

it("says that a telephone has registered, where it is, and that it has gone", async () => {
  const phone = await floor.phone("desk1");
  const came = await floor.event("contact.changed", ({ contact }) => contact.registered);
  expect(came.contact).toMatchObject({ endpoint: "desk1", address: expect.stringMatching(/^127\.0\.0\.1:\d+$/) });
  const answering = await until("it answers when asked", async () =>
    (await floor.telephony.readState()).contacts.find((contact) => contact.roundTripMs !== null),
  );
  expect(answering).toMatchObject({ endpoint: "desk1", registered: true });
  await phone.unregister();
  await floor.event("contact.changed", ({ contact }) => contact.endpoint === "desk1" && !contact.registered);
});

it("keeps a telephone with a wrong password out", async () => {
  const phone = await floor.startPhone("desk1", { password: "guessed" });
  await until("it is refused", () => phone.events.some((event) => event.type === "REGISTER_FAIL"));
  const { contacts } = await floor.telephony.readState();
  expect(contacts.filter((contact) => contact.registered)).toEqual([]);
});

it("keeps an unknown telephone out", async () => {
  const phone = await floor.startPhone("nobody");
  await until("it is refused", () => phone.events.some((event) => event.type === "REGISTER_FAIL"));
});

it("lets the newest registration win", async () => {
  await floor.phone("desk1");
  const first = (await floor.telephony.readState()).contacts[0];
  const second = await floor.startPhone("desk1");
  await until("the second is registered", () => second.registered);
  const now = await until("the second has taken over", async () => {
    const { contacts } = await floor.telephony.readState();
    return contacts.find((contact) => contact.registered && contact.address !== first?.address);
  });
  expect(now.endpoint).toBe("desk1");
});

it("follows an internal call from both telephones", async () => {
  const [one, two] = [await floor.phone("desk1"), await floor.phone("desk2")];
  await one.dial("1002");
  const dialled = await floor.event("leg.started", ({ leg }) => leg.endpoint === "desk1");
  const rang = await floor.event("leg.started", ({ leg }) => leg.endpoint === "desk2");
  expect(dialled.leg).toMatchObject({ direction: "from-telephone", other: { number: "1002" }, queueId: null });
  expect(rang.leg).toMatchObject({
    direction: "to-telephone",
    other: { number: "1001", name: "Desk 1" },
    queueId: null,
    outside: false,
    linkedId: dialled.leg.linkedId,
  });
  await until("the second rings", () => two.state === "ringing");
  expect(two.peer).toEqual({ number: "1001", name: "Desk 1" });
  await two.accept();
  await floor.event("leg.answered", ({ channelId }) => channelId === dialled.leg.channelId);
  await floor.event("leg.answered", ({ channelId }) => channelId === rang.leg.channelId);
  await one.hangUp();
  await floor.event("leg.ended", ({ channelId }) => channelId === rang.leg.channelId);
  await floor.event("leg.ended", ({ channelId }) => channelId === dialled.leg.channelId);
});

it("dials for the agent: his own telephone rings, then the other one, which sees who calls", async () => {
  const [one, two] = [await floor.phone("desk1"), await floor.phone("desk2")];
  expect(await floor.telephony.dialFrom("desk1", "1002")).toEqual({ ok: true });
  const started = await floor.event("leg.started", ({ leg }) => leg.endpoint === "desk1");
  expect(started.leg).toMatchObject({ direction: "from-telephone", other: { number: "1002" } });
  await until("the first rings", () => one.state === "ringing");
  await one.accept();
  await until("the second rings", () => two.state === "ringing");
  expect(two.peer).toEqual({ number: "1001", name: "Desk 1" });
  expect(await floor.telephony.dialFrom("desk1", "1002,g")).toMatchObject({ ok: false });
});

it("ends a call that is asked to end, and takes one that has ended for done", async () => {
  const one = await floor.phone("desk1");
  await floor.phone("desk2");
  await one.dial("1002");
  const { leg } = await floor.event("leg.started", (event) => event.leg.endpoint === "desk2");
  expect(await floor.telephony.hangUp(leg.channelId)).toEqual({ ok: true });
  await floor.event("leg.ended", ({ channelId }) => channelId === leg.channelId);
  expect(await floor.telephony.hangUp(leg.channelId)).toEqual({ ok: true });
});

it("tells a telephone that it dialled a number nobody has", async () => {
  const one = await floor.phone("desk1");
  await one.dial("7777");
  // First it hears so, for about five seconds.
  await until("the call is refused", () => one.events.find((event) => event.type === "CALL_CLOSED"), {
    timeoutMs: 30_000,
  });
});
