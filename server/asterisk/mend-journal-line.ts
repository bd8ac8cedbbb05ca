import { JOURNAL_FIELDS } from "./journal-fields.ts";

/** `","name":"`: between two fields, and before the first. */
const FIELD_START = /(?:^\{|",)"([a-z]+)":"/g;
const END = '"}';
/** What a line may lack: all that is written behind the number dialled. */
const LAST_FIELDS = JOURNAL_FIELDS.slice(JOURNAL_FIELDS.indexOf("Exten") + 1).map((field) => field.toLowerCase());

/**
 * A line of the journal as real JSON; null where it cannot be told what it said. Asterisk's own writer puts a backslash
 * before a quotation mark and does nothing else (res/cdrel_custom/formatters.c): a caller whose name holds a backslash
 * or a control character makes lines that are no JSON, and his call must be in the reports all the same. Read the way
 * they are written they are plain: within a value every quotation mark follows a backslash, so `,"` stands between
 * fields only. Control characters, which no name needs, become blanks. It also cuts lines at 1023 bytes (its issue 2106),
 * and a line break in a caller's number cuts them too: what is left counts when it has all that a call hangs on.
 */
export function mendJournalLine(text: string): string | null {
  const starts = [...text.matchAll(FIELD_START)];
  const whole = text.endsWith(END);
  const fields = new Set(starts.map(([, field]) => field));
  // Two lines run together (one of them cut by a crash) have their fields twice: nothing can be said of either.
  if (starts.length === 0 || fields.size !== starts.length || (!whole && !fields.has("context"))) return null;
  const values = new Map(whole ? [] : LAST_FIELDS.map((field) => [field, ""]));
  starts.forEach(({ 0: start, 1: field = "", index }, place) => {
    const last = whole ? text.length - END.length : text.length;
    const raw = text.slice(index + start.length, starts[place + 1]?.index ?? last);
    values.set(
      field,
      raw
        .replaceAll('\\"', '"')
        .replaceAll(/\p{Cc}/gu, " ")
        .toWellFormed(),
    );
  });
  return JSON.stringify(Object.fromEntries(values));
}
