import { JOURNAL_FIELDS, type JournalField, type JournalRecord } from "../server/asterisk/journal-fields.ts";
import { readJournalLine } from "../server/asterisk/journal-line.ts";
import { foldCall } from "../server/calls/call-fold.ts";
import type { JournalFact } from "../server/journal.ts";
import { recordedJournals, recordedLines } from "../test/journal-fixture.ts";
import type { Figure } from "./figure.ts";

/** Calls of one round: enough to be past the warm-up, few enough to be held as text. */
const CALLS = 20_000;
const ROUNDS = 5;

/** As many lines as the journal's service takes in one transaction. */
const BATCH = 2000;

/** A recorded line as Asterisk is told to write it now: some were recorded when the order was another. */
function asWritten(line: string): string {
  const record = JSON.parse(line) as JournalRecord;
  const keys = JOURNAL_FIELDS.map((field) => field.toLowerCase() as JournalField);
  return JSON.stringify(Object.fromEntries(keys.map((key) => [key, record[key]])));
}

/** The recorded calls over and over, each time with ids of its own, in batches of whole calls. */
function journal(calls: number): { batches: string[][]; lines: number } {
  const recorded = recordedJournals().map((name) => recordedLines(name).map(asWritten));
  const batches: string[][] = [];
  let batch: string[] = [];
  let lines = 0;
  let made = 0;
  for (let copy = 0; made < calls; copy += 1) {
    for (const one of recorded) {
      for (const line of one) batch.push(line.replaceAll("node1-", `node1c${copy}-`));
      lines += one.length;
      made += new Set(one.map((line) => /"linkedid":"([^"]+)"/.exec(line)?.[1])).size;
      if (batch.length < BATCH) continue;
      batches.push(batch);
      batch = [];
    }
  }
  return { batches: [...batches, batch], lines };
}

/** From text to rows; how many calls there were. */
function fold(batch: readonly string[]): number {
  const byCall = new Map<string, JournalFact[]>();
  for (const line of batch) {
    const fact = readJournalLine(line);
    if ("damaged" in fact) throw new Error(`a recorded line is damaged: ${fact.damaged}`);
    const facts = byCall.get(fact.linkedId);
    if (facts === undefined) byCall.set(fact.linkedId, [fact]);
    else facts.push(fact);
  }
  for (const facts of byCall.values()) foldCall(facts);
  return byCall.size;
}

/** How many calls a second one core takes from text to rows: parse, translate, fold. */
export async function bench(print: (line: string) => void): Promise<Figure[]> {
  const { batches, lines } = journal(CALLS);
  print(`${lines.toLocaleString("en")} lines of recorded calls, on one core, in batches of ${BATCH}`);
  const perSecond: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    let calls = 0;
    for (const batch of batches) calls += fold(batch);
    perSecond.push((calls * 1000) / (performance.now() - start));
    print(`round ${round + 1}: ${calls.toLocaleString("en")} calls`);
  }
  const median = perSecond.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN;
  return [
    { what: "calls, median round", value: median, unit: "/s", aim: { atLeast: 20_000 } },
    { what: "calls, best round", value: Math.max(...perSecond), unit: "/s" },
    { what: "lines, median round", value: (median * lines) / CALLS, unit: "/s" },
  ];
}
