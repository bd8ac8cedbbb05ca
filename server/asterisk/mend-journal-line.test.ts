import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { recordedJournals, recordedLines } from "../../test/journal-fixture.ts";
import { readJournalLine } from "./journal-line.ts";
import { mendJournalLine } from "./mend-journal-line.ts";

const all = recordedJournals().flatMap((name) => recordedLines(name));
const [line = "{}"] = all;
const fields: Record<string, string> = JSON.parse(line);

/** What Asterisk writes: a backslash before each quotation mark, and nothing else. */
const asWritten = (values: Record<string, string>) =>
  `{${Object.entries(values)
    .map(([field, value]) => `"${field}":"${value.replaceAll('"', '\\"')}"`)
    .join(",")}}`;

describe("a line that Asterisk wrote badly", () => {
  test("is read as it was meant, whatever the caller's name and number hold", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('"', "\\", ",", ":", "{", "}", "a", "\t", "\u001b") }),
        fc.string(),
        (name, num) => {
          const mended = mendJournalLine(asWritten({ ...fields, name, num }));
          const seen = (text: string) => text.replaceAll(/\p{Cc}/gu, " ");
          expect(JSON.parse(mended ?? "")).toEqual({ ...fields, name: seen(name), num: seen(num) });
        },
      ),
    );
  });

  test.each([
    'a\\"b\\\\c',
    "a\tb\u0001\u001b[31m",
    "ends with a backslash\\",
    "\\u0000",
    'x\\","eventtype":"HANGUP","linkedid":"node1-1.1',
  ])("keeps its call: %j", (name) => {
    const mended = mendJournalLine(asWritten({ ...fields, name })) ?? "";
    const fact = readJournalLine(mended);
    expect(fact).toEqual({ ...readJournalLine(line), callerName: name.replaceAll(/\p{Cc}/gu, " ") });
  });

  test("that is whole stays what it was", () => {
    for (const text of all) expect(JSON.parse(mendJournalLine(text) ?? "")).toEqual(JSON.parse(text));
  });

  test("cut behind what a call hangs on is read without the rest, and cut before it is damage", () => {
    const { context = "", num = "", peer = "", accountcode = "", name = "", ...first } = fields;
    const text = asWritten({ ...first, context, num, peer, accountcode, name });
    const kept = text.indexOf('"context"') + '"context":"'.length;
    for (let end = 1; end < text.length; end += 1) {
      const mended = mendJournalLine(text.slice(0, end));
      if (end < kept) expect(mended).toBeNull();
      else expect(readJournalLine(mended ?? "")).toMatchObject({ kind: "channel.started", linkedId: fields.linkedid });
    }
  });

  test.each(["", "{", "x", "[]", line.slice(0, 80), `${line.slice(0, 80)}${line}`, '{"a":1}'])(
    "that says nothing sure stays damaged: %.60s",
    (text) => expect(mendJournalLine(text)).toBeNull(),
  );
});
