import type { Database } from "../server/db/pool.ts";
import { Refusal } from "../server/refusal.ts";
import { callsReport } from "../server/reports/calls.ts";
import { listReportCalls } from "../server/reports/report-call.ts";
import { type ReportQuery, readReportQuery } from "../server/reports/report-filter.ts";
import { type Bench, type Figure, percentile } from "./figure.ts";
import { largeReport } from "./large-report.ts";

const ROUNDS = 5;

/** Every filter there is alone, and those that are set together. Agent 5, telephone 350 and queue 3 have usual numbers of rows. */
export const FILTERS: ReportQuery[] = [
  ...[{}, { type: "internal" as const }, { userId: 5 }, { userId: 400 }, { agentId: 5 }, { telephoneId: 350 }],
  ...[{ queueId: 3 }, { queue: "queue 3" }, { answered: false }, { answered: true }],
  ...["ANSWERED", "NO ANSWER", "BUSY", "FAILED"].map((disposition) => ({ disposition })),
  ...["Sale", "Fraud", "Nothing"].map((userDisposition) => ({ userDisposition })),
  ...["061234", "0301234567", "1234", "0550000012", "+39"].map((number) => ({ number })),
  ...[
    { queueId: 18, answered: false },
    { userId: 5, type: "outbound" as const },
    { userId: 5, userDisposition: "Sale" },
  ],
  ...[
    { queueId: 3, userId: 5 },
    { telephoneId: 350, answered: false },
    { userId: 5, number: "12345" },
  ],
  ...[
    { queueId: 3, disposition: "BUSY" },
    { type: "outbound" as const, number: "061234" },
    { queueId: 3, number: "061" },
  ],
];
const RANGES: ReportQuery[] = [
  {},
  { from: "2025-09-01T00:00:00Z" },
  { from: "2026-03-01T00:00:00Z", to: "2026-04-01T00:00:00Z" },
  { from: "2026-03-09T00:00:00Z", to: "2026-03-16T00:00:00Z" },
  { from: "2026-03-10T00:00:00Z", to: "2026-03-11T00:00:00Z" },
];
/** Other orders are asked for within a month or less: over all years they are read from all years. */
const ORDERS: ReportQuery[] = [{ sort: "startedAt" }, { sort: "-durationS" }, { sort: "billableS" }];

/** The first page and the one behind it; how long each took, milliseconds. */
export async function pages(db: Database, query: ReportQuery): Promise<number[]> {
  const times: number[] = [];
  for (let cursor: string | null = ""; cursor !== null && times.length < 2; ) {
    const filter = readReportQuery({ ...query, ...(cursor === "" ? {} : { cursor }) });
    if (filter instanceof Refusal) throw new Error(filter.title);
    const from = performance.now();
    cursor = (await listReportCalls(db, filter)).next;
    times.push(performance.now() - from);
  }
  return times;
}

/** The report of calls, a month by agent and hour of the day in a zone of its own. */
export async function monthByAgentAndHour(db: Database): Promise<number> {
  const query = {
    ...{ from: new Date("2026-02-28T23:00:00Z"), to: new Date("2026-03-31T22:00:00Z"), now: new Date() },
    ...{ zone: "Europe/Rome", firstDay: 1, groupBy: ["agent", "hour-of-day"], choice: () => "" },
    ...{ queueIds: null, agentId: null, telephoneId: null, number: null },
  };
  const from = performance.now();
  const { facts } = await callsReport.facts(db, query);
  if (facts.length === 0) throw new Error("there are no sums");
  return performance.now() - from;
}

/**
 * Pages of Report Call with every filter, range and order, each some times, and the sums of a month. The first round is
 * of a database that has just been filled, whose pages come from the disk; it counts like the others.
 */
export const bench: Bench = async (print) => {
  const place = await largeReport(print);
  try {
    const asked = [
      ...RANGES.flatMap((range) => FILTERS.map((filter) => ({ ...filter, ...range }))),
      ...RANGES.slice(2).flatMap((range) =>
        ORDERS.flatMap((order) => FILTERS.map((filter) => ({ ...filter, ...range, ...order }))),
      ),
    ];
    print(`${asked.length} ways to ask, ${ROUNDS} times each, up to two pages`);
    const all: number[] = [];
    const slowest = new Map<string, number>();
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const query of asked) {
        const times = await pages(place.db, query);
        all.push(...times);
        const name = JSON.stringify(query);
        slowest.set(name, Math.min(slowest.get(name) ?? Number.POSITIVE_INFINITY, Math.max(...times)));
      }
    }
    const worst = [...slowest].toSorted((a, b) => b[1] - a[1]).slice(0, 5);
    for (const [name, ms] of worst) print(`slowest at its best: ${ms.toFixed(0)} ms ${name}`);
    const sums: number[] = [];
    for (let round = 0; round < 4 * ROUNDS; round += 1) sums.push(await monthByAgentAndHour(place.db));
    return [
      { what: "a page, p50", value: percentile(all, 0.5), unit: "ms" },
      { what: `a page, p95 of ${all.length}`, value: percentile(all, 0.95), unit: "ms", aim: { atMost: 50 } },
      { what: "a page, p99", value: percentile(all, 0.99), unit: "ms" },
      { what: "month by agent and hour, median", value: percentile(sums, 0.5), unit: "ms", aim: { atMost: 200 } },
    ] satisfies Figure[];
  } finally {
    await place.close();
  }
};
