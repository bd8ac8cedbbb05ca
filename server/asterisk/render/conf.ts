/** One configuration file: name under the `etc` directory and its whole text. */
export interface ConfigFile {
  name: string;
  text: string;
}

/** Something that cannot be written into a configuration file without meaning something else there. */
export class Unrenderable extends Error {}

// Control characters, and the line and paragraph separators some editors and programs break lines at.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not get in
const BREAKS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/**
 * The one way of a value into a file. A value is read to the end of its line, and `;` begins a comment unless escaped
 * (Asterisk's main/config.c), so these are all that can end it early. Throws Unrenderable for a line break.
 */
export function confValue(value: string): string {
  if (BREAKS.test(value)) throw new Unrenderable("a value with a line break or control character");
  return value.trim().replaceAll(";", "\\;");
}

/**
 * Words for a person (a display name), made harmless: characters with a meaning in caller ids, dial plans or
 * configuration files are left out rather than refused, because nobody looks a name up by them.
 */
export function plainWords(text: string): string {
  return [...text]
    .filter((character) => !BREAKS.test(character) && !'"<>\\;,()[]{}$|#='.includes(character))
    .join("")
    .trim();
}

/** A name that becomes a section or part of an address. Throws Unrenderable for anything but letters, digits, `_.-~`. */
export function confName(name: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9_.~-]{0,63}$/.test(name)) throw new Unrenderable(`the name ${JSON.stringify(name)}`);
  return name;
}

/** Checks a value against what it has to look like. Throws Unrenderable. */
export function confMatching(value: string, pattern: RegExp, what: string): string {
  if (!pattern.test(value)) throw new Unrenderable(`the ${what} ${JSON.stringify(value)}`);
  return value;
}

export type ConfLine = readonly [name: string, value: string | number] | null;

/** Settings that many sections share, put into words once: of 10,000 telephones each has two dozen of them. */
export class SharedLines {
  readonly text: string;

  constructor(lines: readonly (ConfLine | SharedLines)[]) {
    this.text = settings(lines);
  }
}

/** `[name]` and its settings; a null line is left out. */
export function section(name: string, lines: readonly (ConfLine | SharedLines)[]): string {
  return `[${confName(name)}]\n${settings(lines)}`;
}

function settings(lines: readonly (ConfLine | SharedLines)[]): string {
  let text = "";
  for (const line of lines) {
    if (line instanceof SharedLines) text += line.text;
    else if (line !== null) text += `${line[0]} = ${confValue(String(line[1]))}\n`;
  }
  return text;
}

/** A file from its sections. */
export function confFile(name: string, sections: readonly string[]): ConfigFile {
  return { name, text: `; Written by Perch from its database. Changes made here are lost.\n\n${sections.join("\n")}` };
}

/** Sorted by code units, so that the same configuration always gives the same bytes, whatever the locale. */
export function sortedBy<Row>(rows: readonly Row[], key: (row: Row) => string): Row[] {
  return [...rows].sort((left, right) => (key(left) < key(right) ? -1 : key(left) > key(right) ? 1 : 0));
}
