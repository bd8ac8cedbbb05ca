import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type CallHouse, callHouse } from "../../test/call-house.ts";
import { type HandClock, handClock } from "../../test/hand-clock.ts";
import { until } from "../../test/until.ts";
import { type Hub, memoryHub, type News } from "../hub.ts";
import type { TelephoneRow } from "../telephones/choice.ts";
import type { LegStarted, LiveLegFound } from "../telephony.ts";
import { createLiveLegService, type LiveLegService } from "./live-leg-service.ts";

let house: CallHouse;
let clock: HandClock;
let hub: Hub;
let heard: News[];
let service: LiveLegService;
const ANNA = 901;
const at = new Date("2026-03-02T08:00:00Z");

beforeAll(async () => {
  house = await callHouse();
});
afterAll(() => house?.end());
beforeEach(async () => {
  service?.stop();
  clock = handClock(at);
  hub = memoryHub(() => {});
  heard = [];
  hub.subscribe((news) => heard.push(news));
  const holding = { agentId: ANNA, agentName: "Anna", since: at, unattendedSince: null };
  const desk = { id: 12, endpoint: "desk12", ownerAgentId: null, holding } as TelephoneRow;
  service = createLiveLegService({
    ...{ db: house.db, clock, hub, log: house.deps.log },
    choices: { findByEndpoint: (endpoint) => (endpoint === "desk12" ? desk : null) },
    contactOf: async (number) => (number === "0551" ? { id: 5, name: "Maria", company: null } : null),
    nameOf: async (number) => (number === "102" ? "Bruno Conti" : null),
  });
  await service.start();
});
afterAll(() => service?.stop());

const leg = (more: Partial<LegStarted> = {}): LegStarted => ({
  ...{ channelId: "c1", linkedId: "l1", endpoint: "desk12", direction: "to-telephone" },
  ...{ other: { number: "0551", name: "M." }, queueId: 1, outside: true, at },
  ...more,
});
const states = () => service.legsOf(ANNA).map((one) => one.state);
const types = () => heard.map((news) => news.type);

describe("a leg in hand", () => {
  const hand = () => service.legsOf(ANNA)[0]?.hand;
  beforeEach(() => {
    service.heard({ type: "leg.started", leg: leg() });
    service.heard({ type: "leg.answered", channelId: "c1", at });
  });

  test("says who holds it", () => {
    service.heard({ type: "leg.held", channelId: "c1", held: true, at, putBy: true });
    expect(hand()).toMatchObject({ heldBy: "desktop" });
    service.heard({ type: "leg.held", channelId: "c1", held: false, at });
    expect(hand()).toBeNull();
    service.heard({ type: "leg.held", channelId: "c1", held: true, at });
    expect(hand()).toMatchObject({ heldBy: "telephone" });
  });

  test("says who is asked, by name, and what came of it", async () => {
    service.heard({ type: "leg.asks", channelId: "c1", asks: { to: "102", talking: false } });
    await until("the name is known", () => hand()?.asks?.name === "Bruno Conti");
    service.heard({ type: "leg.asks", channelId: "c1", asks: { to: "102", talking: true } });
    expect(hand()?.asks).toEqual({ to: "102", name: "Bruno Conti", talking: true });
    service.heard({ type: "leg.asks", channelId: "c1", asks: null, ended: "hung-up" });
    expect(hand()).toEqual({ heldBy: null, asks: null, asked: { to: "102", name: "Bruno Conti", ended: "hung-up" } });
  });

  test("is another's when a transfer joined it with somebody, whose contact is looked up", async () => {
    const other = { number: "0551", name: "M." };
    service.heard({
      type: "leg.started",
      leg: leg({ channelId: "c2", other: { number: "101", name: "Anna" }, queueId: null, outside: false }),
    });
    service.heard({ type: "leg.joined", channelId: "c2", other, outside: true });
    const joined = () => service.find("c2")?.view;
    expect(joined()).toMatchObject({ number: "0551", type: "inbound" });
    await until("the contact is told", () => joined()?.contact?.name === "Maria");
  });
});

describe("a leg on a telephone", () => {
  test("is told at once, to who sits there; its contact follows", async () => {
    service.heard({ type: "leg.started", leg: leg() });
    expect(heard).toMatchObject([
      { agentId: ANNA, leg: { legId: "c1", state: "ringing", queue: { id: 1, name: "support" }, contact: null } },
    ]);
    await until("the contact is told", () => heard.length === 2);
    expect(heard[1]).toMatchObject({ leg: { contact: { name: "Maria" } } });
  });

  test("is answered, held, resumed, and stays when it ended until it is disposed", () => {
    service.heard({ type: "leg.started", leg: leg() });
    service.heard({ type: "leg.answered", channelId: "c1", at });
    service.heard({ type: "leg.held", channelId: "c1", held: true, at });
    expect(states()).toEqual(["held"]);
    service.heard({ type: "leg.held", channelId: "c1", held: false, at });
    service.heard({ type: "leg.ended", channelId: "c1", at });
    hub.publish({ type: "call.folded", linkedId: "l1" });
    expect(states()).toEqual(["ended"]);
    service.disposed("c1");
    expect(states()).toEqual([]);
    expect(types().at(-1)).toBe("leg.removed");
  });

  test("that was disposed while it went on leaves when it ends", () => {
    service.heard({ type: "leg.started", leg: leg() });
    service.heard({ type: "leg.answered", channelId: "c1", at });
    service.disposed("c1");
    expect(states()).toEqual(["talking"]);
    service.heard({ type: "leg.ended", channelId: "c1", at });
    expect(types().slice(-2)).toEqual(["leg.changed", "leg.removed"]);
  });

  test("that nobody answered leaves at its end, and an ended one makes room for the next ring", () => {
    service.heard({ type: "leg.started", leg: leg() });
    service.heard({ type: "leg.ended", channelId: "c1", at });
    expect(states()).toEqual([]);
    service.heard({ type: "leg.started", leg: leg({ channelId: "c2" }) });
    service.heard({ type: "leg.answered", channelId: "c2", at });
    service.heard({ type: "leg.ended", channelId: "c2", at });
    service.heard({ type: "leg.started", leg: leg({ channelId: "c3" }) });
    expect(states()).toEqual(["ringing"]);
  });

  test("that ended unseen is ended by the next look, one that began unseen is found, news since then win", () => {
    service.heard({ type: "leg.started", leg: leg() });
    service.heard({ type: "leg.answered", channelId: "c1", at });
    const mark = service.mark();
    service.heard({ type: "leg.started", leg: leg({ channelId: "c2" }) });
    service.heard({ type: "leg.started", leg: leg({ channelId: "c4" }) });
    service.heard({ type: "leg.ended", channelId: "c4", at });
    const found = (channelId: string): LiveLegFound => ({ ...leg({ channelId }), answeredAt: at, held: true });
    service.refresh([found("c3"), found("c4")], mark);
    expect(service.find("c1")?.view.state ?? "ended").toBe("ended");
    expect(service.find("c2")?.view.state).toBe("ringing");
    expect(service.find("c3")?.view.state).toBe("held");
    expect(service.find("c4")).toBeNull();
  });

  test("leaves the screen some time after its end, disposed or not", () => {
    service.heard({ type: "leg.started", leg: leg() });
    service.heard({ type: "leg.answered", channelId: "c1", at });
    service.heard({ type: "leg.ended", channelId: "c1", at });
    clock.advance(14 * 60_000);
    expect(states()).toEqual(["ended"]);
    clock.advance(3 * 60_000);
    expect(states()).toEqual([]);
  });
});
