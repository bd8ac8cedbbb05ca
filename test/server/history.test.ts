import { afterAll, beforeAll, expect, it } from "vitest";
import type { Agent, AgentHistory, Telephone, TelephoneHistory } from "../../contract/views.ts";
import { callAt } from "../../server/calls/call-at.ts";
import { openMonths } from "../../server/calls/call-month-store.ts";
import { buildServer, type TestServer } from "../build.ts";
import type { Client } from "../client.ts";

let server: TestServer;
let anna: Agent;
let luca: Agent;
let desk: Telephone;
let other: Telephone;
let as: { anna: Client; luca: Client };
const DAY = "from=2026-03-02T00:00:00Z&to=2026-03-03T00:00:00Z";
const at = (time: string) => new Date(`2026-03-02T${time}:00.000Z`);
const history = (who: Client, id: number, query = DAY) => who.get<AgentHistory>(`/agents/${id}/history?${query}`);

/** A session that was, with one lease over all of it. */
async function session(agentId: number, from: Date, to: Date, reason: string, telephoneId = desk.id) {
  const { id } = await server.db
    .insertInto("sessions")
    .values({ agent_id: agentId, started_at: from, ended_at: to, end_reason: reason })
    .returning("id")
    .executeTakeFirstOrThrow();
  await lease(id, agentId, telephoneId, from, to, reason);
  return id;
}
async function lease(sessionId: number, agentId: number, telephoneId: number, from: Date, to: Date, reason: string) {
  await server.db
    .insertInto("leases")
    .values({
      session_id: sessionId,
      agent_id: agentId,
      telephone_id: telephoneId,
      started_at: from,
      ended_at: to,
      end_reason: reason,
    })
    .execute();
}
async function call(legId: string, telephoneId: number, rang: Date, answered: Date | null, ended: Date) {
  const call_at = callAt(legId);
  await openMonths(server.db, [call_at]);
  await server.db
    .insertInto("calls")
    .values({ linked_id: legId, call_at, node: "test", type: "inbound", started_at: rang, ended_at: ended })
    .execute();
  await server.db
    .insertInto("legs")
    .values({
      leg_id: legId,
      linked_id: legId,
      call_at,
      telephone_id: telephoneId,
      endpoint: "x",
      direction: "to-telephone",
      rang_at: rang,
      answered_at: answered,
      ended_at: ended,
    })
    .execute();
}

beforeAll(async () => {
  server = await buildServer();
  anna = await server.make.agent({ username: "anna", fullName: "Anna Rossi" });
  luca = await server.make.agent({ username: "luca", fullName: "Luca Neri" });
  desk = await server.make.telephone({ fullName: "Desk 1" });
  other = await server.make.telephone({ fullName: "Desk 2" });
  as = { anna: await server.signIn("anna"), luca: await server.signIn("luca") };

  const morning = await session(anna.id, at("08:00"), at("10:00"), "logged-out");
  await server.db
    .insertInto("pause_causes")
    .values([
      { session_id: morning, cause: "break", reason: "Coffee", started_at: at("08:30"), ended_at: at("08:45") },
      { session_id: morning, cause: "wrap-up", reason: "leg-1", started_at: at("08:20"), ended_at: at("08:25") },
      {
        session_id: morning,
        cause: "phone-lost",
        reason: "not-registered",
        started_at: at("08:40"),
        ended_at: at("08:50"),
      },
    ])
    .execute();
  await server.db
    .insertInto("desktop_losses")
    .values({ session_id: morning, lost_at: at("09:10"), back_at: at("09:12") })
    .execute();
  await call("leg-1", desk.id, at("08:10"), at("08:11"), at("08:20"));
  await call("leg-2", desk.id, at("09:00"), null, at("09:01"));
  // Nobody sat there any more.
  await call("leg-3", desk.id, at("11:00"), at("11:01"), at("11:05"));
  // Luca, who did not log out; Anna then sat at his telephone.
  const lost = await session(luca.id, at("10:30"), at("11:30"), "disconnected", other.id);
  await server.db
    .updateTable("sessions")
    .set({ unattended_since: at("11:15") })
    .where("id", "=", lost)
    .execute();
  await server.db
    .insertInto("desktop_losses")
    .values({ session_id: lost, lost_at: at("11:15") })
    .execute();
  await session(anna.id, at("12:00"), at("13:00"), "taken-over", other.id);
});
afterAll(() => server.stop());

