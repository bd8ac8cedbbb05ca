import { type Database, type Db, inTransaction } from "../db/pool.ts";
import { readCalls, removeCalls } from "./call-row-store.ts";
import { replaceCalls } from "./call-store.ts";
import { type BatchDeps, foldLines } from "./journal-batch.ts";
import { lockCalls } from "./journal-store.ts";
import { type RefoldCount, type Refolded, type RefoldKind, refoldDifferences } from "./refold-differences.ts";
import { monthsBetweenDays, nextCalls, takeItsTime } from "./refold-store.ts";

export interface RefoldReport {
  calls: number;
  counts: Record<RefoldKind, RefoldCount>;
  /** The first differences, in words. */
  first: string[];
  /** Calls that could not be folded, with the reason; their rows stay as they are. */
  failed: Map<string, string>;
  /** Months that are archived, and were left out. */
  archived: string[];
  /** It was asked to stop; what is behind the last progress is done. */
  stopped: boolean;
}

/** Calls of one transaction: Perch goes on taking the journal between two of them. */
const CALLS_AT_ONCE = 200;
const MOST_WORDS = 20;

class Undo extends Error {}

/**
 * Folds the calls made from `from` on, and before `to`, again from their kept lines and puts what comes of it in the
 * place of what is there, piece by piece, each as a batch of the journal is taken: it may run beside Perch, be stopped
 * and be begun anew. With `dryRun` each piece is undone again. What has the same rows is not written.
 */
export async function refoldJournal(
  deps: BatchDeps,
  asked: { from: Date; to: Date; dryRun: boolean },
  watch: { progress: (calls: number, month: string) => void; stopped: () => boolean },
): Promise<RefoldReport> {
  const report: RefoldReport = {
    ...{ calls: 0, counts: { calls: none(), legs: none(), visits: none(), rows: none() }, first: [] },
    ...{ failed: new Map(), archived: [], stopped: false },
  };
  for (const { month, archived } of await monthsBetweenDays(deps.db, asked)) {
    if (archived) {
      report.archived.push(month);
      continue;
    }
    for (let after = ""; ; ) {
      if (watch.stopped()) return { ...report, stopped: true };
      const linkedIds = await nextCalls(deps.db, deps.node, month, asked, { after, limit: CALLS_AT_ONCE });
      const last = linkedIds.at(-1);
      if (last === undefined) break;
      await piece(deps, linkedIds, asked.dryRun, report);
      after = last;
      report.calls += linkedIds.length;
      watch.progress(report.calls, month);
    }
  }
  return report;
}

const none = (): RefoldCount => ({ before: 0, added: 0, gone: 0, changed: 0 });

async function piece(deps: BatchDeps, linkedIds: string[], dryRun: boolean, report: RefoldReport): Promise<void> {
  const named = linkedIds.map((linkedId) => ({ linkedId }));
  const compared = await undone(deps.db, dryRun, async (tx) => {
    await takeItsTime(tx);
    await lockCalls(tx, deps.node);
    const before = await readCalls(tx, named);
    const { calls, nothing, failed } = await foldLines(deps, tx, linkedIds);
    await removeCalls(tx, nothing);
    await replaceCalls(tx, deps.node, calls, deps.settings.current().undisposedUser);
    return { failed, ...refoldDifferences(cells(before), cells(await readCalls(tx, named))) };
  });
  for (const [linkedId, why] of compared.failed) report.failed.set(linkedId, why);
  for (const kind of ["calls", "legs", "visits", "rows"] as const) {
    const [sum, more] = [report.counts[kind], compared.counts[kind]];
    for (const what of ["before", "added", "gone", "changed"] as const) sum[what] += more[what];
  }
  report.first.push(...compared.words.slice(0, MOST_WORDS - report.first.length));
}

const cells = ({ calls, legs, visits, rows }: Awaited<ReturnType<typeof readCalls>>): Refolded => ({
  calls: calls.map((row) => ({ ...row })),
  legs: legs.map((row) => ({ ...row })),
  visits: visits.map((row) => ({ ...row })),
  rows: rows.map((row) => ({ ...row })),
});

/** Runs in one transaction, which comes to nothing where it is only to be looked at. */
async function undone<T>(db: Database, dryRun: boolean, work: (tx: Db) => Promise<T>): Promise<T> {
  let done: { value: T } | undefined;
  try {
    return await inTransaction(db, async (tx) => {
      done = { value: await work(tx) };
      if (dryRun) throw new Undo();
      return done.value;
    });
  } catch (error) {
    if (error instanceof Undo && done !== undefined) return done.value;
    throw error;
  }
}
