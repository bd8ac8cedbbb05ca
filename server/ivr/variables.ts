/** Most variables of one call, and the longest a value may be: what is longer is cut. */
const MOST_VARIABLES = 200;
const LONGEST_VALUE = 2000;

/** How a value is written at a place of a text; `at` is where its name stands there. */
export type Written = (value: string, at: number) => string;

/** What a call carries through a project: text by name. Names that nobody set are empty. */
export interface Variables {
  get(name: string): string;
  /** `secret`: blocks have it, and it is not written down. */
  set(name: string, value: string, secret?: boolean): void;
  /** A text with `{name}` replaced by what the variable holds; anything else in braces stays. */
  fill(text: string, written?: Written): string;
  /** Of all names; what is secret as dots. */
  all(): Record<string, string>;
}

/** What jsonb can hold: no NUL, and no half of a sign, which a cut or an answer of another computer may leave. */
export const storable = (text: string): string => text.replaceAll("\0", "").toWellFormed();

const PLACE = /\{([a-z][A-Za-z0-9_]{0,30}(?:\.[a-z][A-Za-z0-9_]{0,30})?)\}/g;

/** Builds the variables of a call out of those it begins with. */
export function createVariables(first: Readonly<Record<string, string>>): Variables {
  const values = new Map(Object.entries(first));
  const secrets = new Set<string>();
  const get = (name: string) => values.get(name) ?? "";
  return {
    get,
    set(name, value, secret = false) {
      if (values.size >= MOST_VARIABLES && !values.has(name)) return;
      values.set(name, storable(value.slice(0, LONGEST_VALUE)));
      if (secret) secrets.add(name);
      else secrets.delete(name);
    },
    // A value is not filled in again: what a caller says cannot name a variable.
    fill: (text, written = (value) => value) =>
      text.replace(PLACE, (_, name: string, at: number) => written(get(name), at)),
    all: () =>
      Object.fromEntries(
        [...values].map(([name, value]) => [name, secrets.has(name) ? "•".repeat(value.length) : value]),
      ),
  };
}
