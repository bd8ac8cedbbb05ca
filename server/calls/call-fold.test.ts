import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  expectedTable,
  factsOf,
  foldAll,
  recordedJournals,
  recordedLines,
  tableOf,
} from "../../test/journal-fixture.ts";
import { journalLanguage } from "../asterisk/journal-line.ts";
import type { JournalFact } from "../journal.ts";

/** As the batch does it: the first channel of a new Asterisk ends what was open before. */
function withRestarts(facts: JournalFact[]): JournalFact[] {
  const anew = facts.find((fact) => fact.extra.anew !== undefined && fact !== facts[0]);
  if (anew === undefined) return facts;
  const before = new Set(facts.filter((fact) => fact.atUs < anew.atUs).map((fact) => fact.linkedId));
  return [...facts, ...factsOf([...before].map((id) => journalLanguage.restartOf(id, anew.atUs)))];
}

const recorded = recordedJournals();
const journals = new Map(recorded.map((name) => [name, withRestarts(factsOf(recordedLines(name)))]));
const factsOfJournal = (name: string) => journals.get(name) ?? [];

describe("a recorded journal folds to the rows that were checked by hand", () => {
  test.each(recorded)("%s", (name) => {
    expect(tableOf(foldAll(factsOfJournal(name)))).toBe(expectedTable(name));
  });
});

describe("whatever happens to the lines on the way", () => {
  const journal = fc.constantFrom(...recorded);

  test("their order, repetition and distribution over batches change nothing", () => {
    fc.assert(
      fc.property(journal, fc.infiniteStream(fc.nat()), (name, stream) => {
        const facts = factsOfJournal(name);
        const random = () => stream.next().value as number;
        const twice = [...facts, ...facts.filter(() => random() % 2 === 0)];
        const shuffled = twice.map((fact) => ({ fact, at: random() })).sort((a, b) => a.at - b.at);
        expect(foldAll(shuffled.map(({ fact }) => fact))).toEqual(foldAll(facts));
      }),
      { numRuns: 300 },
    );
  });

  test("any beginning of a journal folds, and never to a row that ends before it starts", () => {
    for (const name of recorded) {
      const facts = factsOfJournal(name);
      for (let length = 1; length <= facts.length; length += 1) {
        for (const { rows } of foldAll(facts.slice(0, length))) {
          for (const row of rows) {
            const endUs = row.endedUs ?? Number.POSITIVE_INFINITY;
            expect(endUs).toBeGreaterThanOrEqual(row.startedUs);
            expect(row.talkUs ?? 0).toBeLessThanOrEqual(endUs - row.startedUs);
          }
        }
      }
    }
  });

  test("lines that are lost make no fold fail, and no row appears twice", () => {
    fc.assert(
      fc.property(journal, fc.infiniteStream(fc.nat(9)), (name, stream) => {
        const kept = factsOfJournal(name).filter(() => (stream.next().value as number) > 1);
        const ids = foldAll(kept).flatMap((call) => call.rows.map((row) => row.id));
        expect(new Set(ids).size).toBe(ids.length);
      }),
      { numRuns: 500 },
    );
  });

  test("hold is unknown where nobody listened, and known where somebody did", () => {
    const facts = factsOfJournal("queue-answered-agent-ends-hold");
    const rows = (some: JournalFact[]) => foldAll(some).flatMap((call) => call.rows);
    expect(rows(facts)[0]?.holdUs).toBeGreaterThan(1_000_000);
    expect(rows(facts.filter((fact) => fact.kind !== "listened"))[0]?.holdUs).toBeNull();
    expect(rows(facts.filter((fact) => fact.kind !== "hold"))[0]?.holdUs).toBe(0);
  });
});
