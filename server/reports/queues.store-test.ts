import { afterAll, beforeAll, expect, it } from "vitest";
import { cellsOf, type ReportHouse, reportHouse } from "../../test/report-house.ts";
import { Refusal } from "../refusal.ts";

let house: ReportHouse;
const at = (time: string) => new Date(`2026-03-02T${time}Z`);
const DAY = { from: "2026-03-01T23:00:00Z", to: "2026-03-02T23:00:00Z" };
const SUPPORT = 1;
const SALES = 2;

/** Support: one answered at once, one late, one lost at once, one lost late, one that Sales answered, one that waits. */
beforeAll(async () => {
  house = await reportHouse(at("12:00:00"));
  const { anna, desk11, ben, desk13 } = house.staff;
  const stay = async (
    time: string,
    queue: number,
    waitS: number | null,
    outcome: "answered" | "abandoned" | "timeout" | null,
    number = "0551111111",
  ) => {
    const call = await house.call(at(time));
    await house.visit(call, { queue, at: at(time), waitS, outcome });
    await house.row(call, {
      ...{ at: at(time), ringS: waitS ?? 0, queue, source: number },
      ...(outcome === "answered" ? { talkS: 100, holdS: 10, user: desk11, seated: anna } : { talkS: null }),
    });
    return call;
  };
  await stay("08:00:00", SUPPORT, 5, "answered");
  await stay("08:10:00", SUPPORT, 50, "answered");
  await stay("09:00:00", SUPPORT, 3, "abandoned", "055222222");
  await stay("09:05:00", SUPPORT, 100, "abandoned", "0553333333");
  const over = await stay("09:30:00", SUPPORT, 60, "timeout", "0554444444");
  await house.visit(over, { queue: SALES, at: at("09:31:00"), waitS: 10, outcome: "answered" });
  await house.row(over, { at: at("09:31:00"), ringS: 10, talkS: 20, queue: SALES, user: ben, source: "0554444444" });
  await stay("11:59:00", SUPPORT, null, null);
  // Ben calls 055222222 back from outside's view: with the country in front.
  const back = await house.call(at("09:20:00"), "outbound");
  await house.row(back, { at: at("09:20:00"), talkS: 30, user: ben, telephone: desk13, destination: "+39055222222" });
});
afterAll(() => house?.end());

it("counts what came, what became of it, and how long it took", async () => {
  const { rows, totals } = await house.ask("queues", DAY);
  expect(rows.map(({ cells }) => cells)).toMatchObject([
    { queue: "sales", offered: 1, answered: 1, level: 100, talk: 20, unmanaged: 0 },
    {
      ...{ queue: "support", offered: 6, answered: 2, abandoned: 2, timeout: 1, waiting: 1, unmanaged: 2 },
      // Five have left the queue. One was answered within 20 s, one hung up within 20 s.
      ...{ answeredShare: 40, level: 20, levelWithoutShort: 25 },
      ...{ waitAnswered: 27.5, waitAbandoned: 51.5, longest: 100, talk: 200, talkEach: 100, hold: 20 },
    },
  ]);
  // Of the whole, not the sum or the mean of the rows.
  expect(totals).toMatchObject({ offered: 7, answered: 3, level: (2 / 6) * 100, longest: 100, talkEach: 220 / 3 });
});

it("reckons the service level with the time that is chosen", async () => {
  const level = async (threshold: string) =>
    (await house.ask("queues", { ...DAY, queueId: "1", threshold })).totals?.level;
  expect(await level("5")).toBe(20);
  expect(await level("45")).toBe(20);
  expect(await level("60")).toBe(40);
  expect(await house.reports.answer(house.boss, "queues", { ...DAY, threshold: "25" })).toBeInstanceOf(Refusal);
});

it("shows the hours in which nothing came, and none that has not begun", async () => {
  const answer = await house.ask("queues", { ...DAY, queueId: "1", groupBy: "hour-of-day" });
  expect(cellsOf(answer, "hour-of-day", "offered").slice(8, 13)).toEqual([
    ["08", 0],
    ["09", 2],
    ["10", 3],
    ["11", 0],
    ["12", 1],
  ]);
  expect(answer.rows).toHaveLength(13);
  // Hours of the day come back, so no time lies behind them; an hour lies somewhere.
  expect(answer.rows[9]?.narrow).toBeNull();
  const hours = await house.ask("queues", { ...DAY, groupBy: "hour" });
  expect(hours.rows[9]?.narrow).toEqual({ from: "2026-03-02T08:00:00.000Z", to: "2026-03-02T09:00:00.000Z" });
});

