import { afterAll, beforeAll, expect, it } from "vitest";
import { cellsOf, type ReportHouse, reportHouse } from "../../test/report-house.ts";

let house: ReportHouse;
/** The night clocks go back in Rome: from 01:00 UTC on, 02:00 comes a second time. */
const at = (time: string) => new Date(`2026-10-25T${time}Z`);
const DAY = { from: "2026-10-24T22:00:00Z", to: "2026-10-25T23:00:00Z" };
const HOUR_S = 3600;

/** Anna works from 22:00 UTC the day before until 04:00, with a break, a call over both two o'clocks, and a lost phone. */
beforeAll(async () => {
  house = await reportHouse(at("12:00:00"));
  const { anna, ben, desk11, desk12 } = house.staff;
  await house.sit(anna, desk11, new Date("2026-10-24T21:00:00Z"), at("04:00:00"));
  await house.sit(ben, desk12, at("10:00:00"), null);
  const [session] = await house.db.selectFrom("sessions").select("id").where("agent_id", "=", anna).execute();
  const session_id = session?.id ?? 0;
  await house.db
    .insertInto("pause_causes")
    .values([
      {
        session_id,
        cause: "break",
        reason: "Coffee",
        started_at: new Date("2026-10-24T21:30:00Z"),
        ended_at: new Date("2026-10-24T22:15:00Z"),
      },
      { session_id, cause: "break", reason: "Lunch", started_at: at("02:00:00"), ended_at: at("02:30:00") },
      { session_id, cause: "phone-lost", reason: "unreachable", started_at: at("02:20:00"), ended_at: at("02:40:00") },
      { session_id, cause: "wrap-up", reason: "leg-9", started_at: at("01:30:00"), ended_at: at("01:35:00") },
    ])
    .execute();
  await house.db.insertInto("pause_reasons").values({ name: "Coffee", max_minutes: 15 }).execute();
  const call = await house.call(at("00:30:00"));
  await house.leg(call, desk11, at("00:29:50"), at("00:30:00"), at("01:30:00"));
  await house.row(call, {
    at: at("00:29:50"),
    ringS: 10,
    talkS: HOUR_S,
    user: desk11,
    seated: anna,
    telephone: desk11,
  });
});
afterAll(() => house?.end());

it("has states that add up to the session", async () => {
  const { rows } = await house.ask("agents", DAY);
  const [anna, ben] = rows.map(({ cells }) => cells);
  expect(anna).toMatchObject({
    ...{ agent: "anna", session: 6 * HOUR_S, onCall: HOUR_S, wrapUp: 300, break: 900 + 1200, phoneLost: 1200 },
    ...{ "break Coffee": 900, "break Lunch": 1200, handled: 1, talk: HOUR_S, handledEachHour: 1 / 6 },
  });
  const states = ["ready", "onCall", "wrapUp", "break", "supervisor", "phoneLost", "loginInPause", "capacity"];
  for (const cells of [anna, ben]) {
    expect(states.reduce((sum, key) => sum + Number(cells?.[key]), 0)).toBe(cells?.session);
  }
  // His session goes on: it counts until now.
  expect(ben).toMatchObject({ agent: "ben", session: 2 * HOUR_S, ready: 2 * HOUR_S, handled: 0, talkEach: null });
});

it("gives the day on which clocks go back its 25 hours, and both two o'clocks their own", async () => {
  const hours = await house.ask("agents", { ...DAY, groupBy: "hour", agentId: String(house.staff.anna) });
  // Until now, which is 13:00 in Rome: 14 hours have begun.
  expect(hours.rows).toHaveLength(14);
  expect(cellsOf(hours, "hour", "session", "onCall").slice(1, 5)).toEqual([
    ["2026-10-24T23:00:00Z", HOUR_S, 0],
    ["2026-10-25T00:00:00Z", HOUR_S, 1800],
    ["2026-10-25T01:00:00Z", HOUR_S, 1800],
    ["2026-10-25T02:00:00Z", HOUR_S, 0],
  ]);
  const back = await house.ask("agents", { ...DAY, groupBy: "hour-of-day", agentId: String(house.staff.anna) });
  expect(cellsOf(back, "hour-of-day", "session", "onCall")[2]).toEqual(["02", 2 * HOUR_S, HOUR_S]);
  const whole = await house.ask("agents", { ...DAY, groupBy: "" });
  expect(whole.rows.map(({ cells }) => cells.session)).toEqual([8 * HOUR_S]);
});

