import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type PauseHouse, pauseHouse } from "../../test/pause-house.ts";
import { until } from "../../test/until.ts";
import { Refusal } from "../refusal.ts";

let desk: PauseHouse;
beforeAll(async () => {
  desk = await pauseHouse();
});
afterAll(() => desk.close());
beforeEach(() => desk.begin());
afterEach(() => desk.clear());

const codeOf = (answer: unknown) => (answer instanceof Refusal ? answer.code : "done");
const SECONDS = 1000;

const breaks = () =>
  desk.house.db
    .selectFrom("pause_causes")
    .innerJoin("sessions", "sessions.id", "pause_causes.session_id")
    .where("sessions.agent_id", "=", desk.agent(0))
    .where("sessions.ended_at", "is", null)
    .where("cause", "=", "break")
    .orderBy("pause_causes.id")
    .select([
      "reason",
      "pause_causes.started_at as from",
      "pause_causes.ended_at as to",
      "asked_at as askedAt",
      "due_at as dueAt",
    ])
    .execute();

describe("a break asked for during a call", () => {
  beforeEach(() => desk.house.dial("call0", desk.endpoint(0)));

  it("pauses at once, and begins when the call ends", async () => {
    const asked = desk.clock.now();
    expect(await desk.pauses.pause(desk.agent(0), "lunch")).toMatchObject({
      causes: [],
      pendingBreak: { reason: "Lunch" },
    });
    expect(desk.paused()).toEqual([true, true]);
    desk.clock.advance(60 * SECONDS);
    desk.house.hangUp("call0");
    await until("the break begins", async () => (await desk.pending()) === null);
    expect(await breaks()).toEqual([
      {
        reason: "Lunch",
        from: desk.clock.now(),
        to: null,
        askedAt: asked,
        dueAt: new Date(desk.clock.now().getTime() + 30 * 60 * SECONDS),
      },
    ]);
    expect(desk.paused()).toEqual([true, true]);
  });

  it("waits also for one that only rings, and for the last of two", async () => {
    desk.house.hangUp("call0");
    desk.house.ring("call1", desk.endpoint(0));
    await desk.pauses.pause(desk.agent(0), "Lunch");
    expect(await desk.pending()).toBe("Lunch");
    desk.house.dial("call0", desk.endpoint(0));
    desk.house.hangUp("call1");
    await desk.settled();
    expect(await desk.pending()).toBe("Lunch");
    desk.house.hangUp("call0");
    await until("the break begins", async () => (await desk.causes())?.join() === "break");
  });

  it("is forgotten when he presses Ready, and nothing of it is left", async () => {
    await desk.pauses.pause(desk.agent(0), "Lunch");
    expect(await desk.pauses.resume(desk.agent(0))).toMatchObject({ pendingBreak: null, causes: [] });
    expect(desk.paused()).toEqual([false, false]);
    desk.house.hangUp("call0");
    await desk.settled();
    expect(await breaks()).toEqual([]);
  });

  it("may be asked for anew with another reason, and keeps its place in time", async () => {
    await desk.pauses.pause(desk.agent(0), "Lunch");
    const asked = desk.clock.now();
    desk.clock.advance(5 * SECONDS);
    expect(await desk.pauses.pause(desk.agent(0), "Coffee")).toMatchObject({
      pendingBreak: { reason: "Coffee", askedAt: asked },
    });
    expect(desk.house.telephony.members()[0]?.pauseReason).toBe("Coffee");
  });

  it("is not there when the telephone system refused it, and stays when it refused to forget it", async () => {
    desk.house.telephony.refuseNext("setPaused", "no");
    expect(codeOf(await desk.pauses.pause(desk.agent(0), "Lunch"))).toBe("telephony.refused");
    expect(await desk.pending()).toBeNull();
    await desk.pauses.pause(desk.agent(0), "Lunch");
    desk.house.telephony.refuseNext("setPaused", "no");
    expect(codeOf(await desk.pauses.resume(desk.agent(0)))).toBe("telephony.refused");
    expect(await desk.pending()).toBe("Lunch");
  });

  it("ends with the session", async () => {
    await desk.pauses.pause(desk.agent(0), "Lunch");
    expect(await desk.house.endings.end(desk.agent(0), "released")).toBe("when-call-ends");
    desk.house.hangUp("call0");
    await until("the session ends with the call", async () => (await desk.session()) === null);
    const last = await desk.house.db
      .selectFrom("sessions")
      .where("agent_id", "=", desk.agent(0))
      .orderBy("id", "desc")
      .limit(1)
      .select(["break_reason", "break_asked_at"])
      .executeTakeFirstOrThrow();
    expect(last).toEqual({ break_reason: null, break_asked_at: null });
  });

  it("begins when the call has ended while Perch was away, and not before the telephones are known", async () => {
    await desk.pauses.pause(desk.agent(0), "Lunch");
    const back = await desk.restart(() => desk.house.hangUp("call0"));
    await desk.settled();
    expect(await desk.pending()).toBe("Lunch");
    await back.read();
    await until("the break begins", async () => (await desk.causes())?.join() === "break");
    await back.end();
  });

  it("goes on waiting when the call goes on after Perch was away", async () => {
    await desk.pauses.pause(desk.agent(0), "Lunch");
    const back = await desk.restart();
    await back.read();
    await desk.settled();
    expect(await desk.pending()).toBe("Lunch");
    await back.end();
  });

  it("holds whichever comes first, the wish or the hang-up", async () => {
    for (let round = 0; round < 20; round += 1) {
      desk.house.dial("call0", desk.endpoint(0));
      const asking = desk.pauses.pause(desk.agent(0), "Lunch");
      for (let turn = 0; turn < round; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      desk.house.hangUp("call0");
      expect(codeOf(await asking)).toBe("done");
      await until(
        "he is on break",
        async () => (await desk.causes())?.join() === "break" && (await desk.pending()) === null,
      );
      expect(desk.paused()).toEqual([true, true]);
      await desk.pauses.resume(desk.agent(0));
    }
  });
});

describe("a break", () => {
  it("has a time by which it should be over, and does not end by it", async () => {
    const due = new Date(desk.clock.now().getTime() + 30 * 60 * SECONDS);
    expect(await desk.pauses.pause(desk.agent(0), "Lunch")).toMatchObject({ causes: [{ cause: "break", dueAt: due }] });
    desk.clock.advance(45 * 60 * SECONDS);
    await desk.settled();
    expect([await desk.causes(), desk.paused()]).toEqual([["break"], [true, true]]);
  });

  it("of another reason ends the one before it, and the same again changes nothing", async () => {
    await desk.pauses.pause(desk.agent(0), "Lunch");
    desk.clock.advance(60 * SECONDS);
    await desk.pauses.pause(desk.agent(0), "Lunch");
    await desk.pauses.pause(desk.agent(0), "Coffee");
    const at = desk.clock.now();
    expect(await breaks()).toMatchObject([
      { reason: "Lunch", to: at },
      { reason: "Coffee", from: at, to: null, dueAt: null },
    ]);
    desk.house.telephony.refuseNext("setPaused", "no");
    desk.clock.advance(1000);
    expect(codeOf(await desk.pauses.pause(desk.agent(0), "Lunch"))).toBe("telephony.refused");
    expect(await breaks()).toMatchObject([{ reason: "Lunch" }, { reason: "Coffee", from: at, to: null }]);
  });

  it("is had by as many of a team at once as it allows, however they ask", async () => {
    const many = [0, 1, 2, 3, 4, 5];
    for (const n of many) await desk.house.sessions.login(desk.agent(n), { telephoneId: desk.telephone(n) });
    await desk.house.db.updateTable("teams").set({ max_on_break: 2 }).execute();
    desk.house.dial("call3", desk.endpoint(3));
    const answers = await Promise.all(many.map((n) => desk.pauses.pause(desk.agent(n), "Coffee")));
    const refused = answers.filter((answer) => answer instanceof Refusal);
    expect(refused.map(({ code }) => code)).toEqual(Array(4).fill("pause.team-full"));
    for (const { facts } of refused) expect(facts.onBreak).toHaveLength(2);
    const holders = many.filter((_, n) => !(answers[n] instanceof Refusal));
    await desk.pauses.resume(desk.agent(holders[0] ?? 0));
    const again = await Promise.all(
      many.filter((n) => !holders.includes(n)).map((n) => desk.pauses.pause(desk.agent(n), "Coffee")),
    );
    expect(again.filter((answer) => answer instanceof Refusal)).toHaveLength(3);
  });

  it("that waits for the end of a call has its place in the team", async () => {
    await desk.house.sessions.login(desk.agent(1), { telephoneId: desk.telephone(1) });
    await desk.house.db.updateTable("teams").set({ max_on_break: 1 }).execute();
    desk.house.dial("call0", desk.endpoint(0));
    await desk.pauses.pause(desk.agent(0), "Coffee");
    expect(await desk.pauses.pause(desk.agent(1), "Coffee")).toMatchObject({
      code: "pause.team-full",
      facts: { onBreak: [{ id: desk.agent(0), name: "Agent 1" }] },
    });
    desk.house.hangUp("call0");
    await until("the break begins", async () => (await desk.causes())?.join() === "break");
    // Who has a place may change the reason.
    expect(codeOf(await desk.pauses.pause(desk.agent(0), "Lunch"))).toBe("done");
  });
});