it("tells an agent's day: where he sat, why he was paused, what he talked, and states that add up", async () => {
  const { sessions, agent, next } = await history(server.admin, anna.id);
  expect(agent).toEqual({ id: anna.id, name: "Anna Rossi" });
  expect(next).toBeNull();
  expect(sessions.map((one) => [one.startedAt, one.endReason, one.unclean])).toEqual([
    [at("08:00").toISOString(), "logged-out", false],
    [at("12:00").toISOString(), "taken-over", false],
  ]);
  const [first] = sessions;
  expect(first?.leases).toMatchObject([{ telephone: { name: "Desk 1" }, endReason: "logged-out" }]);
  expect(first?.calls.map(({ legId, answeredAt }) => [legId, answeredAt])).toEqual([
    ["leg-1", at("08:11").toISOString()],
    ["leg-2", null],
  ]);
  expect(first?.losses).toEqual([
    { signal: "phone", reason: "not-registered", from: at("08:40").toISOString(), to: at("08:50").toISOString() },
    { signal: "desktop", reason: null, from: at("09:10").toISOString(), to: at("09:12").toISOString() },
  ]);
  expect(
    first?.states.map(({ state, reason, from, to }) => [state, reason, from.slice(11, 16), to.slice(11, 16)]),
  ).toEqual([
    ["ready", null, "08:00", "08:11"],
    ["on-call", null, "08:11", "08:20"],
    ["wrap-up", null, "08:20", "08:25"],
    ["ready", null, "08:25", "08:30"],
    ["break", "Coffee", "08:30", "08:40"],
    ["phone-lost", "not-registered", "08:40", "08:50"],
    ["ready", null, "08:50", "10:00"],
  ]);
  const sum = (first?.sums ?? []).reduce((all, { ms }) => all + ms, 0);
  expect(sum).toBe(2 * 3_600_000);
});

it("cuts what began before and went on after, and leaves out what only touches", async () => {
  const { sessions } = await history(server.admin, anna.id, "from=2026-03-02T08:15:00Z&to=2026-03-02T08:35:00Z");
  expect(sessions).toHaveLength(1);
  expect(sessions[0]?.states.map(({ state }) => state)).toEqual(["on-call", "wrap-up", "ready", "break"]);
  expect(sessions[0]?.sums.reduce((all, { ms }) => all + ms, 0)).toBe(20 * 60_000);
  const after = await history(server.admin, anna.id, "from=2026-03-02T10:00:00Z&to=2026-03-02T12:00:00Z");
  expect(after.sessions).toEqual([]);
});

it("marks the end of one who did not log out", async () => {
  const { sessions } = await history(server.admin, luca.id);
  expect(sessions).toMatchObject([{ endReason: "disconnected", unclean: true }]);
  expect(sessions[0]?.losses).toMatchObject([{ signal: "desktop", to: at("11:30").toISOString() }]);
});

it("shows an agent his own days alone", async () => {
  expect((await history(as.anna, anna.id)).sessions).toHaveLength(2);
  expect(await as.luca.refused("GET", `/agents/${anna.id}/history?${DAY}`)).toMatchObject({ code: "not-permitted" });
  expect(await as.luca.refused("GET", `/telephones/${desk.id}/history?${DAY}`)).toMatchObject({
    code: "not-permitted",
  });
});

it("tells who sat at a telephone", async () => {
  const found = await server.admin.get<TelephoneHistory>(`/telephones/${other.id}/history?${DAY}`);
  expect(found.leases.map(({ agent, endReason }) => [agent.name, endReason])).toEqual([
    ["Luca Neri", "disconnected"],
    ["Anna Rossi", "taken-over"],
  ]);
});

it("is asked for a month at most, in the right order, of somebody who is or was there", async () => {
  const refused = (query: string, id = anna.id) => server.admin.refused("GET", `/agents/${id}/history?${query}`);
  expect(await refused("from=2026-03-01T00:00:00Z&to=2026-04-01T01:00:01Z")).toMatchObject({
    code: "request.invalid",
    days: 31,
  });
  expect((await history(server.admin, anna.id, "from=2026-09-30T22:00:00Z&to=2026-10-31T23:00:00Z")).sessions).toEqual(
    [],
  );
  expect(await refused("from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z")).toMatchObject({ code: "request.invalid" });
  expect(await refused(`${DAY}&cursor=nonsense`)).toMatchObject({ code: "request.invalid" });
  expect(await refused(DAY, desk.id)).toMatchObject({ code: "not-found" });
});

it("comes in pages that together hold every session once", async () => {
  const busy = await server.make.agent({ fullName: "Busy Bee" });
  const spare = await server.make.telephone({ fullName: "Desk 9" });
  for (let n = 0; n < 60; n += 1) {
    const from = new Date(at("00:00").getTime() + n * 600_000);
    await session(busy.id, from, new Date(from.getTime() + 300_000), "logged-out", spare.id);
  }
  const first = await history(server.admin, busy.id);
  expect(first.sessions).toHaveLength(50);
  const second = await history(server.admin, busy.id, `${DAY}&cursor=${first.next}`);
  expect(second.next).toBeNull();
  const ids = [...first.sessions, ...second.sessions].map(({ id }) => id);
  expect(new Set(ids).size).toBe(60);
});