it("tells people and hours apart at once", async () => {
  const answer = await house.ask("agents", { ...DAY, groupBy: "agent,weekday" });
  expect(cellsOf(answer, "agent", "weekday", "session")).toEqual([
    ["anna", "7", 6 * HOUR_S],
    ["ben", "7", 2 * HOUR_S],
  ]);
});

it("counts pauses where they began, whole, and those that were too long", async () => {
  const whole = { from: "2026-10-24T00:00:00Z", to: DAY.to };
  const answer = await house.ask("pause-reasons", whole);
  expect(cellsOf(answer, "reason", "pauses", "length", "over")).toEqual([
    ["Break: Coffee", 1, 2700, 1],
    ["Break: Lunch", 1, 1800, 0],
    ["Suspended", 1, 1200, 0],
    ["Wrap-up", 1, 300, 0],
  ]);
  expect(answer.totals).toMatchObject({ pauses: 4, length: 6000, each: 1500, longest: 2700 });
  const lost = await house.ask("pauses", { ...whole, cause: "phone-lost" });
  expect(cellsOf(lost, "cause", "reason")).toEqual([["Suspended", "Did not answer the line"]]);
  const list = await house.ask("pauses", { ...whole, cause: "wrap-up" });
  // What a wrap-up waits for is the server's own matter.
  expect(cellsOf(list, "agent", "cause", "reason", "length")).toEqual([["anna", "Wrap-up", null, 300]]);
});

it("lists sessions and who sat where, also those that began before", async () => {
  const sessions = await house.ask("sessions", DAY);
  expect(cellsOf(sessions, "agent", "startedAt", "endedAt", "length", "telephones", "pauses")).toEqual([
    ["ben", "2026-10-25T10:00:00.000Z", null, 2 * HOUR_S, "desk12", 0],
    ["anna", "2026-10-24T21:00:00.000Z", "2026-10-25T04:00:00.000Z", 7 * HOUR_S, "desk11", 4],
  ]);
  const seats = await house.ask("seats", { ...DAY, telephoneId: String(house.staff.desk11) });
  expect(cellsOf(seats, "telephone", "agent", "calls")).toEqual([["desk11", "anna", 1]]);
  const own = await house.ask("sessions", DAY, { staffId: house.staff.ben, role: "agent" });
  expect(cellsOf(own, "agent")).toEqual([["ben"]]);
});

it("tells how much of the pool was held, and how many at once", async () => {
  const answer = await house.ask("telephone-use", DAY);
  expect(cellsOf(answer, "telephone", "holds", "held", "there", "share", "peak")).toEqual([
    ["desk11", 0, 6 * HOUR_S, 14 * HOUR_S, (6 / 14) * 100, 1],
    ["desk12", 1, 2 * HOUR_S, 14 * HOUR_S, (2 / 14) * 100, 1],
  ]);
  expect(answer.totals).toMatchObject({ telephones: 2, peak: 1, share: (8 / 28) * 100 });
  const hours = await house.ask("telephone-use", { ...DAY, groupBy: "hour", pool: "all" });
  expect(hours.totals).toMatchObject({ telephones: 3, held: 8 * HOUR_S });
  expect(cellsOf(hours, "telephones", "held", "peak")[3]).toEqual([3, HOUR_S, 1]);
});
