import type { Flow } from "../../../contract/flow.ts";
import { type NameOf, optionWords } from "./block-words.ts";
import { blockExits, blockTitle, type Kinds } from "./flow-edit.ts";

export interface Found {
  id: string;
  title: string;
  /** Where it was found, in words: "Say: “Welcome”". */
  where: string;
}

/** Blocks and notes in which the text occurs: in the name, the kind, an option or an exit. */
export function searched(flow: Flow, typed: string, kinds: Kinds, nameOf: NameOf): Found[] {
  const needle = typed.trim().toLowerCase();
  if (needle === "") return [];
  const has = (text: string) => text.toLowerCase().includes(needle);
  const found: Found[] = [];
  for (const block of flow.blocks) {
    const kind = kinds.get(block.type);
    const title = blockTitle(block, kinds);
    const where = (): string | null => {
      if (has(title) || has(block.id)) return kind?.title ?? block.type;
      if (has(kind?.title ?? "")) return kind?.title ?? "";
      for (const [name, schema] of Object.entries(kind?.options.properties ?? {})) {
        const words = optionWords(block.options[name], schema, nameOf);
        if (has(words)) return `${schema.title ?? name}: ${words}`;
      }
      const exit = blockExits(block, kinds).find((one) => has(one.title));
      return exit === undefined ? null : `Exit ${exit.title}`;
    };
    const place = where();
    if (place !== null) found.push({ id: block.id, title, where: place });
  }
  for (const note of flow.notes) if (has(note.text)) found.push({ id: note.id, title: "Note", where: note.text });
  return found;
}
