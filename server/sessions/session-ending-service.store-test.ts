import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { handClock } from "../../test/hand-clock.ts";
import { furnish, type SessionHouse, sessionHouse } from "../../test/session-house.ts";
import { until } from "../../test/until.ts";
import { createRegistrationService } from "../telephones/registration-service.ts";
import { createSessionEndingService, type SessionEndingService } from "./session-ending-service.ts";

const clock = handClock();
const supervisor = { staffId: 0, role: "supervisor" as const };
let house: SessionHouse;
let ids: { agents: number[]; telephones: number[]; queues: number[] };
let anna = 0;
let desk = 0;

beforeAll(async () => {
  house = await sessionHouse(clock);
  ids = await furnish(house.db, { agents: 2, telephones: 2, queues: 1 });
  [anna = 0] = ids.agents;
  [desk = 0] = ids.telephones;
  const sara = { kind: "supervisor" as const, full_name: "Sara", username: "sara" };
  supervisor.staffId = (await house.db.insertInto("staff").values(sara).returning("id").executeTakeFirstOrThrow()).id;
  for (const telephoneId of ids.telephones) house.hub.publish({ type: "telephone.changed", telephoneId });
  await house.choices.settled();
});
afterAll(() => house.close());
beforeEach(async () => {
  house.hangUp("call");
  house.register(["desk1", "desk2"]);
  await house.reconcile.reconcile();
  await house.endings.end(anna, "released");
  clock.advance(1000);
  await house.sessions.login(anna, { telephoneId: desk });
});

const open = () => house.sessions.current(anna);
const rung = () => house.telephony.members().map(({ paused }) => !paused);
const lastEnd = () =>
  house.db
    .selectFrom("sessions")
    .where("agent_id", "=", anna)
    .orderBy("id", "desc")
    .select(["end_reason", "ended_by"])
    .executeTakeFirst();
const isOver = () => until("the session is over", async () => (await open()) === null);

describe("an end that waits for a call", () => {
  it("is known by whom, lets nothing ring, is no pause, and comes with the end of the call", async () => {
    house.dial("call", "desk1");
    expect(await house.endings.releaseTelephone(supervisor, desk)).toBe("when-call-ends");
    expect(await open()).toMatchObject({
      causes: [],
      ending: { event: "released", by: { id: supervisor.staffId, name: "Sara" } },
    });
    expect(rung()).toEqual([false]);
    await house.reconcile.reconcile();
    expect(rung()).toEqual([false]);
    house.hangUp("call");
    await isOver();
    expect(await lastEnd()).toEqual({ end_reason: "released", ended_by: supervisor.staffId });
    expect(await house.db.selectFrom("session_endings").selectAll().execute()).toEqual([]);
  });

  it("is not taken back by a desktop that stays away for longer than the timeout, and comes back", async () => {
    house.dial("call", "desk1");
    await house.endings.releaseTelephone(supervisor, desk);
    expect(await house.endings.end(anna, "timed-out")).toBe("when-call-ends");
    expect(await open()).toMatchObject({ ending: { event: "released" } });
    expect(rung()).toEqual([false]);
    house.hangUp("call");
    await isOver();
    expect(await lastEnd()).toEqual({ end_reason: "released", ended_by: supervisor.staffId });
  });

  it("comes after a restart too, whether the call has ended meanwhile or goes on", async () => {
    for (const endsMeanwhile of [true, false]) {
      house.dial("call", "desk1");
      await house.endings.end(anna, "logged-out-by-supervisor");
      house.endings.stop();
      if (endsMeanwhile) house.telephony.legs.delete("call");
      // Perch knows nothing of any call until it has read them.
      const registration = createRegistrationService();
      const endings = createSessionEndingService({ ...house, registration });
      await endings.start();
      await endings.sweep();
      expect(await open()).not.toBeNull();
      registration.refresh({ contacts: [], legs: [...house.telephony.legs.values()] }, registration.mark());
      await endings.sweep();
      if (!endsMeanwhile) {
        expect(await open()).not.toBeNull();
        registration.heard({ type: "leg.ended", channelId: "call", at: clock.now() });
      }
      await isOver();
      expect((await lastEnd())?.end_reason).toBe("logged-out-by-supervisor");
      endings.stop();
      await house.endings.start();
      house.hangUp("call");
      clock.advance(1000);
      await house.sessions.login(anna, { telephoneId: desk });
    }
  });

  it("comes only when it is known that nobody talks: right after a start every end waits, and none for ever", async () => {
    const acts = {
      released: (endings: SessionEndingService) => endings.releaseTelephone(supervisor, desk),
      "logged-out-by-supervisor": (endings: SessionEndingService) => endings.logOutAgent(supervisor, anna),
      "staff-removed": (endings: SessionEndingService) => endings.end(anna, "staff-removed"),
      "logged-out": (endings: SessionEndingService) => endings.logOut(anna),
    };
    for (const [reason, act] of Object.entries(acts)) {
      for (const talks of [true, false]) {
        if (talks) house.dial("call", "desk1");
        house.endings.stop();
        const registration = createRegistrationService();
        const endings = createSessionEndingService({ ...house, registration });
        await endings.start();
        await act(endings);
        expect((await open())?.ending?.event).toBe(reason);
        expect(rung()).toEqual([false]);
        registration.refresh({ contacts: [], legs: [...house.telephony.legs.values()] }, registration.mark());
        if (talks) {
          await house.turns.run([anna], async () => {});
          expect((await open())?.ending?.event).toBe(reason);
          registration.heard({ type: "leg.ended", channelId: "call", at: clock.now() });
        }
        await isOver();
        expect((await lastEnd())?.end_reason).toBe(reason);
        endings.stop();
        await house.endings.start();
        house.hangUp("call");
        clock.advance(1000);
        await house.sessions.login(anna, { telephoneId: desk });
      }
    }
  });

  it("of a desktop that vanished is forgotten when it comes back, and holds nothing up", async () => {
    house.desktops.came(anna);
    await until("the desktop is known", async () => (await open())?.desktopSeenAt);
    house.desktops.left(anna);
    clock.advance(10_000);
    await until("the session is unattended", async () => (await open())?.unattendedSince);
    house.dial("call", "desk1");
    clock.advance(900_000);
    await until("it is to end with the call", async () => (await open())?.ending);
    expect(rung()).toEqual([true]);
    house.desktops.came(anna);
    await until("she is back", async () => (await open())?.unattendedSince === null);
    house.hangUp("call");
    await until("it is forgotten", async () => (await open())?.ending === null);
    house.desktops.left(anna);
  });
});
