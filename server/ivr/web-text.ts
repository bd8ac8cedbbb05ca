import type { Written } from "./variables.ts";

/** How the values of variables are written into what is sent to other computers, so that none can say more than itself. */

/** In a URL, and in a form. A lone half of a pair, which cannot be written there, is left out. */
export const inUrl: Written = (value) => encodeURIComponent(value.toWellFormed());

const LITERAL = /^(-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?|true|false|null)$/;

/** In JSON: within quotes as a part of a text; outside of them as a number or the like, else as a text of its own. */
export function inJson(template: string): Written {
  const quoted = quotedPlaces(template);
  return (value, at) => {
    const text = JSON.stringify(value);
    if (quoted.has(at)) return text.slice(1, -1);
    return LITERAL.test(value) ? value : text;
  };
}

/** Where in a JSON text a brace stands within quotes. */
function quotedPlaces(template: string): Set<number> {
  const places = new Set<number>();
  let inside = false;
  for (let at = 0; at < template.length; at += 1) {
    const sign = template[at];
    if (inside && sign === "\\") at += 1;
    else if (sign === '"') inside = !inside;
    else if (inside && sign === "{") places.add(at);
  }
  return places;
}

/** What stands at a path (`customer.orders[0].number`) in a JSON text; empty where nothing does. */
export function readJson(text: string, paths: readonly string[]): string[] {
  let whole: unknown;
  try {
    whole = JSON.parse(text);
  } catch {
    return paths.map(() => "");
  }
  return paths.map((path) => {
    let at: unknown = whole;
    for (const step of path.split(/[.[\]]+/).filter((one) => one !== "")) {
      at = typeof at === "object" && at !== null && Object.hasOwn(at, step) ? Reflect.get(at, step) : undefined;
    }
    if (at === undefined || at === null) return "";
    return typeof at === "object" ? JSON.stringify(at) : String(at);
  });
}

/** How a request's body is written, by its form. */
export const REQUEST_BODIES = {
  json: { words: "JSON", type: "application/json", written: inJson },
  form: { words: "Form", type: "application/x-www-form-urlencoded", written: (): Written => inUrl },
  text: { words: "Text", type: "text/plain; charset=utf-8", written: (): Written => (value) => value },
} as const;
