import { expect, it } from "vitest";
import type { JournalFact } from "../journal.ts";
import { endOfParts, isToldToItsEnd, placeOf, recordedParts } from "./recorded-parts.ts";

const START = Date.parse("2026-03-02T08:00:00Z");
const at = (seconds: number) => new Date(START + seconds * 1000);
const fact = (seconds: number, kind: JournalFact["kind"], more: Partial<JournalFact> = {}): JournalFact => ({
  ...{ kind, atUs: (START + seconds * 1000) * 1000, linkedId: "n-1.0", channelId: "n-1.0" },
  ...{ party: { kind: "trunk", trunkId: 1 }, callerNumber: "", callerName: "", exten: "", context: "" },
  ...{ app: "", appData: "", accountCode: "", bridgeId: null, channelName: "", extra: {} },
  ...more,
});
const recorded = (seconds: number, recording: string) => fact(seconds, "recorded", { extra: { recording } });
const entered = (seconds: number, bridgeId = "b") => fact(seconds, "bridge.entered", { bridgeId });
const left = (seconds: number, bridgeId = "b") => fact(seconds, "bridge.left", { bridgeId });
const partsOf = (facts: JournalFact[], lengthMs: number, source = "one") =>
  recordedParts(facts, { source, channelId: "n-1.0", lengthMs }, at(99)).map(
    ({ startedAt, placeMs, lengthMs: long }) => [(Date.parse(startedAt) - START) / 1000, placeMs / 1000, long / 1000],
  );

it("only what is talked stands in a recording, one stretch after the other", () => {
  const facts = [recorded(0, "one"), entered(10), left(20), entered(30, "c"), fact(45, "channel.ended")];
  expect(partsOf(facts, 25_000)).toEqual([
    [10, 0, 10],
    [30, 10, 15],
  ]);
});

it("from one bridge to the next there is no gap, in whatever order the journal tells it", () => {
  const move = [entered(20, "c"), left(20)];
  for (const moved of [move, move.toReversed()]) {
    expect(partsOf([recorded(0, "one"), entered(10), ...moved, left(30, "c")], 20_000)).toEqual([[10, 0, 20]]);
  }
});

it("another recording of the same channel, or none, is not this one's", () => {
  const facts = [recorded(0, "one"), entered(10), left(20), recorded(21, "two"), entered(25), left(30)];
  expect(partsOf([...facts, recorded(31, ""), entered(35), left(40)], 5000, "two")).toEqual([[25, 0, 5]]);
});

it("the recording's own length is right", () => {
  const facts = [recorded(0, "one"), entered(10), left(20), entered(30), left(40)];
  expect(partsOf(facts, 15_000)).toEqual([
    [10, 0, 10],
    [30, 10, 5],
  ]);
  expect(partsOf(facts, 20_700)).toEqual([
    [10, 0, 10],
    [30, 10, 10.7],
  ]);
  expect(partsOf([], 3000)).toEqual([[99, 0, 3]]);
});

it("a channel is told to its end by its own, or by that of everything", () => {
  const ended = fact(45, "channel.ended");
  expect(isToldToItsEnd([entered(10), ended], "n-1.0")).toBe(true);
  expect(isToldToItsEnd([entered(10), ended, fact(46, "linked.ended")], "n-1.1")).toBe(false);
  expect(isToldToItsEnd([entered(10), fact(50, "restart")], "n-1.1")).toBe(true);
});

it("an instant has its place; between two parts it is where the second begins", () => {
  const facts = [recorded(0, "one"), entered(10), left(20), entered(30), left(45)];
  const parts = recordedParts(facts, { source: "one", channelId: "n-1.0", lengthMs: 25_000 }, at(0));
  expect([5, 10, 15, 25, 30, 40, 60].map((second) => placeOf(parts, at(second)))).toEqual([
    0, 0, 5000, 10_000, 10_000, 20_000, 25_000,
  ]);
  expect(endOfParts(parts)).toEqual(at(45));
});
