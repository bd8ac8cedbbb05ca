import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { ReportAnswer, ReportAsked } from "../../contract/views.ts";
import { cellsOf, type ReportHouse, reportHouse } from "../../test/report-house.ts";
import { journalLanguage } from "../asterisk/journal-line.ts";
import { Refusal } from "../refusal.ts";
import { CALL_GROUP_KEYS } from "./call-groups.ts";
import { reportCallAsked } from "./report-call-file.ts";
import { type CallGroups, createCallGroups } from "./report-call-groups.ts";
import { createReportCalls, type ReportCalls } from "./report-calls.ts";
import { createReportSources } from "./report-sources.ts";

const MONTH = { from: "2026-02-28T23:00:00Z", to: "2026-03-31T22:00:00Z" };
const on = (day: string, time = "09:00:00") => new Date(`2026-03-${day}T${time}Z`);
let house: ReportHouse;
let groups: CallGroups;
let calls: ReportCalls;

beforeAll(async () => {
  house = await reportHouse(on("20"));
  const settings = { current: () => house.calendar };
  groups = createCallGroups({ db: house.db, clock: house.clock, settings });
  calls = createReportCalls({ db: house.db, language: journalLanguage, settings });
  const { anna, ben, desk11, desk12 } = house.staff;
  const inbound = async (at: Date, row: Omit<Parameters<ReportHouse["row"]>[1], "at">) =>
    house.row(await house.call(at), { at, ...row });
  await inbound(on("02"), {
    ...{ ringS: 5, talkS: 60, holdS: 10, queue: 1, telephone: desk11, user: anna, seated: anna },
    chosen: ["Sold", "New"],
  });
  // The same word on another level is another outcome.
  await inbound(on("02", "09:20:00"), { talkS: 30, queue: 1, user: anna, chosen: ["New"] });
  await inbound(on("05"), { ringS: 3, talkS: 90, queue: 2, user: desk12, seated: ben });
  await inbound(on("05", "14:00:00"), { ringS: 20, talkS: null, queue: 1, user: desk11, seated: anna });
  await inbound(on("06"), { ringS: 9, talkS: null, source: "0559999999" });
  for (const [time, prefix] of [
    ["10:00:00", "mobile"],
    ["11:00:00", undefined],
  ] as const) {
    const call = await house.call(on("09", time), "outbound");
    await house.row(call, { at: on("09", time), talkS: 120, user: ben, ...(prefix === undefined ? {} : { prefix }) });
  }
});
afterAll(() => house?.end());

/** What the desktop asks of a row's filter, as the server is asked. */
const queryOf = ({ result, ...asked }: ReportAsked) =>
  reportCallAsked({ ...asked, ...(result === undefined ? {} : { disposition: result }) });

async function ask(groupBy: string, asked: ReportAsked = {}, order?: string): Promise<ReportAnswer> {
  const answer = await groups.answer(queryOf({ ...MONTH, ...asked }), { groupBy, order });
  if (answer instanceof Refusal) throw new Error(answer.title);
  return answer;
}
async function rowsOf(asked: ReportAsked): Promise<number> {
  const found = await calls.list(queryOf(asked));
  if (found instanceof Refusal) throw new Error(found.title);
  return found.rows.length;
}

it("groups rows with what they come to, and which part of all they are", async () => {
  const agents = await ask("agent");
  expect(cellsOf(agents, "agent", "rows", "answered", "talk", "hold", "talkEach")).toEqual([
    ["anna", 3, 2, 90, 10, 45],
    ["ben", 3, 3, 330, 0, 110],
    ["Nobody", 1, 0, 0, 0, null],
  ]);
  expect(agents.totals).toMatchObject({ rows: 7, answered: 5, talk: 420, hold: 10, share: 100 });
  expect(agents.rows[0]?.cells.share).toBeCloseTo((3 / 7) * 100, 10);
  expect(cellsOf(await ask("outcome"), "outcome", "rows")).toEqual([
    ["New", 1],
    ["Sold › New", 1],
    ["Not disposed", 5],
  ]);
  expect(cellsOf(await ask("result"), "result", "rows")).toEqual([
    ["Answered", 5],
    ["No answer", 2],
  ]);
  expect(cellsOf(await ask("user", {}, "-rows"), "user", "rows")[0]).toEqual(["anna", 2]);
  expect(cellsOf(await ask("prefix", { type: "outbound" }), "prefix", "rows")).toEqual([
    ["mobile", 1],
    ["No prefix", 1],
  ]);
});

it.each(CALL_GROUP_KEYS)("opens by %s as many rows as it counts, and leaves none out", async (groupBy) => {
  for (const filter of [{}, { type: "inbound" }, { number: "0551234567" }, { without: "prefix" }]) {
    const { rows, totals } = await ask(groupBy, filter);
    expect(totals?.rows).toBe(await rowsOf({ ...MONTH, ...filter }));
    expect(rows.reduce((sum, { cells }) => sum + Number(cells.rows), 0)).toBe(totals?.rows);
    for (const { cells, narrow } of rows) {
      // Nothing stands behind a cut of time in which nothing was.
      if (cells.rows === 0) continue;
      if (narrow === null) expect(["hour-of-day", "weekday"]).toContain(groupBy);
      else {
        const without = [filter.without, narrow.without].filter((one) => one !== undefined).join(",");
        const asked = { ...MONTH, ...filter, ...narrow, ...(without === "" ? {} : { without }) };
        expect(await rowsOf(asked)).toBe(cells.rows);
      }
    }
  }
});

it.each(["agent", "queue", "type", "day", "weekday"])(
  "says by %s the same from sums and from rows",
  async (groupBy) => {
    const sums = await ask(groupBy);
    // A time that begins between two quarters of an hour is not told by sums.
    const rows = await ask(groupBy, { from: "2026-02-28T23:00:01Z" });
    expect(rows.rows.map(({ cells }) => cells)).toEqual(sums.rows.map(({ cells }) => cells));
    expect(rows.totals).toEqual(sums.totals);
  },
);

it("gives the groups as a file, with the total as its last line", async () => {
  const file = await groups.file(queryOf(MONTH), { groupBy: "queue", order: "-rows" }, "csv");
  if (file instanceof Refusal) throw new Error(file.title);
  expect(file.name).toBe("report-call-by-queue.csv");
  const lines = (await text(file.stream)).replace("\uFEFF", "").trimEnd().split("\r\n");
  expect(lines[0]).toMatch(/^Queue,Calls,Answered,/);
  expect(lines.slice(1).map((line) => line.split(",").slice(0, 3).join(","))).toEqual([
    "support,3,2",
    "No queue,3,2",
    expect.stringMatching(/^\w+,1,1$/),
    "Total,7,5",
  ]);
});

it("goes out by mail in groups where it was set up so", async () => {
  const sources = createReportSources({ reports: house.reports, reportCalls: calls, callGroups: groups });
  const asked = { ...MONTH, type: "outbound", groupBy: "prefix", order: "-prefix" };
  const file = await sources.file(house.boss, "report-call", "csv", asked);
  if (file instanceof Refusal) throw new Error(file.title);
  const lines = (await text(file.stream)).trimEnd().split("\r\n");
  expect(lines.slice(1).map((line) => line.split(",").slice(0, 2))).toEqual([
    ["No prefix", "1"],
    ["mobile", "1"],
    ["Total", "2"],
  ]);
});
