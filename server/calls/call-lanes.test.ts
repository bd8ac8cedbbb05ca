import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { factsOf, foldAll, recordedJournals, recordedLines } from "../../test/journal-fixture.ts";
import type { JournalFact } from "../journal.ts";
import { foldLanes } from "./call-fold.ts";
import type { FoldedLane, LaneSpan } from "./folded-call.ts";

const recorded = recordedJournals();
const journals = new Map(recorded.map((name) => [name, factsOf(recordedLines(name))]));
const factsOfJournal = (name: string) => journals.get(name) ?? [];
const journal = fc.constantFrom(...recorded);

const lanesOfJournal = (facts: readonly JournalFact[]): FoldedLane[] =>
  [...Map.groupBy(facts, (fact) => fact.linkedId).values()].flatMap((ofCall) => foldLanes(ofCall));

const END = Number.POSITIVE_INFINITY;
const lengthOf = (span: LaneSpan) => (span.toUs ?? END) - span.fromUs;

/** `rang 320, talked 1010 with desk-1`: milliseconds. */
function wordsOf(lane: FoldedLane, all: readonly FoldedLane[]): string {
  const nameOf = (id: string) => all.find((one) => one.id === id)?.endpoint ?? "outside";
  const spans = lane.spans.filter((span) => lengthOf(span) > 5_000);
  return spans.map(({ kind, with: others }) => [kind, ...others.map(nameOf)].join(" ")).join(", ");
}

describe("every party of a call", () => {
  test("is in exactly one state at every instant, from its first line to its last", () => {
    for (const name of recorded) {
      const facts = factsOfJournal(name);
      for (let length = 1; length <= facts.length; length += 1) {
        for (const lane of lanesOfJournal(facts.slice(0, length))) {
          let at = lane.fromUs;
          for (const span of lane.spans) {
            expect(span.fromUs).toBe(at);
            at = span.toUs ?? END;
            expect(at).toBeGreaterThan(span.fromUs);
          }
          expect(at).toBe(lane.spans.length === 0 ? lane.fromUs : (lane.toUs ?? END));
        }
      }
    }
  });

  test("talks for as long as its row says", () => {
    for (const name of recorded) {
      for (const [, ofCall] of Map.groupBy(factsOfJournal(name), (fact) => fact.linkedId)) {
        const lanes = foldLanes(ofCall);
        for (const row of foldAll(ofCall).flatMap((call) => call.rows)) {
          const lane = lanes.find((one) => one.id === row.legId);
          if (lane === undefined || row.endedUs === null || lane.spans.every((span) => span.with.length === 0))
            continue;
          // By way of another connection two come together in a few steps.
          const slackUs = name.includes("by-keys") ? 1_000 : 0;
          // Whoever was asked first has his row from when he got the caller.
          const talked = lane.spans.filter(
            ({ kind, toUs }) =>
              (kind === "talked" || kind === "held") && (toUs ?? END) > (row.answeredUs ?? 0) + slackUs,
          );
          const us = talked.reduce((sum, span) => sum + lengthOf(span), 0);
          expect(Math.abs(us - (row.talkUs ?? 0)), name).toBeLessThanOrEqual(slackUs);
        }
      }
    }
  });

  test("talks with one at a time, whatever its telephone has on its lines", () => {
    for (const name of recorded.filter((one) => one.startsWith("scenario-"))) {
      const byTelephone = Map.groupBy(lanesOfJournal(factsOfJournal(name)), (lane) => lane.endpoint ?? lane.id);
      for (const lanes of byTelephone.values()) {
        const talks = lanes.flatMap((lane) => lane.spans).filter(({ kind }) => kind === "talked");
        talks.sort((a, b) => a.fromUs - b.fromUs);
        // A transfer takes the two sides apart one after the other, and half a second where it makes a connection.
        const slackUs = name.includes("handed-over") ? 600_000 : 20_000;
        for (const [index, talk] of talks.entries()) {
          expect(talk.fromUs, name).toBeGreaterThan((talks[index - 1]?.toUs ?? 0) - slackUs);
        }
      }
    }
  });

  test("has the same picture in whatever order and however often the lines come", () => {
    fc.assert(
      fc.property(journal, fc.infiniteStream(fc.nat()), (name, stream) => {
        const facts = factsOfJournal(name);
        const random = () => stream.next().value as number;
        const twice = [...facts, ...facts.filter(() => random() % 2 === 0)];
        const shuffled = twice.map((fact) => ({ fact, at: random() })).sort((a, b) => a.at - b.at);
        const [linkedId] = new Set(facts.map((fact) => fact.linkedId));
        const of = (some: readonly JournalFact[]) => foldLanes(some.filter((fact) => fact.linkedId === linkedId));
        expect(of(shuffled.map(({ fact }) => fact))).toEqual(of(facts));
      }),
      { numRuns: 200 },
    );
  });
});

