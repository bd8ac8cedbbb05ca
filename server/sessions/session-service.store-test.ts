import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type FurnishedHouse, furnishedHouse } from "../../test/furnished-house.ts";
import { handClock } from "../../test/hand-clock.ts";
import type { SessionHouse } from "../../test/session-house.ts";
import { until } from "../../test/until.ts";
import { Refusal } from "../refusal.ts";

const clock = handClock();
let furnished: FurnishedHouse;
let house: SessionHouse;
let ids: FurnishedHouse["ids"];
const endpoint = (n: number) => furnished.endpoint(n);
const agent = (n: number) => furnished.agent(n);
const telephone = (n: number) => furnished.telephone(n);
const openLeases = () => furnished.openLeases();
const codeOf = (answer: unknown) => (answer instanceof Refusal ? answer.code : "done");
beforeAll(async () => {
  furnished = await furnishedHouse(clock, { agents: 200, telephones: 20, queues: 2 });
  ({ house, ids } = furnished);
  await house.db
    .insertInto("pause_reasons")
    .values([{ name: "Lunch" }, { name: "Training" }])
    .execute();
  await house.reconcile.reconcile();
});
afterAll(() => house.close());
beforeEach(() => furnished.clear());

describe("one telephone, one agent", () => {
  it("lets exactly 20 of 200 agents who want 20 telephones at once sit down, and tells the others who did", async () => {
    const answers = await Promise.all(
      ids.agents.map((agentId, n) => house.sessions.login(agentId, { telephoneId: telephone(n % 20) })),
    );
    const refused = answers.filter((answer) => answer instanceof Refusal);
    expect(refused).toHaveLength(180);
    expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(["telephone.held"]));
    for (const { facts } of refused) expect(facts).toMatchObject({ heldBy: { name: expect.stringMatching(/^Agent/) } });
    const leases = await openLeases();
    expect(new Set(leases.map((lease) => lease.telephone_id)).size).toBe(20);
    expect(house.telephony.members()).toHaveLength(40);
    expect(house.telephony.members().every(({ paused }) => !paused)).toBe(true);
    await house.reconcile.reconcile();
    expect(house.reconcile.repaired()).toBe(0);
  });

  it("lets an agent who asks five times at once sit down once", async () => {
    const answers = await Promise.all(
      ids.telephones.slice(0, 5).map((telephoneId) => house.sessions.login(agent(0), { telephoneId })),
    );
    expect(answers.map(codeOf).sort()).toEqual(["done", ...Array(4).fill("session.already-open")]);
    expect(await openLeases()).toHaveLength(1);
  });

  it("holds through any interleaving of logins, logouts, takeovers, moves, pauses and time-outs", async () => {
    const act = fc.record({
      who: fc.integer({ min: 0, max: 5 }),
      where: fc.integer({ min: 0, max: 3 }),
      what: fc.constantFrom(
        "login",
        "takeover",
        "logout",
        "move",
        "pause",
        "resume",
        "release",
        "refused",
      ) as fc.Arbitrary<string>,
      wait: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 25 }), fc.boolean(), async (acts, registered) => {
        house.register(
          ids.telephones.map((_, n) => endpoint(n)),
          registered,
        );
        const going: Promise<unknown>[] = [];
        for (const { who, where, what, wait } of acts) {
          const agentId = agent(who);
          const telephoneId = telephone(where);
          if (what === "login") going.push(house.sessions.login(agentId, { telephoneId }));
          if (what === "takeover") going.push(house.sessions.login(agentId, { telephoneId, confirmTakeover: true }));
          if (what === "logout") going.push(house.endings.logOut(agentId));
          if (what === "move") going.push(house.sessions.move(agentId, { telephoneId, confirmTakeover: true }));
          if (what === "pause") going.push(house.pauses.pause(agentId, "lunch"));
          if (what === "resume") going.push(house.pauses.resume(agentId));
          if (what === "release") going.push(house.endings.end(agentId, "released"));
          if (what === "refused") house.telephony.refuseNext("addMember", "no");
          if (wait) {
            clock.advance(1000);
            await Promise.all(going);
          }
        }
        await Promise.all(going);
        clock.advance(1000);
        await house.reconcile.reconcile();
        await house.phoneLoss.settled();
        await housekeeping();
      }),
      { numRuns: 30 },
    );
  }, 60_000);
});

