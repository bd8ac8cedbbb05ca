import type { Flow, OptionSchema } from "../../../contract/flow.ts";
import type { Kinds } from "./flow-edit.ts";

/** What every call carries from its beginning. */
const GIVEN = ["caller", "dialled", "language"];

const PLACE = /\{([a-z][A-Za-z0-9_]{0,30}(?:\.[a-z][A-Za-z0-9_]{0,30})?)\}/g;

/** The names that can stand between braces: what is given, what blocks of the flow set, what they speak of. */
export function variablesOf(flow: Flow, kinds: Kinds): string[] {
  const found = new Set<string>();
  const look = (value: unknown, schema: OptionSchema | undefined) => {
    if (schema === undefined || value === null || value === undefined) return;
    if (typeof value === "string") {
      if (schema.draw === "variable" && value !== "") found.add(value);
      else for (const [, name] of value.matchAll(PLACE)) if (name !== undefined) found.add(name);
    } else if (schema.draw === "sayings") {
      for (const [, name] of JSON.stringify(value).matchAll(PLACE)) if (name !== undefined) found.add(name);
    } else if (Array.isArray(value)) {
      for (const each of value) look(each, schema.items);
    } else if (typeof value === "object") {
      for (const [name, each] of Object.entries(value)) look(each, schema.properties?.[name]);
    }
  };
  for (const block of flow.blocks) {
    const kind = kinds.get(block.type);
    look(block.options, kind?.options);
    for (const name of kind?.sets ?? []) found.add(name);
  }
  for (const name of GIVEN) found.delete(name);
  // Of headers: no variables.
  for (const name of found) if (name.startsWith("secret.")) found.delete(name);
  return [...GIVEN, ...[...found].sort()];
}

/** A text whose last brace is still open at the caret, with each name that could stand there: the whole texts. */
export function completions(text: string, caret: number, names: readonly string[]): { name: string; text: string }[] {
  const open = /\{([A-Za-z0-9_.]*)$/.exec(text.slice(0, caret));
  if (open === null) return [];
  const typed = (open[1] ?? "").toLowerCase();
  const before = text.slice(0, open.index);
  const after = text.slice(caret).replace(/^[A-Za-z0-9_.]*\}/, "");
  return names
    .filter((name) => name.toLowerCase().includes(typed))
    .map((name) => ({ name, text: `${before}{${name}}${after}` }));
}
