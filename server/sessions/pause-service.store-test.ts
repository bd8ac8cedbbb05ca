import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { handClock } from "../../test/hand-clock.ts";
import { furnish, type SessionHouse, sessionHouse } from "../../test/session-house.ts";
import { until } from "../../test/until.ts";
import { Refusal } from "../refusal.ts";
import { settingsFrom } from "../staff/setting.ts";
import { createRegistrationService } from "../telephones/registration-service.ts";
import { createPauseService, type PauseService } from "./pause-service.ts";

const clock = handClock();
let house: SessionHouse;
let pauses: PauseService;
let ids: { agents: number[]; telephones: number[]; queues: number[] };
let supervisor: { staffId: number; role: "supervisor" };
let team: number;
const agent = (n: number) => ids.agents[n] ?? 0;
const telephone = (n: number) => ids.telephones[n] ?? 0;
const endpoint = (n: number) => `desk${n + 1}`;
const codeOf = (answer: unknown) => (answer instanceof Refusal ? answer.code : "done");
const session = (n = 0) => house.sessions.current(agent(n));
const causes = async (n = 0) => (await session(n))?.causes.map(({ cause }) => cause) ?? null;
const pending = async (n = 0) => (await session(n))?.pendingBreak?.reason ?? null;
const paused = (n = 0) =>
  house.telephony
    .members()
    .filter((one) => one.endpoint === endpoint(n))
    .map((one) => one.paused);
const breaks = (n = 0) =>
  house.db
    .selectFrom("pause_causes")
    .innerJoin("sessions", "sessions.id", "pause_causes.session_id")
    .where("sessions.agent_id", "=", agent(n))
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
const SECONDS = 1000;

beforeAll(async () => {
  house = await sessionHouse(clock);
  ids = await furnish(house.db, { agents: 12, telephones: 12, queues: 2 });
  for (const telephoneId of ids.telephones) house.hub.publish({ type: "telephone.changed", telephoneId });
  await house.db
    .insertInto("pause_reasons")
    .values([{ name: "Lunch", max_minutes: 30 }, { name: "Coffee" }])
    .execute();
  const { id } = await house.db
    .insertInto("staff")
    .values({ kind: "supervisor", full_name: "Sara Verdi", username: "sara" })
    .returning("id")
    .executeTakeFirstOrThrow();
  supervisor = { staffId: id, role: "supervisor" };
  team = (await house.db.insertInto("teams").values({ name: "Sales" }).returning("id").executeTakeFirstOrThrow()).id;
  await house.db.updateTable("agents").set({ team_id: team }).execute();
  await house.choices.settled();
});
afterAll(() => house.close());
beforeEach(async () => {
  pauses = house.pauses;
  house.telephony.setStatus("up");
  house.telephony.refuseNext(null);
  house.register(ids.telephones.map((_, n) => endpoint(n)));
  await house.reconcile.reconcile();
  clock.advance(1000);
  await house.sessions.login(agent(0), { telephoneId: telephone(0) });
});
afterEach(async () => {
  for (const [n] of ids.telephones.entries()) house.hangUp(`call${n}`);
  await house.db.updateTable("teams").set({ max_on_break: null }).execute();
  const open = await house.db.selectFrom("sessions").where("ended_at", "is", null).select("agent_id").execute();
  for (const { agent_id } of open) await house.endings.end(agent_id, "released");
});

/** Perch dies and comes back: nothing in memory is left, and the telephones are not known until they have been read. */
async function restart(whileAway = () => {}) {
  pauses.stop();
  whileAway();
  const registration = createRegistrationService();
  pauses = createPauseService({ ...house, registration });
  await pauses.start();
  return {
    read: async () => registration.refresh(await house.telephony.readState(), registration.mark()),
    end: async () => {
      pauses.stop();
      await house.pauses.start();
    },
  };
}

