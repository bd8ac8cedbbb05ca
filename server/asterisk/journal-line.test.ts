import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { recordedJournals, recordedLines } from "../../test/journal-fixture.ts";
import { JOURNAL_FIELDS, type JournalField, type JournalRecord } from "./journal-fields.ts";
import { factOfRecord, LONGEST_LINE, ownLine, RESTART_EVENT, readJournalLine } from "./journal-line.ts";
import { readPlainLine } from "./plain-journal-line.ts";

const all = recordedJournals().flatMap((name) => recordedLines(name));
const [line = ""] = all;
/** The recorded lines in the order in which Asterisk is told to write them now. */
const ordered = all.map((text) => {
  const record = JSON.parse(text) as JournalRecord;
  return JSON.stringify(
    Object.fromEntries(
      JOURNAL_FIELDS.map((field) => [field.toLowerCase(), record[field.toLowerCase() as JournalField]]),
    ),
  );
});

describe("a journal line", () => {
  test("reads the same as written, as kept and spread out", () => {
    for (const text of all) {
      const fact = readJournalLine(text);
      expect(fact).not.toHaveProperty("damaged");
      expect(fact).toEqual(factOfRecord(JSON.parse(text)));
      expect(readJournalLine(text.replaceAll('","', '", "'))).toEqual(fact);
    }
  });

  // All of Unicode is laid out for it first, which takes a busy machine long.
  test("keeps names as they were written, whatever is in them", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string(), (name, appdata) => {
        const text = JSON.stringify({ ...JSON.parse(line), name: name.toWellFormed(), appdata });
        const fact = readJournalLine(text);
        if (/\0/.test(name + appdata)) expect(fact).toHaveProperty("damaged");
        else expect(fact).toMatchObject({ callerName: name.toWellFormed(), appData: appdata });
      }),
    );
  }, 60_000);

  test("cut, turned or broken anywhere is damage or a whole line, never a fault", () => {
    fc.assert(
      fc.property(fc.constantFrom(...all), fc.nat(), fc.nat(), fc.string(), (text, at, length, put) => {
        const from = at % text.length;
        const broken = text.slice(0, from) + put + text.slice(from + (length % 40));
        const fact = readJournalLine(broken);
        // What is taken for whole is JSON, or the database would refuse it.
        if (!("damaged" in fact)) expect(() => JSON.parse(broken)).not.toThrow();
      }),
      { numRuns: 2000 },
    );
  });

  test("as Asterisk is told to write it is read at a glance, and that is what JSON says", () => {
    expect(ordered.filter((text) => readPlainLine(text) === null)).toEqual([]);
    fc.assert(
      fc.property(fc.constantFrom(...ordered), fc.nat(), fc.nat(40), fc.string(), (text, at, length, put) => {
        const from = at % text.length;
        for (const one of [text, text.slice(0, from) + put + text.slice(from + length)]) {
          const glance = readPlainLine(one);
          if (glance !== null) expect(glance).toEqual(JSON.parse(one));
        }
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ["", "not a JSON object"],
    ["[]", "not a JSON object"],
    ["null", "not a JSON object"],
    [line.slice(0, 80), "not a JSON object"],
    [`${line}x`, "not a JSON object"],
    [line.replace('"num"', '"nun"'), "without num"],
    [line.replace(/"eventtime":"[^"]*"/, '"eventtime":"yesterday"'), "its time cannot be read"],
    [line.replace(/"eventtime":"[^"]*"/, '"eventtime":"1795348320.12345 "'), "its time cannot be read"],
    [line.replace(/"uniqueid":"[^"]*"/, '"uniqueid":""'), "without an id"],
    [line.replace('"name":"', '"name":"\\u0000'), "has a character that is none"],
    [line.replace('"name":"', '"name":"\\ud800'), "has a character that is none"],
    [line.replace('"name":"', '"name":"\u0001'), "not a JSON object"],
    [line.replace(/"eventextra":"[^"]*"/, '"eventextra":"{"'), "its extra part cannot be read"],
    [`"${"x".repeat(LONGEST_LINE)}"`, `longer than ${LONGEST_LINE} bytes`],
  ])("%.60s: %s", (text, why) => {
    expect(readJournalLine(text)).toEqual({ damaged: why });
  });

  test.each([
    ["PERCH_ATTENDED", "transfer.attended", "n-1.0|n-1.4", { transferee: "n-1.0", target: "n-1.4" }],
    ["PERCH_SENT", "transfer.blind", "n-1.0|q7", { transferee: "n-1.0", to: "q7" }],
  ])("%s, of a transfer from the desktop, is a %s", (event, kind, text, extra) => {
    expect(readJournalLine(ownLine(event, 1_795_348_320_000_000, "n-1.0", "n-1.1", text))).toMatchObject({
      ...{ kind, channelId: "n-1.1", extra },
    });
  });

  test("of a kind that is not known says nothing, and is kept", () => {
    expect(readJournalLine(line.replace("CHAN_START", "SOMETHING_NEW"))).toMatchObject({ kind: "other" });
  });

  test("of ours has the form of Asterisk's", () => {
    expect(readJournalLine(ownLine(RESTART_EVENT, 1_795_348_320_000_007, "", "", ""))).toMatchObject({
      kind: "restart",
      atUs: 1_795_348_320_000_007,
    });
  });
});
