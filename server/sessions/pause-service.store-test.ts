import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type PauseHouse, pauseHouse } from "../../test/pause-house.ts";
import { until } from "../../test/until.ts";
import { Refusal } from "../refusal.ts";
import { settingsFrom } from "../staff/setting.ts";

let desk: PauseHouse;
beforeAll(async () => {
  desk = await pauseHouse();
});
afterAll(() => desk.close());
beforeEach(() => desk.begin());
afterEach(() => desk.clear());

const codeOf = (answer: unknown) => (answer instanceof Refusal ? answer.code : "done");
const SECONDS = 1000;

describe("a wrap-up", () => {
  const callEnds = () => {
    desk.queueCallEnds();
    return until("wrap-up begins", async () => (await desk.causes())?.join() === "wrap-up");
  };
  const dueIn = async () => {
    const dueAt = (await desk.session())?.causes.find(({ cause }) => cause === "wrap-up")?.dueAt;
    return dueAt == null ? null : (dueAt.getTime() - desk.clock.now().getTime()) / SECONDS;
  };

  it("can be made longer once, and ends then", async () => {
    await callEnds();
    desk.clock.advance(10 * SECONDS);
    expect(await dueIn()).toBe(20);
    expect(codeOf(await desk.pauses.extendWrapUp(desk.agent(0)))).toBe("done");
    expect(await dueIn()).toBe(80);
    expect(codeOf(await desk.pauses.extendWrapUp(desk.agent(0)))).toBe("wrap-up.extended");
    desk.clock.advance(79 * SECONDS);
    await desk.settled();
    expect(await desk.causes()).toEqual(["wrap-up"]);
    desk.clock.advance(1 * SECONDS);
    await until("it ends", async () => (await desk.causes())?.length === 0);
    expect(codeOf(await desk.pauses.extendWrapUp(desk.agent(0)))).toBe("wrap-up.none");
  });

  it("made longer lasts as long also after Perch was away, and still cannot be made longer", async () => {
    await callEnds();
    await desk.pauses.extendWrapUp(desk.agent(0));
    const back = await desk.restart(() => desk.clock.advance(40 * SECONDS));
    expect(await dueIn()).toBe(50);
    expect(codeOf(await desk.pauses.extendWrapUp(desk.agent(0)))).toBe("wrap-up.extended");
    desk.clock.advance(50 * SECONDS);
    await until("it ends", async () => (await desk.causes())?.length === 0);
    await back.end();
  });

  it("is as long as the house allows already where a disposition is mandatory", async () => {
    await desk.house.db.updateTable("queues").set({ mandatory_disposition: true }).execute();
    await callEnds();
    await desk.house.db.updateTable("queues").set({ mandatory_disposition: false }).execute();
    expect(await dueIn()).toBe(600);
    expect(codeOf(await desk.pauses.extendWrapUp(desk.agent(0)))).toBe("wrap-up.longest");
    await desk.pauses.endWrapUp(desk.agent(0));
  });

  it("and a break that waited for the same call begin side by side, and end each by itself", async () => {
    desk.house.dial("call0", desk.endpoint(0));
    await desk.pauses.pause(desk.agent(0), "Coffee");
    desk.house.hangUp("call0");
    await until("the break begins", async () => (await desk.causes())?.join() === "break");
    desk.queueCallEnds();
    await until("wrap-up begins too", async () => (await desk.causes())?.length === 2);
    await desk.pauses.resume(desk.agent(0));
    expect([await desk.causes(), desk.paused()]).toEqual([["wrap-up"], [true, true]]);
    await desk.pauses.endWrapUp(desk.agent(0));
    expect(desk.paused()).toEqual([false, false]);
  });
});

