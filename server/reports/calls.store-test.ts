import { afterAll, beforeAll, expect, it } from "vitest";
import { cellsOf, type ReportHouse, reportHouse } from "../../test/report-house.ts";

let house: ReportHouse;
const on = (day: string, time = "09:00:00") => new Date(`2026-03-${day}T${time}Z`);
const MONTH = { from: "2026-02-28T23:00:00Z", to: "2026-03-31T22:00:00Z" };
const MARIA = "0551234567";

beforeAll(async () => {
  house = await reportHouse(on("20"));
  const { anna, ben, desk11, desk12 } = house.staff;
  // Maria calls on the 2nd, again on the 5th, and once more on the 18th, which is too near to tell.
  for (const [day, chosen] of [
    ["02", ["Sold", "New"]],
    ["05", ["Sold", "More", "Twice"]],
    ["18", undefined],
  ] as const) {
    const call = await house.call(on(day));
    const disposed = chosen === undefined ? { user: desk11 } : { user: anna, chosen: [...chosen] };
    await house.row(call, { at: on(day), ringS: 5, talkS: 60, source: MARIA, seated: anna, queue: 1, ...disposed });
  }
  // One that was transferred: a call with two rows; and one that nobody answered, from a withheld number.
  const moved = await house.call(on("06"));
  await house.row(moved, {
    at: on("06"),
    talkS: 40,
    source: "0559999999",
    user: desk11,
    seated: anna,
  });
  await house.row(moved, { at: on("06", "09:01:00"), talkS: 310, source: "0559999999", user: desk12, seated: ben });
  const hidden = await house.call(on("07"));
  await house.row(hidden, { at: on("07"), ringS: 20, talkS: null, source: "anonymous" });
  for (const [time, talkS, prefix] of [
    ["10:00:00", 120, "mobile"],
    ["11:00:00", null, "mobile"],
    ["12:00:00", 30, undefined],
  ] as const) {
    const call = await house.call(on("09", time), "outbound");
    await house.row(call, {
      ...{ at: on("09", time), talkS, destination: "+393331234567", source: "101", user: ben },
      ...(prefix === undefined ? {} : { prefix }),
    });
  }
  const inside = await house.call(on("09"), "internal");
  await house.row(inside, { at: on("09"), talkS: 5, source: "101", destination: "102", user: ben });
  const [maria] = await house.db.insertInto("contact_lists").values({ name: "Customers" }).returning("id").execute();
  const contact = await house.db
    .insertInto("contacts")
    .values({ list_id: maria?.id ?? 0, full_name: "Maria Bianchi" })
    .returning("id")
    .executeTakeFirstOrThrow();
  await house.db
    .insertInto("contact_numbers")
    .values({ contact_id: contact.id, number: "055 1234567", canonical: "+390551234567" })
    .execute();
});
afterAll(() => house?.end());

it("counts what the telephones did, by any cut of it", async () => {
  const types = await house.ask("calls", { ...MONTH, groupBy: "type" });
  expect(cellsOf(types, "type", "rows", "answered", "talk")).toEqual([
    ["Inbound", 6, 5, 530],
    ["Internal", 1, 1, 5],
    ["Outbound", 3, 2, 150],
  ]);
  expect(types.totals).toMatchObject({ rows: 10, answered: 8, answeredShare: 80, disposed: 2 });
  const agents = await house.ask("calls", { ...MONTH, groupBy: "agent" });
  // A shared telephone's rows count for whoever sat there.
  expect(cellsOf(agents, "agent", "rows", "disposed")).toEqual([
    ["anna", 4, 2],
    ["ben", 5, 0],
    ["Nobody", 1, 0],
  ]);
  expect(agents.rows.map(({ narrow }) => narrow)).toEqual([
    { agentId: String(house.staff.anna) },
    { agentId: String(house.staff.ben) },
    null,
  ]);
});

it("cuts weeks where the house begins them, and fills in the days without calls", async () => {
  const weeks = async () => cellsOf(await house.ask("calls", { ...MONTH, groupBy: "week" }), "week", "rows");
  expect(await weeks()).toEqual([
    ["2026-02-23", 0],
    ["2026-03-02", 4 + 1],
    ["2026-03-09", 4],
    ["2026-03-16", 1],
  ]);
  house.calendar.firstDayOfWeek = 7;
  expect(await weeks()).toEqual([
    ["2026-03-01", 5],
    ["2026-03-08", 4],
    ["2026-03-15", 1],
  ]);
  house.calendar.firstDayOfWeek = 1;
  const days = await house.ask("calls", { ...MONTH, groupBy: "day" });
  // Until today, the 20th.
  expect(days.rows).toHaveLength(20);
  const crossed = await house.ask("calls", { ...MONTH, groupBy: "weekday,hour-of-day" });
  expect(cellsOf(crossed, "weekday", "hour-of-day", "rows")[0]).toEqual(["1", "10", 2]);
});

it("counts dispositions by as many levels as are asked for", async () => {
  const deep = await house.ask("dispositions", MONTH);
  expect(cellsOf(deep, "disposition", "calls", "talk")).toEqual([
    ["Sold › More › Twice", 1, 60],
    ["Sold › New", 1, 60],
    ["Not disposed", 6, 565],
  ]);
  expect(deep.totals).toMatchObject({ calls: 8, disposed: 2, share: 100 });
  const flat = await house.ask("dispositions", { ...MONTH, levels: "1" });
  expect(cellsOf(flat, "disposition", "calls", "share")).toEqual([
    ["Sold", 2, 25],
    ["Not disposed", 6, 75],
  ]);
  expect(flat.rows[0]?.narrow).toEqual({ disposition: "Sold" });
});

it("counts a call once, however many handled it, by number, prefix and account", async () => {
  const prefixes = await house.ask("routes", { ...MONTH, type: "outbound" });
  expect(cellsOf(prefixes, "prefix", "calls", "answered", "talk")).toEqual([
    ["mobile", 2, 1, 120],
    ["No prefix", 1, 1, 30],
  ]);
  const dialled = await house.ask("routes", { ...MONTH, type: "inbound", groupBy: "dialled" });
  expect(cellsOf(dialled, "dialled", "calls", "talk")).toEqual([["100", 5, 530]]);
});

it("tells whose first call was enough, and does not guess at those of last week", async () => {
  const { totals } = await house.ask("first-call", MONTH);
  // Maria's of the 2nd was followed within a week, that of the 5th was not, that of the 18th is too young.
  expect(totals).toMatchObject({ calls: 4, answered: 4, again: 1, resolved: 2, unresolved: 1, undecided: 1 });
  expect(totals?.share).toBeCloseTo((2 / 3) * 100, 10);
  const day = await house.ask("first-call", { ...MONTH, resolvedWithin: "1" });
  expect(day.totals).toMatchObject({ again: 0, resolved: 4, unresolved: 0, undecided: 0, share: 100 });
});

it("tells who calls again and again, by name where one is known", async () => {
  const answer = await house.ask("repeat-callers", MONTH);
  expect(cellsOf(answer, "number", "calls", "answered", "days", "talk")).toEqual([
    [`${MARIA} Maria Bianchi`, 3, 3, 3, 180],
  ]);
  expect(answer.rows[0]?.narrow).toEqual({ number: "551234567" });
  expect((await house.ask("repeat-callers", { ...MONTH, called: "5" })).rows).toEqual([]);
});
