import { takeBatch } from "../server/calls/journal-batch.ts";
import { refoldJournal } from "../server/calls/refold-service.ts";
import type { JournalRead } from "../server/journal.ts";
import { callHouse, movedReads, recordedReads } from "../test/call-house.ts";
import { recordedJournals } from "../test/journal-fixture.ts";
import type { Bench } from "./figure.ts";

/** As many lines as the journal's service takes in one transaction. */
const BATCH = 2000;
const COPIES = 60;

/**
 * What Perch takes a second of a journal that was written while it was away, into the database: lines kept, calls
 * folded, rows and sums written. Then the same lines once more, from a copy, and folded again on request: nothing of
 * that changes a row.
 */
export const bench: Bench = async (print) => {
  const house = await callHouse();
  try {
    const names = recordedJournals();
    const lines = Array.from({ length: COPIES }, (_, n) =>
      names.flatMap((name) => movedReads(recordedReads(name), n * 3600)),
    ).flat();
    const take = async (all: readonly JournalRead[]): Promise<number> => {
      const from = performance.now();
      for (let at = 0; at < all.length; at += BATCH) await takeBatch(house.deps, all.slice(at, at + BATCH));
      return (performance.now() - from) / 1000;
    };
    const first = await take(lines);
    const { calls, rows } = await house.everything();
    print(`${lines.length.toLocaleString("en")} lines, ${calls.length} calls, ${rows.length} rows`);
    const again = await take(lines.map((line) => ({ ...line, fileId: `copy of ${line.fileId}` })));
    const begun = performance.now();
    const range = { from: new Date("2026-01-01"), to: new Date("2100-01-01"), dryRun: false };
    const refolded = await refoldJournal(house.deps, range, { progress: () => {}, stopped: () => false });
    const refold = (performance.now() - begun) / 1000;
    if ((await house.everything()).rows.length !== rows.length) throw new Error("a row was made twice");
    return [
      { what: "calls taken in", value: calls.length / first, unit: "/s" },
      { what: "lines taken in", value: lines.length / first, unit: "/s" },
      { what: "calls of a copy of the journal", value: calls.length / again, unit: "/s" },
      { what: "calls folded again on request", value: refolded.calls / refold, unit: "/s" },
    ];
  } finally {
    await house.end();
  }
};