describe("a break asked for during a call", () => {
  beforeEach(() => house.dial("call0", endpoint(0)));

  it("pauses at once, and begins when the call ends", async () => {
    const asked = clock.now();
    expect(await pauses.pause(agent(0), "lunch")).toMatchObject({ causes: [], pendingBreak: { reason: "Lunch" } });
    expect(paused()).toEqual([true, true]);
    clock.advance(60 * SECONDS);
    house.hangUp("call0");
    await until("the break begins", async () => (await pending()) === null);
    expect(await breaks()).toEqual([
      {
        reason: "Lunch",
        from: clock.now(),
        to: null,
        askedAt: asked,
        dueAt: new Date(clock.now().getTime() + 30 * 60 * SECONDS),
      },
    ]);
    expect(paused()).toEqual([true, true]);
  });

  it("waits also for one that only rings, and for the last of two", async () => {
    house.hangUp("call0");
    house.ring("call1", endpoint(0));
    await pauses.pause(agent(0), "Lunch");
    expect(await pending()).toBe("Lunch");
    house.dial("call0", endpoint(0));
    house.hangUp("call1");
    await house.turns.run([agent(0)], async () => {});
    expect(await pending()).toBe("Lunch");
    house.hangUp("call0");
    await until("the break begins", async () => (await causes())?.join() === "break");
  });

  it("is forgotten when he presses Ready, and nothing of it is left", async () => {
    await pauses.pause(agent(0), "Lunch");
    expect(await pauses.resume(agent(0))).toMatchObject({ pendingBreak: null, causes: [] });
    expect(paused()).toEqual([false, false]);
    house.hangUp("call0");
    await house.turns.run([agent(0)], async () => {});
    expect(await breaks()).toEqual([]);
  });

  it("may be asked for anew with another reason, and keeps its place in time", async () => {
    await pauses.pause(agent(0), "Lunch");
    const asked = clock.now();
    clock.advance(5 * SECONDS);
    expect(await pauses.pause(agent(0), "Coffee")).toMatchObject({
      pendingBreak: { reason: "Coffee", askedAt: asked },
    });
    expect(house.telephony.members()[0]?.pauseReason).toBe("Coffee");
  });

  it("is not there when the telephone system refused it, and stays when it refused to forget it", async () => {
    house.telephony.refuseNext("setPaused", "no");
    expect(codeOf(await pauses.pause(agent(0), "Lunch"))).toBe("telephony.refused");
    expect(await pending()).toBeNull();
    await pauses.pause(agent(0), "Lunch");
    house.telephony.refuseNext("setPaused", "no");
    expect(codeOf(await pauses.resume(agent(0)))).toBe("telephony.refused");
    expect(await pending()).toBe("Lunch");
  });

  it("ends with the session", async () => {
    await pauses.pause(agent(0), "Lunch");
    expect(await house.endings.end(agent(0), "released")).toBe("when-call-ends");
    house.hangUp("call0");
    await until("the session ends with the call", async () => (await session()) === null);
    const last = await house.db
      .selectFrom("sessions")
      .where("agent_id", "=", agent(0))
      .orderBy("id", "desc")
      .limit(1)
      .select(["break_reason", "break_asked_at"])
      .executeTakeFirstOrThrow();
    expect(last).toEqual({ break_reason: null, break_asked_at: null });
  });

  it("begins when the call has ended while Perch was away, and not before the telephones are known", async () => {
    await pauses.pause(agent(0), "Lunch");
    const back = await restart(() => house.hangUp("call0"));
    await house.turns.run([agent(0)], async () => {});
    expect(await pending()).toBe("Lunch");
    await back.read();
    await until("the break begins", async () => (await causes())?.join() === "break");
    await back.end();
  });

  it("goes on waiting when the call goes on after Perch was away", async () => {
    await pauses.pause(agent(0), "Lunch");
    const back = await restart();
    await back.read();
    await house.turns.run([agent(0)], async () => {});
    expect(await pending()).toBe("Lunch");
    await back.end();
  });

  it("holds whichever comes first, the wish or the hang-up", async () => {
    for (let round = 0; round < 20; round += 1) {
      house.dial("call0", endpoint(0));
      const asking = pauses.pause(agent(0), "Lunch");
      for (let turn = 0; turn < round; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      house.hangUp("call0");
      expect(codeOf(await asking)).toBe("done");
      await until("he is on break", async () => (await causes())?.join() === "break" && (await pending()) === null);
      expect(paused()).toEqual([true, true]);
      await pauses.resume(agent(0));
    }
  });
});

describe("a break", () => {
  it("has a time by which it should be over, and does not end by it", async () => {
    const due = new Date(clock.now().getTime() + 30 * 60 * SECONDS);
    expect(await pauses.pause(agent(0), "Lunch")).toMatchObject({ causes: [{ cause: "break", dueAt: due }] });
    clock.advance(45 * 60 * SECONDS);
    await house.turns.run([agent(0)], async () => {});
    expect([await causes(), paused()]).toEqual([["break"], [true, true]]);
  });

  it("of another reason ends the one before it, and the same again changes nothing", async () => {
    await pauses.pause(agent(0), "Lunch");
    clock.advance(60 * SECONDS);
    await pauses.pause(agent(0), "Lunch");
    await pauses.pause(agent(0), "Coffee");
    const at = clock.now();
    expect(await breaks()).toMatchObject([
      { reason: "Lunch", to: at },
      { reason: "Coffee", from: at, to: null, dueAt: null },
    ]);
    house.telephony.refuseNext("setPaused", "no");
    clock.advance(1000);
    expect(codeOf(await pauses.pause(agent(0), "Lunch"))).toBe("telephony.refused");
    expect(await breaks()).toMatchObject([{ reason: "Lunch" }, { reason: "Coffee", from: at, to: null }]);
  });

  it("is had by as many of a team at once as it allows, however they ask", async () => {
    const many = [0, 1, 2, 3, 4, 5];
    for (const n of many) await house.sessions.login(agent(n), { telephoneId: telephone(n) });
    await house.db.updateTable("teams").set({ max_on_break: 2 }).execute();
    house.dial("call3", endpoint(3));
    const answers = await Promise.all(many.map((n) => pauses.pause(agent(n), "Coffee")));
    const refused = answers.filter((answer) => answer instanceof Refusal);
    expect(refused.map(({ code }) => code)).toEqual(Array(4).fill("pause.team-full"));
    for (const { facts } of refused) expect(facts.onBreak).toHaveLength(2);
    const holders = many.filter((_, n) => !(answers[n] instanceof Refusal));
    await pauses.resume(agent(holders[0] ?? 0));
    const again = await Promise.all(
      many.filter((n) => !holders.includes(n)).map((n) => pauses.pause(agent(n), "Coffee")),
    );
    expect(again.filter((answer) => answer instanceof Refusal)).toHaveLength(3);
  });

  it("that waits for the end of a call has its place in the team", async () => {
    await house.sessions.login(agent(1), { telephoneId: telephone(1) });
    await house.db.updateTable("teams").set({ max_on_break: 1 }).execute();
    house.dial("call0", endpoint(0));
    await pauses.pause(agent(0), "Coffee");
    expect(await pauses.pause(agent(1), "Coffee")).toMatchObject({
      code: "pause.team-full",
      facts: { onBreak: [{ id: agent(0), name: "Agent 1" }] },
    });
    house.hangUp("call0");
    await until("the break begins", async () => (await causes())?.join() === "break");
    // Who has a place may change the reason.
    expect(codeOf(await pauses.pause(agent(0), "Lunch"))).toBe("done");
  });
});

describe("a wrap-up", () => {
  let calls = 0;
  const callEnds = () => {
    calls += 1;
    const now = clock.now().toISOString();
    const leg = {
      ...{ legId: `leg${calls}`, linkedId: `call${calls}`, telephoneId: telephone(0), number: "1", name: "" },
      ...{ type: "inbound" as const, state: "ended" as const, contact: null },
      ...{ queue: { id: ids.queues[0] ?? 0, name: "queue 1" }, startedAt: now, answeredAt: now, endedAt: now },
    };
    house.hub.publish({ type: "leg.changed", agentId: agent(0), leg });
    return until("wrap-up begins", async () => (await causes())?.join() === "wrap-up");
  };
  const dueIn = async () => {
    const dueAt = (await session())?.causes.find(({ cause }) => cause === "wrap-up")?.dueAt;
    return dueAt == null ? null : (dueAt.getTime() - clock.now().getTime()) / SECONDS;
  };

  it("can be made longer once, and ends then", async () => {
    await callEnds();
    clock.advance(10 * SECONDS);
    expect(await dueIn()).toBe(20);
    expect(codeOf(await pauses.extendWrapUp(agent(0)))).toBe("done");
    expect(await dueIn()).toBe(80);
    expect(codeOf(await pauses.extendWrapUp(agent(0)))).toBe("wrap-up.extended");
    clock.advance(79 * SECONDS);
    await house.turns.run([agent(0)], async () => {});
    expect(await causes()).toEqual(["wrap-up"]);
    clock.advance(1 * SECONDS);
    await until("it ends", async () => (await causes())?.length === 0);
    expect(codeOf(await pauses.extendWrapUp(agent(0)))).toBe("wrap-up.none");
  });

  it("made longer lasts as long also after Perch was away, and still cannot be made longer", async () => {
    await callEnds();
    await pauses.extendWrapUp(agent(0));
    const back = await restart(() => clock.advance(40 * SECONDS));
    expect(await dueIn()).toBe(50);
    expect(codeOf(await pauses.extendWrapUp(agent(0)))).toBe("wrap-up.extended");
    clock.advance(50 * SECONDS);
    await until("it ends", async () => (await causes())?.length === 0);
    await back.end();
  });

  it("is as long as the house allows already where a disposition is mandatory", async () => {
    await house.db.updateTable("queues").set({ mandatory_disposition: true }).execute();
    await callEnds();
    await house.db.updateTable("queues").set({ mandatory_disposition: false }).execute();
    expect(await dueIn()).toBe(600);
    expect(codeOf(await pauses.extendWrapUp(agent(0)))).toBe("wrap-up.longest");
    await pauses.endWrapUp(agent(0));
  });

  it("and a break that waited for the same call begin side by side, and end each by itself", async () => {
    house.dial("call0", endpoint(0));
    await pauses.pause(agent(0), "Coffee");
    house.hangUp("call0");
    await until("the break begins", async () => (await causes())?.join() === "break");
    const now = clock.now().toISOString();
    const leg = {
      ...{ legId: "both", linkedId: "both", telephoneId: telephone(0), number: "1", name: "" },
      ...{ type: "inbound" as const, state: "ended" as const, contact: null },
      ...{ queue: { id: ids.queues[0] ?? 0, name: "queue 1" }, startedAt: now, answeredAt: now, endedAt: now },
    };
    house.hub.publish({ type: "leg.changed", agentId: agent(0), leg });
    await until("wrap-up begins too", async () => (await causes())?.length === 2);
    await pauses.resume(agent(0));
    expect([await causes(), paused()]).toEqual([["wrap-up"], [true, true]]);
    await pauses.endWrapUp(agent(0));
    expect(paused()).toEqual([false, false]);
  });
});

describe("a supervisor's pause", () => {
  it("says who and why, is not the agent's to end, and outlasts his break", async () => {
    await pauses.pauseAgent(supervisor, agent(0), "Come to my desk");
    expect((await session())?.causes).toMatchObject([
      { cause: "supervisor", reason: "Come to my desk", by: { id: supervisor.staffId, name: "Sara Verdi" } },
    ]);
    expect(await pauses.resume(agent(0))).toMatchObject({ code: "pause.not-yours" });
    await pauses.pause(agent(0), "Coffee");
    expect(codeOf(await pauses.resume(agent(0)))).toBe("done");
    expect([await causes(), paused()]).toEqual([["supervisor"], [true, true]]);
    expect(codeOf(await pauses.unpauseAgent(supervisor, agent(0)))).toBe("done");
    expect([await causes(), paused()]).toEqual([[], [false, false]]);
    const log = await house.db.selectFrom("audit").where("actor_id", "=", supervisor.staffId).selectAll().execute();
    expect(log.map(({ action, subject, facts }) => [action, subject, facts])).toEqual([
      ["agent.pause", `agent ${agent(0)}`, { words: "Come to my desk" }],
      ["agent.unpause", `agent ${agent(0)}`, {}],
    ]);
  });

  it("leaves the agent's own break when it ends, and survives reconciling", async () => {
    await pauses.pause(agent(0), "Lunch");
    await pauses.pauseAgent(supervisor, agent(0), null);
    await house.reconcile.reconcile();
    expect(await causes()).toEqual(["break", "supervisor"]);
    await pauses.unpauseAgent(supervisor, agent(0));
    expect([await causes(), paused()]).toEqual([["break"], [true, true]]);
  });

  it("is for agents who are logged in", async () => {
    expect(codeOf(await pauses.pauseAgent(supervisor, agent(9), null))).toBe("session.none");
    expect(codeOf(await pauses.unpauseAgent(supervisor, agent(9)))).toBe("session.none");
  });
});

describe("where agents begin paused", () => {
  const usual = () => settingsFrom({});
  beforeEach(async () => {
    house.settings.current = () => settingsFrom({ startPaused: true });
    await house.sessions.login(agent(1), { telephoneId: telephone(1) });
  });
  afterEach(() => {
    house.settings.current = usual;
  });

  it("a login waits for Ready, through reconciling and restarts, for as long as it takes", async () => {
    expect([await causes(1), paused(1)]).toEqual([["login-in-pause"], [true, true]]);
    clock.advance(600 * SECONDS);
    const back = await restart();
    await house.reconcile.reconcile();
    expect(await causes(1)).toEqual(["login-in-pause"]);
    expect(codeOf(await pauses.resume(agent(1)))).toBe("done");
    expect([await causes(1), paused(1)]).toEqual([[], [false, false]]);
    await back.end();
  });

  it("moving keeps it, and a break beside it ends with it", async () => {
    await pauses.pause(agent(1), "Coffee");
    await house.sessions.move(agent(1), { telephoneId: telephone(2) });
    expect([await causes(1), paused(2)]).toEqual([
      ["login-in-pause", "break"],
      [true, true],
    ]);
    await pauses.resume(agent(1));
    expect([await causes(1), paused(2)]).toEqual([[], [false, false]]);
  });
});

describe("the database", () => {
  const id = async () => (await session())?.id ?? 0;
  const minute = (n: number) => new Date(clock.now().getTime() + n * 60_000);
  const insert = async (from: Date, to: Date | null) =>
    house.db
      .insertInto("pause_causes")
      .values({ session_id: await id(), cause: "capacity", started_at: from, ended_at: to })
      .execute();

  it("refuses a cause that begins before its session, and two of a kind that overlap", async () => {
    await expect(insert(minute(-600), minute(0))).rejects.toThrow("lies outside its session");
    await insert(minute(1), minute(3));
    await expect(insert(minute(2), minute(4))).rejects.toThrow("conflicting key value");
    await insert(minute(3), minute(4));
    await house.db.deleteFrom("pause_causes").where("cause", "=", "capacity").execute();
  });

  it("refuses to end a session in which a cause is open, or which ends before one of its causes", async () => {
    const end = async () =>
      house.db
        .updateTable("sessions")
        .set({ ended_at: clock.now(), end_reason: "logged-out" })
        .where("id", "=", await id())
        .execute();
    await insert(clock.now(), null);
    await expect(end()).rejects.toThrow("lies outside its session");
    await house.db
      .updateTable("pause_causes")
      .set({ ended_at: minute(5) })
      .where("ended_at", "is", null)
      .execute();
    await expect(end()).rejects.toThrow("lies outside its session");
  });

  it("takes an end although a clock was set back: it is never before what was there", async () => {
    await insert(minute(5), null);
    await house.endings.end(agent(0), "released");
    const last = await house.db
      .selectFrom("sessions")
      .where("agent_id", "=", agent(0))
      .orderBy("id", "desc")
      .limit(1)
      .select("ended_at")
      .executeTakeFirstOrThrow();
    expect(last.ended_at).toEqual(minute(5));
    clock.advance(6 * 60_000);
  });
});
