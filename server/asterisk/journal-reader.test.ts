import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemClock } from "../clock.ts";
import type { JournalRead, JournalSource } from "../journal.ts";
import { openLog } from "../log.ts";
import { LONGEST_LINE, readJournalLine } from "./journal-line.ts";
import { createJournalReader, type JournalReaderOptions } from "./journal-reader.ts";

let directory: string;
let journal: string;
let reader: JournalSource;
const committed = new Map<string, number>();

const open = (more: Partial<JournalReaderOptions> = {}) => {
  reader?.stop();
  reader = createJournalReader({
    ...{ directory, names: ["journal", "hold"], clock: systemClock, log: openLog({ level: "silent" }), pollMs: 20 },
    ...more,
  });
  reader.resume(committed);
  return reader;
};

/** Everything there is, committed as it is read. */
async function readAll(): Promise<string[]> {
  const texts: string[] = [];
  for (;;) {
    const lines = await reader.next();
    if (lines.length === 0) return texts;
    for (const line of lines) {
      texts.push(line.text);
      committed.set(line.fileId, line.nextByte);
    }
  }
}

const write = (...texts: string[]) => appendFileSync(journal, texts.map((text) => `${text}\n`).join(""));

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "perch-journal-"));
  journal = join(directory, "journal.jsonl");
  committed.clear();
  open();
});

afterEach(() => {
  reader.stop();
  rmSync(directory, { recursive: true, force: true });
});

describe("the journal's reader", () => {
  test("hands out each line once, with the byte it stood at, across restarts", async () => {
    write("first", "zweite – mit Umlaut: ü", "third");
    const lines: JournalRead[] = await reader.next();
    expect(lines.map(({ byte, nextByte, text }) => [byte, nextByte, text])).toEqual([
      [0, 6, "first"],
      [6, 32, "zweite – mit Umlaut: ü"],
      [32, 38, "third"],
    ]);
    // Only two of them were committed before the end.
    committed.set(lines[0]?.fileId ?? "", 32);
    open();
    write("fourth");
    expect(await readAll()).toEqual(["third", "fourth"]);
    open();
    expect(await readAll()).toEqual([]);
  });

  test("waits for the end of a line that is being written", async () => {
    write("whole");
    appendFileSync(journal, "ha");
    expect(await readAll()).toEqual(["whole"]);
    appendFileSync(journal, "lf\n");
    expect(await readAll()).toEqual(["half"]);
  });

  test("waits where there is no file and no directory yet", async () => {
    rmSync(directory, { recursive: true, force: true });
    expect(await reader.next()).toEqual([]);
    mkdirSync(directory);
    expect(await reader.next()).toEqual([]);
  });

  test("reads a renamed file to its end, late lines too, and goes on with the new one", async () => {
    write("a", "b");
    expect(await readAll()).toEqual(["a", "b"]);
    write("c");
    renameSync(journal, join(directory, "journal-1.jsonl"));
    write("e");
    appendFileSync(join(directory, "journal-1.jsonl"), "d\n");
    expect(await readAll()).toEqual(["c", "d", "e"]);
    appendFileSync(join(directory, "journal-1.jsonl"), "late\n");
    expect(await readAll()).toEqual(["late"]);
  });

  test("renames a full file, and removes it once it is read and old", async () => {
    open({ rotateBytes: 10, keepMs: 60_000 });
    write("a line of some length");
    await reader.tidy(committed);
    write("the next one");
    expect(readdirSync(directory).sort()).toEqual(["journal-1.jsonl", "journal.jsonl"]);
    const old = join(directory, "journal-1.jsonl");
    utimesSync(old, 1, 1);
    await reader.tidy(committed);
    expect(readdirSync(directory)).toContain("journal-1.jsonl");
    expect(await readAll()).toEqual(["a line of some length", "the next one"]);
    await reader.tidy(committed);
    expect(readdirSync(directory).sort()).toEqual(["journal-2.jsonl"]);
  });

  test("knows a copy as the file it is a copy of, and an emptied file as another", async () => {
    write("one", "two");
    expect(await readAll()).toEqual(["one", "two"]);
    copyFileSync(journal, join(directory, "journal-1.jsonl"));
    truncateSync(journal);
    expect(await readAll()).toEqual([]);
    write("three", "four");
    expect(await readAll()).toEqual(["three", "four"]);
    open();
    expect(await readAll()).toEqual([]);
  });

  test("reads what is written after a machine lost the end of the file", async () => {
    write("one", "two", "three");
    expect(await readAll()).toEqual(["one", "two", "three"]);
    truncateSync(journal, 6);
    expect(await readAll()).toEqual([]);
    write("o", "four");
    expect(await readAll()).toEqual(["two", "four"]);
    open();
    write("five");
    expect(await readAll()).toEqual(["five"]);
  });

  test("cuts a line without end, as damage, and reads on behind it", async () => {
    writeFileSync(journal, `first\n${"x".repeat(3_000_000)}\nlast\n`);
    const texts = await readAll();
    expect(texts.map((text) => text.slice(0, 5))).toEqual(["first", "xxxxx", "last"]);
    expect(readJournalLine(texts[1] ?? "")).toEqual({ damaged: `longer than ${LONGEST_LINE} bytes` });
  });

  test("hands out bounded batches, and follows several journals", async () => {
    open({ maxLines: 10 });
    write(...Array.from({ length: 25 }, (_, index) => `line ${index}`));
    appendFileSync(join(directory, "hold.jsonl"), "held\n");
    appendFileSync(join(directory, "other.jsonl"), "not ours\n");
    const sizes: number[] = [];
    for (let lines = await reader.next(); lines.length > 0; lines = await reader.next()) sizes.push(lines.length);
    expect(sizes).toEqual([10, 10, 6]);
    expect(reader.unreadBytes()).toBe(0);
  });

  test("ends a wait when a line is written, and when it is stopped", async () => {
    open({ pollMs: 600_000 });
    const waiting = reader.next();
    write("now");
    expect((await waiting).map((line) => line.text)).toEqual(["now"]);
    const ending = reader.next();
    reader.stop();
    expect(await ending).toEqual([]);
  });
});