/** What must be true whenever nothing is going on. */
async function housekeeping() {
  const rows = await openLeases();
  expect(new Set(rows.map((lease) => lease.telephone_id)).size).toBe(rows.length);
  expect(new Set(rows.map((lease) => lease.agent_id)).size).toBe(rows.length);
  const sessions = await house.db.selectFrom("sessions").selectAll().execute();
  const leases = await house.db.selectFrom("leases").orderBy("id").selectAll().execute();
  const bySession = Map.groupBy(leases, (lease) => lease.session_id);
  for (const session of sessions) {
    // The leases of a session cover it without a gap: every second of it was spent at exactly one telephone.
    const mine = bySession.get(session.id) ?? [];
    expect(mine[0]?.started_at).toEqual(session.started_at);
    expect(mine.at(-1)?.ended_at).toEqual(session.ended_at);
    for (const [n, lease] of mine.entries()) if (n > 0) expect(lease.started_at).toEqual(mine[n - 1]?.ended_at);
  }
  const open = sessions.filter((session) => session.ended_at === null);
  const unfinished = await house.db.selectFrom("pause_causes").where("ended_at", "is", null).selectAll().execute();
  expect(unfinished.filter((cause) => !open.some(({ id }) => id === cause.session_id))).toEqual([]);
  // The telephone system has exactly the members of the open sessions, paused as they are.
  const expected = rows.flatMap((lease) => {
    const paused = unfinished.some((cause) => cause.session_id === lease.session_id);
    const n = ids.telephones.indexOf(lease.telephone_id);
    return ids.queues.map((queueId) => `${queueId} ${endpoint(n)} ${paused}`);
  });
  const found = house.telephony.members().map((one) => `${one.queueId} ${one.endpoint} ${one.paused}`);
  expect(found.sort()).toEqual(expected.sort());
  // The list in memory says the same as the database.
  const list: { telephones: { id: number; heldBy?: { id: number } }[] } = JSON.parse(
    Buffer.concat(house.choices.encode("all")).toString(),
  );
  const held = list.telephones.flatMap(({ id, heldBy }) => (heldBy === undefined ? [] : [`${id} ${heldBy.id}`]));
  expect(held.sort()).toEqual(rows.map((lease) => `${lease.telephone_id} ${lease.agent_id}`).sort());
}

describe("a login", () => {
  it("adds the members paused, all of them, before it releases any", async () => {
    await house.sessions.login(agent(0), { telephoneId: telephone(0) });
    const [q1, q2] = ids.queues;
    expect(house.telephony.asked).toEqual([`addMember ${q1} desk1`, `addMember ${q2} desk1`, "setPaused desk1 false"]);
  });

  it.each(["addMember", "setPaused"] as const)("is undone, and says why, when %s is refused", async (act) => {
    house.telephony.refuseNext(act, "Unable to add interface: No such queue");
    const answer = await house.sessions.login(agent(0), { telephoneId: telephone(0) });
    expect(answer).toMatchObject({
      code: "telephony.refused",
      facts: { why: "Unable to add interface: No such queue" },
    });
    expect(house.telephony.members()).toEqual([]);
    expect(await house.sessions.current(agent(0))).toBeNull();
    const last = await house.db.selectFrom("sessions").orderBy("id", "desc").select("end_reason").executeTakeFirst();
    expect(last?.end_reason).toBe("telephony-refused");
    expect(await house.sessions.login(agent(1), { telephoneId: telephone(0) })).not.toBeInstanceOf(Refusal);
  });

  it("is refused while the telephone system is away, and leaves nothing behind", async () => {
    house.telephony.setStatus("down");
    expect(codeOf(await house.sessions.login(agent(0), { telephoneId: telephone(0) }))).toBe("telephony.unavailable");
    expect(await openLeases()).toEqual([]);
  });

  it("is of agents only", async () => {
    expect(codeOf(await house.sessions.login(telephone(0), { telephoneId: telephone(1) }))).toBe(
      "session.not-an-agent",
    );
  });
});

