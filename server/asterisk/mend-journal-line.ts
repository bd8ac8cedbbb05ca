/** `","name":"`: between two fields, and before the first. */
const FIELD_START = /(?:^\{|",)"([a-z]+)":"/g;
const END = '"}';
/** Asterisk 22.10 cuts a JSON line here, in bytes (its issue 2106). */
const CUT_BYTES = 1023;

/**
 * A line of the journal as real JSON; null where it cannot be told what it said. Asterisk's own writer puts a backslash
 * before a quotation mark and does nothing else (res/cdrel_custom/formatters.c): a caller whose name holds a backslash
 * or a control character makes lines that are no JSON, and his call must be in the reports all the same. Read the way
 * they are written they are plain: within a value every quotation mark follows a backslash, so `,"` stands between
 * fields only. Control characters, which no name needs, become blanks.
 */
export function mendJournalLine(text: string): string | null {
  const starts = [...text.matchAll(FIELD_START)];
  const whole = text.endsWith(END);
  if (starts.length === 0 || (!whole && Buffer.byteLength(text) !== CUT_BYTES)) return null;
  const values = new Map<string, string>();
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
  // Two lines run together (one of them cut by a crash) have their fields twice: nothing can be said of either.
  return values.size === starts.length ? JSON.stringify(Object.fromEntries(values)) : null;
}