it("tells how long people waited", async () => {
  const { distribution } = await house.ask("queues", { ...DAY, queueId: "1" });
  expect(distribution?.boundsS).toEqual([5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600]);
  expect(distribution?.series).toEqual([
    { title: "Answered", counts: [1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0] },
    { title: "Abandoned", counts: [1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0] },
  ]);
});

it("lists who hung up, how far they had come, and whether they were called back", async () => {
  const lost = await house.ask("abandoned", DAY);
  expect(cellsOf(lost, "number", "position", "wait", "after", "afterAt")).toEqual([
    ["0553333333", 1, 100, "Nothing", null],
    ["055222222", 1, 3, "Called back", "2026-03-02T09:20:00.000Z"],
  ]);
  const all = await house.ask("queue-calls", { ...DAY, queueId: "1" });
  expect(cellsOf(all, "outcome", "agent", "after")).toEqual([
    ["Waiting", null, null],
    ["Waited too long", null, "Answered elsewhere"],
    ["Abandoned", null, "Nothing"],
    ["Abandoned", null, "Called back"],
    ["Answered", "anna", null],
    ["Answered", "anna", null],
  ]);
  const unmanaged = await house.ask("queue-calls", { ...DAY, outcome: "unmanaged" });
  expect(unmanaged.rows).toHaveLength(2);
});

it("pages through a list without losing or repeating a row", async () => {
  const seen: string[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const page = await house.ask("queue-calls", { ...DAY, limit: "2", cursor });
    seen.push(...page.rows.map(({ key }) => key));
    cursor = page.next;
  }
  expect(seen).toEqual((await house.ask("queue-calls", DAY)).rows.map(({ key }) => key));
  expect(new Set(seen).size).toBe(7);
});

it("tells who handled what the queues gave", async () => {
  const answer = await house.ask("queue-agents", DAY);
  expect(cellsOf(answer, "queue", "agent", "rows", "answered", "talk")).toEqual([
    ["sales", "ben", 1, 1, 20],
    ["support", "anna", 2, 2, 200],
    ["support", "Nobody", 4, 0, 0],
  ]);
});

it("shows an agent his own and his queues', and nothing else", async () => {
  const anna = { staffId: house.staff.anna, role: "agent" as const };
  await house.db.insertInto("queue_agents").values({ queue_id: SALES, agent_id: house.staff.anna }).execute();
  expect((await house.ask("abandoned", DAY, anna)).rows).toEqual([]);
  await house.db.insertInto("queue_agents").values({ queue_id: SUPPORT, agent_id: house.staff.anna }).execute();
  expect((await house.ask("abandoned", DAY, anna)).rows).toHaveLength(2);
  expect((await house.ask("queue-agents", DAY, anna)).totals).toMatchObject({ rows: 2 });
  const refused = [
    house.reports.answer(anna, "queues", DAY),
    house.reports.answer(anna, "queue-agents", { ...DAY, agentId: String(house.staff.ben) }),
    house.reports.answer(anna, "abandoned", { ...DAY, queueId: "3" }),
  ];
  for (const one of await Promise.all(refused)) expect(one).toMatchObject({ code: "not-permitted" });
  expect(house.reports.list(anna).map(({ name }) => name)).not.toContain("queues");
});

it("refuses what it cannot tell exactly", async () => {
  const wrong = [
    { from: "2026-03-02T08:07:00Z", to: "2026-03-02T09:00:00Z" },
    { from: "2026-03-02T09:00:00Z", to: "2026-03-02T08:00:00Z" },
    { from: "2024-01-01T00:00:00Z", to: "2026-01-01T00:00:00Z" },
    { period: "last-century" },
    {},
    { ...DAY, groupBy: "phase-of-the-moon" },
    { ...DAY, queueId: "1 or 1=1" },
    { ...DAY, colour: "red" },
  ];
  for (const asked of wrong) expect(await house.reports.answer(house.boss, "queues", asked)).toBeInstanceOf(Refusal);
  expect(await house.reports.answer(house.boss, "nothing", DAY)).toMatchObject({ code: "not-found" });
});
