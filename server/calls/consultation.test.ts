import { expect, test } from "vitest";
import { factsOf, foldAll, recordedJournals, recordedLines } from "../../test/journal-fixture.ts";
import type { JournalFact } from "../journal.ts";

const RUNG_BACK = [
  "scenario-who-asks-hangs-up-while-it-rings-and-the-caller-is-rung-back-to-him",
  "scenario-who-asks-hangs-up-while-they-talk-and-the-caller-is-rung-back-to-him",
];
const rowsOf = (facts: readonly JournalFact[]) => foldAll(facts).flatMap((call) => call.rows);

test.each(RUNG_BACK)("%s, also where its end is written after the ringing has begun", (name) => {
  const facts = factsOf(recordedLines(name));
  const by = facts.find(({ kind }) => kind === "asked")?.channelId;
  const endpoint = "desk-1";
  const back = facts.find(
    ({ kind, party, channelId }) =>
      kind === "channel.started" && channelId !== by && party.kind === "telephone" && party.endpoint === endpoint,
  );
  const rangUs = back?.atUs ?? Number.NaN;
  const late = facts.map((fact) =>
    fact.channelId === by && fact.kind === "channel.ended" ? { ...fact, atUs: rangUs + 5000 } : fact,
  );
  const outcome = (some: JournalFact[]) => rowsOf(some).map((row) => [row.id, row.endpoint, row.disposition]);
  expect(outcome(late)).toEqual(outcome(facts));
  expect(rowsOf(late).filter((row) => row.type === "inbound")).toHaveLength(2);
});

test("whichever two lines of one are lost, nobody talked with whom he asked for longer than that lasted", () => {
  const asked = recordedJournals().filter((name) => recordedLines(name).some((line) => line.includes("PERCH_ASKED")));
  expect(asked.length).toBeGreaterThan(5);
  for (const name of asked) {
    const facts = factsOf(recordedLines(name));
    for (let one = 0; one < facts.length; one += 1) {
      for (let other = one + 1; other < facts.length; other += 1) {
        const rows = rowsOf(facts.filter((_, index) => index !== one && index !== other));
        for (const { id, startedUs, endedUs, talkUs } of rows) {
          if (!id.includes("~") || endedUs === null) continue;
          expect(talkUs, `${name} without lines ${one} and ${other}`).toBeLessThanOrEqual(endedUs - startedUs);
        }
      }
    }
  }
});

test("the talk goes on where those who are joined again come together a while after the hold was said to be over", () => {
  const name = "scenario-a-colleague-is-asked-from-the-desktop-refuses-and-the-caller-comes-back-by-himself";
  const facts = factsOf(recordedLines(name));
  const [row] = rowsOf(facts);
  const early = facts.map((fact) => (fact.kind === "unhold" ? { ...fact, atUs: fact.atUs - 250_000 } : fact));
  expect(early).not.toEqual(facts);
  const [sooner] = rowsOf(early);
  expect(row?.talkUs).toBeGreaterThan(0);
  expect(sooner?.talkUs).toBe(row?.talkUs);
});
