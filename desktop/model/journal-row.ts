/** One line of the journal, in the columns in which a person reads it. */
export interface JournalRow {
  event: string;
  /** Which leg: the name its channel has in the telephone system. */
  leg: string;
  number: string;
  dialled: string;
  doing: string;
  more: string;
}

/** The line as it is kept (the fields of Asterisk's event log) in columns. Fields that are not there stay empty. */
export function journalRow(line: unknown): JournalRow {
  const field = (name: string) => {
    const value: unknown = typeof line === "object" && line !== null ? Reflect.get(line, name) : undefined;
    return typeof value === "string" ? value : "";
  };
  const data = field("appdata");
  return {
    event: field("userdeftype") || field("eventtype"),
    leg: field("channame"),
    number: field("num"),
    dialled: field("exten"),
    doing: data === "" ? field("appname") : `${field("appname")}(${data})`,
    more: field("eventextra") || field("peer"),
  };
}
