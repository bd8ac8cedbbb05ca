import { JOURNAL_FIELDS, type JournalRecord } from "./journal-fields.ts";

/** A value in which nothing is escaped. */
const PLAIN = String.raw`([^"\\\x00-\x1f]*)`;
/** A value that is JSON itself: its quotation marks are escaped, and nothing else is. */
const QUOTING = String.raw`((?:[^"\\\x00-\x1f]|\\")*)`;
const LINE = new RegExp(
  `^\\{${JOURNAL_FIELDS.map((field) => `"${field.toLowerCase()}":"${field === "EventExtra" ? QUOTING : PLAIN}"`).join(",")}\\}$`,
);

/**
 * What JSON.parse would say of a line that is just as Asterisk was told to write it, with nothing escaped that seldom
 * is: almost every line, in a fifth of the time. Null of any other, which may be a good one too.
 */
export function readPlainLine(text: string): JournalRecord | null {
  const found = LINE.exec(text);
  if (found === null) return null;
  const value = (place: number): string => found[place] ?? "";
  const eventextra = value(9);
  return {
    eventtype: value(1),
    eventtime: value(2),
    userdeftype: value(3),
    uniqueid: value(4),
    linkedid: value(5),
    channame: value(6),
    appname: value(7),
    appdata: value(8),
    eventextra: eventextra === "" ? "" : eventextra.replaceAll('\\"', '"'),
    exten: value(10),
    context: value(11),
    num: value(12),
    peer: value(13),
    accountcode: value(14),
    name: value(15),
  };
}