describe("pauses", () => {
  beforeEach(async () => {
    await house.sessions.login(agent(0), { telephoneId: telephone(0) });
  });

  it("carry the reason as it is written in the house, and end when they are ended", async () => {
    expect(await house.pauses.pause(agent(0), "lunch")).toMatchObject({
      causes: [{ cause: "break", reason: "Lunch" }],
    });
    expect(house.telephony.members().map(({ paused, pauseReason }) => [paused, pauseReason])).toEqual(
      Array(2).fill([true, "Lunch"]),
    );
    expect(await house.pauses.resume(agent(0))).toMatchObject({ causes: [] });
    expect(house.telephony.members().every(({ paused }) => !paused)).toBe(true);
  });

  it("need a reason that is configured", async () => {
    expect(codeOf(await house.pauses.pause(agent(0), "Golf"))).toBe("pause.unknown-reason");
  });

  it("are not there when the telephone system refused them", async () => {
    house.telephony.refuseNext("setPaused", "no");
    expect(codeOf(await house.pauses.pause(agent(0), "Lunch"))).toBe("telephony.refused");
    expect(await house.sessions.current(agent(0))).toMatchObject({ causes: [] });
  });

  it("stay when the telephone system refused to end them", async () => {
    await house.pauses.pause(agent(0), "Lunch");
    house.telephony.refuseNext("setPaused", "no");
    expect(codeOf(await house.pauses.resume(agent(0)))).toBe("telephony.refused");
    expect(await house.sessions.current(agent(0))).toMatchObject({ causes: [{ cause: "break" }] });
  });

  it("made while the link was down are set when it is back", async () => {
    house.telephony.setStatus("down");
    expect(await house.pauses.pause(agent(0), "Lunch")).toMatchObject({ causes: [{ cause: "break" }] });
    expect(house.telephony.members().every(({ paused }) => !paused)).toBe(true);
    house.telephony.setStatus("up");
    await house.reconcile.reconcile();
    expect(house.telephony.members().every(({ paused }) => paused)).toBe(true);
  });

  it("of one kind never end another: a break outlasts wrap-up", async () => {
    const leg = {
      legId: "node1-1.1",
      linkedId: "node1-1.0",
      telephoneId: telephone(0),
      type: "inbound" as const,
      state: "ended" as const,
      number: "1",
      name: "",
      contact: null,
      queue: { id: ids.queues[0] ?? 0, name: "queue 1" },
      startedAt: clock.now().toISOString(),
      answeredAt: clock.now().toISOString(),
      endedAt: clock.now().toISOString(),
      hand: null,
    };
    const causes = async () => (await house.sessions.current(agent(0)))?.causes.map(({ cause }) => cause);
    house.hub.publish({ type: "leg.changed", agentId: agent(0), leg });
    await until("wrap-up begins", async () => (await causes())?.[0] === "wrap-up");
    await house.pauses.pause(agent(0), "Lunch");
    clock.advance(30_000);
    await until("wrap-up ends when it is due", async () => (await causes())?.join() === "break");
    expect(house.telephony.members().every(({ paused }) => paused)).toBe(true);
    await house.pauses.resume(agent(0));
    expect(house.telephony.members().every(({ paused }) => !paused)).toBe(true);
  });
});

describe("an end that somebody else wants", () => {
  const supervisor = async () => {
    const { id } = await house.db
      .insertInto("staff")
      .values({ kind: "supervisor", full_name: "Sara", username: `sara${Math.random()}`.slice(0, 20) })
      .returning("id")
      .executeTakeFirstOrThrow();
    return { staffId: id, role: "supervisor" as const };
  };

  it("comes at once when a supervisor releases the telephone, and is written to the audit log", async () => {
    await house.sessions.login(agent(0), { telephoneId: telephone(0) });
    const actor = await supervisor();
    expect(await house.endings.releaseTelephone(actor, telephone(0))).toBe("ended");
    expect(await openLeases()).toEqual([]);
    const line = await house.db.selectFrom("audit").orderBy("id", "desc").selectAll().executeTakeFirst();
    expect(line).toMatchObject({
      actor_id: actor.staffId,
      action: "telephone.release",
      subject: `telephone ${telephone(0)}`,
    });
  });

  it("waits for the end of a call, with nothing new ringing meanwhile", async () => {
    await house.sessions.login(agent(0), { telephoneId: telephone(0) });
    house.dial("2", "desk1");
    expect(codeOf(await house.endings.logOut(agent(0)))).toBe("telephone.on-call");
    expect(await house.endings.logOutAgent(await supervisor(), agent(0))).toBe("when-call-ends");
    expect(house.telephony.members().every(({ paused }) => paused)).toBe(true);
    await house.reconcile.reconcile();
    expect(await openLeases()).toHaveLength(1);
    house.hangUp("2");
    await until("the session is over", async () => (await openLeases()).length === 0);
  });

  it.each(["the agent", "the telephone"])("comes when %s is switched off", async (which) => {
    await house.sessions.login(agent(199), { telephoneId: telephone(19) });
    const staffId = which === "the agent" ? agent(199) : telephone(19);
    await house.db.updateTable("staff").set({ enabled: false }).where("id", "=", staffId).execute();
    house.hub.publish({ type: "staff.removed", staffId });
    await until("the session is over", async () => (await openLeases()).length === 0);
    await house.db.updateTable("staff").set({ enabled: true }).where("id", "=", staffId).execute();
  });
});
