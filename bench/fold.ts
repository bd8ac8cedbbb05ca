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

/** What most calls of a house are; the other recorded ones are handed on, parked, asked about, forwarded, cut off. */
const PLAIN = [
  "queue-answered-caller-hangs-up",
  "queue-answered-agent-hangs-up",
  "queue-first-phone-unanswered",
  "queue-hold",
  "queue-abandoned",
  "internal-answered",
  "internal-unanswered",
  "outbound-answered",
  "outbound-no-answer",
  "click-to-dial-outbound",
];

/** A mix of calls: which recorded journals come in one turn. */
type Mix = readonly string[];

const everyKind = (): Mix => recordedJournals();
/** Four of five are plain. */
function asInAHouse(): Mix {
  const others = recordedJournals().filter((name) => !PLAIN.includes(name));
  return others.flatMap((name, index) => [
    name,
    ...[0, 1, 2, 3].map((n) => PLAIN[(4 * index + n) % PLAIN.length] ?? ""),
  ]);
}

/** The calls of a mix over and over, each time with ids of its own, in batches of whole calls. */
function journal(mix: Mix): { batches: string[][]; lines: number; calls: number } {
  const recorded = new Map([...new Set(mix)].map((name) => [name, recordedLines(name).map(asWritten)]));
  const callsOf = new Map(
    [...recorded].map(([name, lines]) => [
      name,
      new Set(lines.map((line) => /"linkedid":"([^"]+)"/.exec(line)?.[1])).size,
    ]),
  );
  const batches: string[][] = [];
  let batch: string[] = [];
  let [lines, calls] = [0, 0];
  for (let copy = 0; calls < CALLS; copy += 1) {
    const name = mix[copy % mix.length] ?? "";
    const one = recorded.get(name) ?? [];
    for (const line of one) batch.push(line.replaceAll("node1-", `node1c${copy}-`));
    lines += one.length;
    calls += callsOf.get(name) ?? 0;
    if (batch.length < BATCH) continue;
    batches.push(batch);
    batch = [];
  }
  return { batches: [...batches, batch], lines, calls };
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

/** The calls and the lines a second of a mix: its median round. */
function measured(what: string, mix: Mix, print: (line: string) => void): { calls: number; lines: number } {
  const { batches, lines, calls } = journal(mix);
  print(`${what}: ${(lines / calls).toFixed(1)} lines a call, on one core, in batches of ${BATCH}`);
  const perSecond: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    let folded = 0;
    for (const batch of batches) folded += fold(batch);
    perSecond.push((folded * 1000) / (performance.now() - start));
  }
  const median = perSecond.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN;
  return { calls: median, lines: (median * lines) / calls };
}

/** How many calls a second one core takes from text to rows: parse, translate, fold. */
export async function bench(print: (line: string) => void): Promise<Figure[]> {
  const house = measured("calls as a house has them, four of five plain", asInAHouse(), print);
  const every = measured("every recorded kind alike", everyKind(), print);
  return [
    { what: "calls as a house has them", value: house.calls, unit: "/s", aim: { atLeast: 20_000 } },
    { what: "their lines", value: house.lines, unit: "/s" },
    { what: "calls, every recorded kind alike", value: every.calls, unit: "/s" },
    { what: "their lines", value: every.lines, unit: "/s" },
  ];
}
