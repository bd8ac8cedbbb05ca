import { afterAll, beforeAll, expect, test } from "vitest";
import { type ReportHouse, reportHouse } from "../../test/report-house.ts";
import { Refusal } from "../refusal.ts";
import { listReportCalls } from "./report-call.ts";
import { type ReportQuery, readReportQuery } from "./report-filter.ts";

let house: ReportHouse;

/** Many calls in the newest month, few in those before, none in one of them, and one that is told a month late. */
const STARTED = [
  ...["2026-01-05", "2026-02-07", "2026-04-02", "2026-04-30"].map((day) => `${day}T10:00:00Z`),
  ...Array.from({ length: 5 }, (_, n) => `2026-05-0${n + 1}T09:00:00Z`),
];

beforeAll(async () => {
  house = await reportHouse(new Date("2026-05-20T12:00:00Z"));
  const { anna, ben } = house.staff;
  for (const [n, started] of STARTED.entries()) {
    const at = new Date(started);
    await house.row(await house.call(at), { at, talkS: 10, user: n % 2 === 0 ? anna : ben });
  }
  await house.row(await house.call(new Date("2026-01-31T23:59:59Z")), {
    at: new Date("2026-05-03T12:00:00Z"),
    talkS: 5,
  });
});
afterAll(() => house?.end());

/** When the rows of all pages started, in their order. */
async function startsOf(query: ReportQuery): Promise<string[]> {
  const seen: string[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const filter = readReportQuery({ ...query, ...(cursor === "" ? {} : { cursor }) });
    if (filter instanceof Refusal) throw new Error(filter.title);
    const page = await listReportCalls(house.db, filter);
    seen.push(...page.rows.map(({ startedAt }) => startedAt.slice(0, 16)));
    cursor = page.next;
  }
  return seen;
}

test.each([1, 2, 3, 4, 100])("pages of %i rows over years have every row once, the newest first", async (limit) => {
  const all = [...STARTED, "2026-05-03T12:00:00Z"].toSorted().toReversed();
  expect(await startsOf({ limit })).toEqual(all.map((at) => at.slice(0, 16)));
  const old = all.filter((at) => at >= "2026-01-06" && at < "2026-05-02");
  expect(await startsOf({ limit, from: "2026-01-06T00:00:00Z", to: "2026-05-02T00:00:00Z" })).toEqual(
    old.map((at) => at.slice(0, 16)),
  );
  const annas = STARTED.filter((_, n) => n % 2 === 0).toReversed();
  expect(await startsOf({ limit, userId: house.staff.anna })).toEqual(annas.map((at) => at.slice(0, 16)));
});
