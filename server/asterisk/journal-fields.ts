/**
 * What Asterisk is told to write of each event (render/cel.ts, "CEL Specification"), in that order. Keys of the lines
 * are these in small letters. Of a line that Asterisk cuts (its issue 2106), what nothing hangs on stands last.
 */
export const JOURNAL_FIELDS = [
  "EventType",
  "EventTime",
  "UserDefType",
  "UniqueID",
  "LinkedID",
  "ChanName",
  "AppName",
  "AppData",
  "EventExtra",
  "Exten",
  "Context",
  "Num",
  "Peer",
  "AccountCode",
  "Name",
] as const;

/** A line's key. */
export type JournalField = Lowercase<(typeof JOURNAL_FIELDS)[number]>;

/** A line of the journal: all strings. */
export type JournalRecord = Record<JournalField, string>;
