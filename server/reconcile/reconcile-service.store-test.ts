import { afterEach, beforeEach, expect, it } from "vitest";
import { handClock } from "../../test/hand-clock.ts";
import { furnish, type SessionHouse, sessionHouse } from "../../test/session-house.ts";
import { until } from "../../test/until.ts";

const clock = handClock();
let house: SessionHouse;
let agentId: number;
let telephoneId: number;
let queueId: number;

beforeEach(async () => {
  house = await sessionHouse(clock);
  const { agents, telephones, queues } = await furnish(house.db, { agents: 1, telephones: 1, queues: 2 });
  [agentId = 0] = agents;
  [telephoneId = 0] = telephones;
  [queueId = 0] = queues;
  house.hub.publish({ type: "configuration.changed" });
  house.register(["desk1"]);
  await until("the telephone can be chosen", () => house.choices.find(telephoneId) !== null);
  await house.reconcile.reconcile();
  await house.sessions.login(agentId, { telephoneId });
  await house.reconcile.reconcile();
});
afterEach(() => house.close());

const lose = () => house.telephony.removeMember(queueId, "desk1");
const repairs = async () => (await house.reconcile.list({ limit: 100, before: null })).rows;

it("puts a lost member back, counts it and writes it down in words", async () => {
  await lose();
  await house.reconcile.reconcile();
  expect(house.telephony.members().map((member) => member.queueId)).toContain(queueId);
  expect(house.reconcile.counts()).toMatchObject({ refused: 0, lastAt: expect.any(Date) });
  expect(house.reconcile.repaired()).toBeGreaterThan(0);
  expect(await repairs()).toContainEqual(
    expect.objectContaining({
      comparer: "members",
      round: "regular",
      words: "Agent 1 was missing in queue 1 on Desk 1.",
      agent: { id: agentId, name: "Agent 1" },
      refused: null,
    }),
  );
});

it("finds nothing to repair where nothing is wrong, and a change is no repair", async () => {
  const before = house.reconcile.repaired();
  await house.reconcile.reconcile();
  await house.db.deleteFrom("queue_agents").where("queue_id", "=", queueId).execute();
  house.hub.publish({ type: "membership.changed", agentId });
  await until("he has left the queue", () => house.telephony.members().every((member) => member.queueId !== queueId));
  await house.reconcile.reconcile();
  expect(house.reconcile.repaired()).toBe(before);
  expect(await repairs()).toEqual([]);
});

it("looks at once when the link was there before it was started", async () => {
  await house.reconcile.stop();
  await lose();
  house.reconcile.linked();
  house.reconcile.start();
  await until("the lost member is back", () => house.telephony.members().some((member) => member.queueId === queueId));
});

it("alarms people of a difference that comes back, until somebody takes note", async () => {
  for (let n = 0; n < 3; n += 1) {
    expect(house.alarms.open()).toEqual([]);
    await lose();
    await house.reconcile.reconcile();
  }
  const open = house.alarms.open();
  expect(open.map(({ words }) => words)).toContainEqual(expect.stringContaining("Agent 1 was missing in queue 1"));
  await lose();
  await house.reconcile.reconcile();
  expect(house.alarms.open()).toHaveLength(open.length);
  for (const { id } of open)
    expect(await house.alarms.acknowledge({ staffId: agentId, role: "admin" }, id)).toBeUndefined();
  expect(house.alarms.open()).toEqual([]);
  const again = await house.alarms.acknowledge({ staffId: agentId, role: "admin" }, open[0]?.id ?? 0);
  expect(again).toMatchObject({ code: "not-found" });
});

it("ends a session that has no telephone, so that he can log in again", async () => {
  await house.db.updateTable("leases").set({ ended_at: clock.now(), end_reason: "moved" }).execute();
  await house.reconcile.reconcile();
  const [session] = await house.db.selectFrom("sessions").select(["ended_at", "end_reason"]).execute();
  expect(session).toMatchObject({ ended_at: expect.any(Date), end_reason: "repaired" });
  await until("nobody is left in a queue", async () => {
    await house.reconcile.reconcile();
    return house.telephony.members().length === 0;
  });
  expect(await house.sessions.login(agentId, { telephoneId })).toMatchObject({ agentId });
});

it("frees a telephone whose session is over, and ends the pauses of that session", async () => {
  const at = clock.now();
  await house.pauses.pause(agentId, "Lunch");
  await house.db.updateTable("sessions").set({ ended_at: at, end_reason: "logged-out" }).execute();
  await house.reconcile.reconcile();
  expect(await house.db.selectFrom("leases").where("ended_at", "is", null).selectAll().execute()).toEqual([]);
  expect(await house.db.selectFrom("pause_causes").where("ended_at", "is", null).selectAll().execute()).toEqual([]);
});
