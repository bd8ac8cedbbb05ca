import { Value } from "typebox/value";
import { Flow, MOST_BLOCKS, MOST_NOTES } from "../../../contract/flow.ts";
import { freshId, type Kinds, type Place } from "./flow-edit.ts";

/** Blocks on the clipboard: a flow in part, as text, so that it can be pasted into another project or kept in a file. */

const MARK = "perchFlow";

/** The chosen blocks and notes as text, with the wires among them. */
export function copiedText(flow: Flow, ids: ReadonlySet<string>): string {
  const blocks = flow.blocks
    .filter(({ id }) => ids.has(id))
    .map((block) => ({
      ...block,
      exits: Object.fromEntries(Object.entries(block.exits).filter(([, to]) => ids.has(to))),
    }));
  return JSON.stringify({ [MARK]: 1, blocks, notes: flow.notes.filter(({ id }) => ids.has(id)) }, null, 2);
}

/** What a text of the clipboard holds; null where it is something else. */
export function flowOfText(text: string): Flow | null {
  if (!text.includes(MARK)) return null;
  try {
    const { [MARK]: mark, ...flow } = JSON.parse(text) as Record<string, unknown>;
    return mark === 1 && Value.Check(Flow, flow) ? flow : null;
  } catch {
    return null;
  }
}

/**
 * The parts put into the flow under new identifiers, the topmost left one at the place. Blocks that only one may be of
 * (where a flow begins) are left out when it is there already. Null: it would be more than a flow may have.
 */
export function pasted(
  flow: Flow,
  parts: Flow,
  kinds: Kinds,
  at: Place | null,
): { flow: Flow; ids: string[]; left: number } | null {
  const here = new Set(flow.blocks.map(({ type }) => type));
  const wanted = parts.blocks.filter(({ type }) => !(kinds.get(type)?.entry === true && here.has(type)));
  if (flow.blocks.length + wanted.length > MOST_BLOCKS || flow.notes.length + parts.notes.length > MOST_NOTES)
    return null;
  const places = [...wanted, ...parts.notes].map((part) => part.at);
  const corner = { x: Math.min(...places.map(({ x }) => x)), y: Math.min(...places.map(({ y }) => y)) };
  const by = at === null ? { x: 40, y: 40 } : { x: at.x - corner.x, y: at.y - corner.y };
  const moved = (place: Place) => ({ x: Math.round(place.x + by.x), y: Math.round(place.y + by.y) });

  let grown = flow;
  const named = new Map<string, string>();
  for (const block of wanted) {
    const id = freshId(grown, block.type);
    named.set(block.id, id);
    grown = { ...grown, blocks: [...grown.blocks, { ...block, id, at: moved(block.at) }] };
  }
  const ids = new Set(named.values());
  const notes: string[] = [];
  for (const note of parts.notes) {
    const id = freshId(grown, "note");
    notes.push(id);
    grown = { ...grown, notes: [...grown.notes, { ...note, id, at: moved(note.at) }] };
  }
  const blocks = grown.blocks.map((block) => {
    if (!ids.has(block.id)) return block;
    const exits = Object.entries(block.exits).flatMap(([exit, to]) => {
      const target = named.get(to);
      return target === undefined ? [] : [[exit, target]];
    });
    return { ...block, exits: Object.fromEntries(exits) };
  });
  return { flow: { ...grown, blocks }, ids: [...ids, ...notes], left: parts.blocks.length - wanted.length };
}