describe("a supervisor's pause", () => {
  it("says who and why, is not the agent's to end, and outlasts his break", async () => {
    await desk.pauses.pauseAgent(desk.supervisor, desk.agent(0), "Come to my desk");
    expect((await desk.session())?.causes).toMatchObject([
      { cause: "supervisor", reason: "Come to my desk", by: { id: desk.supervisor.staffId, name: "Sara Verdi" } },
    ]);
    expect(await desk.pauses.resume(desk.agent(0))).toMatchObject({ code: "pause.not-yours" });
    await desk.pauses.pause(desk.agent(0), "Coffee");
    expect(codeOf(await desk.pauses.resume(desk.agent(0)))).toBe("done");
    expect([await desk.causes(), desk.paused()]).toEqual([["supervisor"], [true, true]]);
    expect(codeOf(await desk.pauses.unpauseAgent(desk.supervisor, desk.agent(0)))).toBe("done");
    expect([await desk.causes(), desk.paused()]).toEqual([[], [false, false]]);
    const log = await desk.house.db
      .selectFrom("audit")
      .where("actor_id", "=", desk.supervisor.staffId)
      .selectAll()
      .execute();
    expect(log.map(({ action, subject, facts }) => [action, subject, facts])).toEqual([
      ["agent.pause", `agent ${desk.agent(0)}`, { words: "Come to my desk" }],
      ["agent.unpause", `agent ${desk.agent(0)}`, {}],
    ]);
  });

  it("leaves the agent's own break when it ends, and survives reconciling", async () => {
    await desk.pauses.pause(desk.agent(0), "Lunch");
    await desk.pauses.pauseAgent(desk.supervisor, desk.agent(0), null);
    await desk.house.reconcile.reconcile();
    expect(await desk.causes()).toEqual(["break", "supervisor"]);
    await desk.pauses.unpauseAgent(desk.supervisor, desk.agent(0));
    expect([await desk.causes(), desk.paused()]).toEqual([["break"], [true, true]]);
  });

  it("is not got rid of by logging out and in again, and does not come back once it was ended", async () => {
    const again = async () => {
      await desk.house.endings.logOut(desk.agent(0));
      await desk.house.sessions.login(desk.agent(0), { telephoneId: desk.telephone(0) });
      return [(await desk.session())?.causes.map(({ cause, reason }) => [cause, reason]), desk.paused()];
    };
    await desk.pauses.pauseAgent(desk.supervisor, desk.agent(0), "Come to my desk");
    expect(await again()).toEqual([[["supervisor", "Come to my desk"]], [true, true]]);
    expect(await again()).toEqual([[["supervisor", "Come to my desk"]], [true, true]]);
    await desk.pauses.unpauseAgent(desk.supervisor, desk.agent(0));
    expect(await again()).toEqual([[], [false, false]]);
  });

  it("is for agents who are logged in", async () => {
    expect(codeOf(await desk.pauses.pauseAgent(desk.supervisor, desk.agent(9), null))).toBe("session.none");
    expect(codeOf(await desk.pauses.unpauseAgent(desk.supervisor, desk.agent(9)))).toBe("session.none");
  });
});

describe("where agents begin paused", () => {
  const usual = () => settingsFrom({});
  beforeEach(async () => {
    desk.house.settings.current = () => settingsFrom({ startPaused: true });
    await desk.house.sessions.login(desk.agent(1), { telephoneId: desk.telephone(1) });
  });
  afterEach(() => {
    desk.house.settings.current = usual;
  });

  it("a login waits for Ready, through reconciling and restarts, for as long as it takes", async () => {
    expect([await desk.causes(1), desk.paused(1)]).toEqual([["login-in-pause"], [true, true]]);
    desk.clock.advance(600 * SECONDS);
    const back = await desk.restart();
    await desk.house.reconcile.reconcile();
    expect(await desk.causes(1)).toEqual(["login-in-pause"]);
    expect(codeOf(await desk.pauses.resume(desk.agent(1)))).toBe("done");
    expect([await desk.causes(1), desk.paused(1)]).toEqual([[], [false, false]]);
    await back.end();
  });

  it("moving keeps it, and a break beside it ends with it", async () => {
    await desk.pauses.pause(desk.agent(1), "Coffee");
    await desk.house.sessions.move(desk.agent(1), { telephoneId: desk.telephone(2) });
    expect([await desk.causes(1), desk.paused(2)]).toEqual([
      ["login-in-pause", "break"],
      [true, true],
    ]);
    await desk.pauses.resume(desk.agent(1));
    expect([await desk.causes(1), desk.paused(2)]).toEqual([[], [false, false]]);
  });
});
