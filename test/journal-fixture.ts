import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { journalLanguage } from "../server/asterisk/journal-line.ts";
import { foldCall } from "../server/calls/call-fold.ts";
import type { FoldedCall } from "../server/calls/folded-call.ts";
import type { JournalFact } from "../server/journal.ts";

const folder = join(import.meta.dirname, "fixtures", "journals");

/** The journals recorded from real calls: their names, in order. */
export const recordedJournals = (): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith(".md"))
    .map((file) => file.slice(0, -3))
    .sort();

/** Lines of a recorded journal, those of the hold journal beside it last. */
export function recordedLines(name: string): string[] {
  const files = readdirSync(folder).filter((file) => file === `${name}.jsonl` || file === `${name}.hold.jsonl`);
  return files
    .sort((a, b) => b.length - a.length)
    .toReversed()
    .flatMap((file) => readFileSync(join(folder, file), "utf8").split("\n"))
    .filter((line) => line !== "");
}

export const factsOf = (lines: readonly string[]): JournalFact[] =>
  lines.map((line) => {
    const read = journalLanguage.read(line);
    if ("damaged" in read) throw new Error(`${read.damaged}: ${line}`);
    return read;
  });

/** All calls of these facts, earliest first. */
export function foldAll(facts: readonly JournalFact[]): FoldedCall[] {
  const calls = [...Map.groupBy(facts, (fact) => fact.linkedId)].map(([, ofCall]) => foldCall(ofCall));
  return calls.filter((call) => call !== null).sort((a, b) => a.startedUs - b.startedUs);
}

/** What a person checked by hand: the table of rows below the recorded facts. */
export function expectedTable(name: string): string {
  const text = readFileSync(join(folder, `${name}.md`), "utf8");
  return text.slice(text.indexOf("|")).trim();
}

const HEAD =
  "| call | telephone | source | destination | queue | result | start | rang | answer | end | talk | hold | ended by |";

/** Folded rows as the same table: instants and lengths in milliseconds, instants from the first row's start. */
export function tableOf(calls: readonly FoldedCall[]): string {
  const zero = Math.min(...calls.map((call) => call.startedUs));
  const ms = (us: number | null) => (us === null ? "–" : String(Math.round(us / 1000)));
  const at = (us: number | null) => ms(us === null ? null : us - zero);
  const lines = calls.flatMap((call) =>
    call.rows.map((row) =>
      [
        call.endReason === "asterisk-restart" ? `${row.type}, cut off` : row.type,
        row.endpoint ?? "–",
        row.source,
        row.destination,
        row.queueId === null ? "–" : String(row.queueId),
        row.disposition,
        at(row.startedUs),
        at(row.rangUs),
        at(row.answeredUs),
        at(row.endedUs),
        ms(row.talkUs),
        ms(row.holdUs),
        row.endedBy ?? "–",
      ].join(" | "),
    ),
  );
  return [HEAD, `|${"---|".repeat(13)}`, ...lines.map((line) => `| ${line} |`)].join("\n");
}