test.each([
  [
    "a caller is parked and taken back elsewhere",
    ["waited, talked desk-1, parked, talked desk-2", "rang, talked outside", "talked outside"],
  ],
  [
    "a caller is handed over after a word with the colleague",
    [
      "waited, talked desk-1, held desk-1, talked desk-2",
      "rang, talked outside, held outside",
      "talked outside",
      "dialled, talked desk-2",
      "rang, talked desk-1",
    ],
  ],
  [
    "a caller is held from the desktop twice and hangs up",
    [
      "waited, talked desk-1, held desk-1, talked desk-1, held desk-1, talked desk-1",
      "rang, talked outside, held outside, talked outside, held outside, talked outside",
    ],
  ],
  [
    "a caller is handed over from the desktop to the colleague who was asked",
    [
      "waited, talked desk-1, held desk-1, talked desk-4",
      "rang, talked outside, held outside, talked desk-4",
      "rang, talked desk-1, talked outside",
    ],
  ],
  [
    "held a colleague asked taken back and handed over to somebody outside",
    [
      "waited, talked desk-1, held desk-1, talked desk-1, held desk-1, talked outside",
      "rang, talked outside, held outside, talked desk-4, talked outside, held outside, talked outside",
      "rang, talked desk-1",
      "rang, talked desk-1, talked outside",
    ],
  ],
  ["a colleague takes the call that rings at a telephone", ["waited, talked desk-2", "rang", "talked outside"]],
])("the picture of “%s”", (name, expected) => {
  const lanes = lanesOfJournal(factsOfJournal(`scenario-${name.replaceAll(" ", "-")}`));
  expect(lanes.map((lane) => wordsOf(lane, lanes)).filter((words) => words !== "")).toEqual(expected);
});

/** What clocks on the wall do to a call: nothing. Each is the middle of a call. */
test.each([
  ["midnight", "2026-03-02T00:00:00Z"],
  ["the end of a month", "2026-02-28T23:00:00Z"],
  ["the beginning of summer time", "2026-03-29T01:00:00Z"],
  ["the end of summer time", "2026-10-25T01:00:00Z"],
])("a call over %s is as long as at any other time", (_what, instant) => {
  for (const name of recorded) {
    const facts = factsOfJournal(name);
    const stamps = facts.filter(({ kind }) => kind !== "restart").map(({ atUs }) => atUs);
    const middle = Math.round((Math.min(...stamps) + Math.max(...stamps)) / 2);
    const by = Date.parse(instant) * 1000 - middle;
    const shifted = facts.map((fact) => ({
      ...fact,
      atUs: fact.atUs + by,
      extra: fact.extra.from === undefined ? fact.extra : { ...fact.extra, from: String(Number(fact.extra.from) + by) },
    }));
    const lengths = (some: readonly JournalFact[]) =>
      foldAll(some).flatMap((call) =>
        call.rows.map((row) => [row.id, row.startedUs - (some[0]?.atUs ?? 0), row.talkUs, row.holdUs, row.disposition]),
      );
    expect(lengths(shifted)).toEqual(lengths(facts));
  }
});
