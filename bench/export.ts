import { journalLanguage } from "../server/asterisk/journal-line.ts";
import { Refusal } from "../server/refusal.ts";
import { createReportCalls } from "../server/reports/report-calls.ts";
import type { Bench } from "./figure.ts";
import { largeReport } from "./large-report.ts";

const ROUNDS = 3;
/** After so many pieces the memory is looked at, and after each as many again; before that the program warms up. */
const LOOK_EVERY = 1000;

/**
 * Report Call as CSV: all columns, all rows, from the request to the last byte, read by nobody but a counter. Also what
 * our side of it takes of a processor, and how much more memory it has at any time than after its first pieces.
 */
export const bench: Bench = async (print) => {
  const place = await largeReport(print);
  try {
    const settings = { current: () => ({ timeZone: "Europe/Rome" }) };
    const reports = createReportCalls({ db: place.db, language: journalLanguage, settings });
    const perSecond: number[] = [];
    const processor: number[] = [];
    let first: number | null = null;
    let most = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const used = process.cpuUsage();
      const from = performance.now();
      const csv = reports.csv({});
      if (csv instanceof Refusal) throw new Error(csv.title);
      let bytes = 0;
      let lines = 0;
      let pieces = 0;
      for await (const piece of csv) {
        const text: Buffer = piece;
        bytes += text.length;
        for (let at = text.indexOf(10); at !== -1; at = text.indexOf(10, at + 1)) lines += 1;
        pieces += 1;
        if (pieces % LOOK_EVERY !== 0) continue;
        first ??= process.memoryUsage.rss();
        most = Math.max(most, process.memoryUsage.rss() - first);
      }
      const rows = lines - 1;
      perSecond.push((rows * 1000) / (performance.now() - from));
      const { user, system } = process.cpuUsage(used);
      processor.push((user + system) / rows);
      print(`round ${round + 1}: ${rows.toLocaleString("en")} rows, ${(bytes / 1e6).toFixed(0)} MB`);
    }
    const median = perSecond.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN;
    return [
      { what: "rows as CSV, median round", value: median, unit: "/s", aim: { atLeast: 100_000 } },
      { what: "rows as CSV, best round", value: Math.max(...perSecond), unit: "/s" },
      { what: "processor of our side, the least", value: Math.min(...processor), unit: "µs/row" },
      { what: "memory that grew meanwhile", value: most / 1e6, unit: "MB", aim: { atMost: 50 } },
    ];
  } finally {
    await place.close();
  }
};
