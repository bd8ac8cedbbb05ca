import { type BlockKind, exitsOf, type Flow, type FlowBlock, type FlowNote } from "../../../contract/flow.ts";
import { freshOptions } from "./option-defaults.ts";

/**
 * The changes a hand makes to a flow. Each gives a new flow and leaves the old one as it was, so that undoing is going
 * back to it; what a change does not touch stays the same object.
 */

export interface Place {
  x: number;
  y: number;
}

/** The kinds of blocks by their type, as the server gave them. */
export type Kinds = ReadonlyMap<string, BlockKind>;

/** Places snap to this, so that wires run straight. */
export const GRID = 10;
const snapped = ({ x, y }: Place): Place => ({
  x: Math.round(x / GRID) * GRID,
  y: Math.round(y / GRID) * GRID,
});

/** A flow as it begins: a start, which leads nowhere yet. */
export function emptyFlow(kinds: Kinds): Flow {
  const start = kinds.get("start");
  return start === undefined
    ? { blocks: [], notes: [] }
    : addBlock({ blocks: [], notes: [] }, start, { x: 0, y: 0 }).flow;
}

/** An identifier that no block or note of the flow has: the kind's name and a number. */
export function freshId(flow: Flow, stem: string): string {
  const taken = new Set([...flow.blocks, ...flow.notes].map(({ id }) => id));
  const short = stem.slice(0, 32);
  for (let number = 1; ; number++) {
    const id = `${short}-${number}`;
    if (!taken.has(id)) return id;
  }
}

/** A new block of that kind with its usual options. */
export function addBlock(flow: Flow, kind: BlockKind, at: Place): { flow: Flow; id: string } {
  const id = freshId(flow, kind.type);
  const block: FlowBlock = { id, type: kind.type, options: freshOptions(kind), exits: {}, at: snapped(at) };
  return { flow: { ...flow, blocks: [...flow.blocks, block] }, id };
}

export function addNote(flow: Flow, text: string, at: Place): { flow: Flow; id: string } {
  const id = freshId(flow, "note");
  return { flow: { ...flow, notes: [...flow.notes, { id, text, at: snapped(at) }] }, id };
}

/** One block changed by the function; the same flow where nothing came of it. */
export function changeBlock(flow: Flow, id: string, change: (block: FlowBlock) => FlowBlock): Flow {
  const blocks = flow.blocks.map((block) => (block.id === id ? change(block) : block));
  return blocks.some((block, at) => block !== flow.blocks[at]) ? { ...flow, blocks } : flow;
}

export function changeNote(flow: Flow, id: string, text: string): Flow {
  return { ...flow, notes: flow.notes.map((note) => (note.id === id ? { ...note, text } : note)) };
}

/** A name of its own; an empty one is the kind's again. */
export function renameBlock(flow: Flow, id: string, title: string): Flow {
  return changeBlock(flow, id, ({ title: _, ...block }) => (title === "" ? block : { ...block, title }));
}

/** The exit leads to that block from now on; null: nowhere. */
export function wire(flow: Flow, from: string, exit: string, to: string | null): Flow {
  return changeBlock(flow, from, (block) => {
    if ((block.exits[exit] ?? null) === to) return block;
    const { [exit]: _, ...exits } = block.exits;
    return { ...block, exits: to === null ? exits : { ...exits, [exit]: to } };
  });
}

/**
 * Other options for a block. Wires follow their exits: a row of a list option that is called otherwise takes its wire
 * along, one that is gone takes its wire away.
 */
export function changeOptions(
  flow: Flow,
  kind: BlockKind | undefined,
  id: string,
  options: FlowBlock["options"],
): Flow {
  return changeBlock(flow, id, (block) => {
    if (kind === undefined || kind.exitsOf === null) return { ...block, options };
    const { option, name } = kind.exitsOf;
    const before = rowNames(block.options[option], name);
    const after = rowNames(options[option], name);
    const exits = { ...block.exits };
    const renamed = before.length === after.length && before.filter((one, at) => one !== after[at]).length === 1;
    if (renamed) {
      const at = before.findIndex((one, row) => one !== after[row]);
      const was = before[at] || (strayExit(block, kind) ?? "");
      const now = after[at] ?? "";
      const target = exits[was];
      if (target !== undefined && now !== "" && !(now in exits)) {
        exits[now] = target;
        if (!after.includes(was)) delete exits[was];
      }
    }
    const there = new Set(exitsOf(kind, options).map((exit) => exit.name));
    for (const exit of before) {
      // Half-written, a row has no name for a moment: its wire waits under the old one until the next name comes.
      if (!there.has(exit) && before.length !== after.length) delete exits[exit];
    }
    return { ...block, options, exits };
  });
}

/** The one exit that is wired and that no row is called by: its row is being called otherwise. */
function strayExit(block: FlowBlock, kind: BlockKind): string | null {
  const known = new Set(exitsOf(kind, block.options).map(({ name }) => name));
  const strays = Object.keys(block.exits).filter((name) => !known.has(name));
  return strays.length === 1 ? (strays[0] ?? null) : null;
}

function rowNames(rows: unknown, field: string): string[] {
  return Array.isArray(rows) ? rows.map((row: Record<string, unknown>) => String(row[field] ?? "")) : [];
}

/** Blocks and notes moved, each to its place. */
export function moveParts(flow: Flow, places: ReadonlyMap<string, Place>): Flow {
  const moved = <Part extends FlowBlock | FlowNote>(part: Part): Part => {
    const place = places.get(part.id);
    if (place === undefined) return part;
    const at = snapped(place);
    return at.x === part.at.x && at.y === part.at.y ? part : { ...part, at };
  };
  return { blocks: flow.blocks.map(moved), notes: flow.notes.map(moved) };
}

/** Blocks and notes shifted by so much. */
export function shiftParts(flow: Flow, ids: ReadonlySet<string>, by: Place): Flow {
  const places = [...flow.blocks, ...flow.notes]
    .filter(({ id }) => ids.has(id))
    .map(({ id, at }): [string, Place] => [id, { x: at.x + by.x, y: at.y + by.y }]);
  return moveParts(flow, new Map(places));
}

/** Without those blocks and notes, and without the wires that led to them. */
export function removeParts(flow: Flow, ids: ReadonlySet<string>): Flow {
  return {
    blocks: flow.blocks.filter(({ id }) => !ids.has(id)).map((block) => withoutWiresTo(block, ids)),
    notes: flow.notes.filter(({ id }) => !ids.has(id)),
  };
}

function withoutWiresTo(block: FlowBlock, ids: ReadonlySet<string>): FlowBlock {
  const kept = Object.entries(block.exits).filter(([, to]) => !ids.has(to));
  return kept.length === Object.keys(block.exits).length ? block : { ...block, exits: Object.fromEntries(kept) };
}

/** What a block is called: its own name, else its kind's. */
export function blockTitle(block: Pick<FlowBlock, "title" | "type">, kinds: Kinds): string {
  return block.title || kinds.get(block.type)?.title || block.type;
}

/** The exits of a block; those that are wired and that its kind does not know come last, so that they can be seen. */
export function blockExits(block: FlowBlock, kinds: Kinds): { name: string; title: string; known: boolean }[] {
  const kind = kinds.get(block.type);
  const known = kind === undefined ? [] : exitsOf(kind, block.options);
  const strays = Object.keys(block.exits).filter((name) => !known.some((exit) => exit.name === name));
  return [
    ...known.map((exit) => ({ ...exit, known: true })),
    ...strays.map((name) => ({ name, title: name, known: false })),
  ];
}

/** The first exit of a block that leads nowhere. */
function freeExit(block: FlowBlock, kinds: Kinds): string | null {
  return blockExits(block, kinds).find(({ name }) => block.exits[name] === undefined)?.name ?? null;
}

/** How wide and high blocks and notes are drawn, in the flow's own units. */
export const BLOCK_WIDTH = 220;
const HEAD_HEIGHT = 50;
const EXIT_HEIGHT = 22;
export const NOTE_SIZE = { width: 200, height: 100 };
export const blockHeight = (exits: number) => HEAD_HEIGHT + exits * EXIT_HEIGHT + (exits > 0 ? 6 : 0);

/**
 * A new block behind another: on the right of it, below what stands there, wired from the named exit, or from the first
 * one that leads nowhere.
 */
export function addBehind(
  flow: Flow,
  kind: BlockKind,
  kinds: Kinds,
  behind: string,
  from?: string,
): { flow: Flow; id: string } {
  const before = flow.blocks.find(({ id }) => id === behind);
  if (before === undefined) return addBlock(flow, kind, freePlace(flow, kinds, { x: 0, y: 0 }));
  const exit = from ?? freeExit(before, kinds);
  const beside = freePlace(flow, kinds, { x: before.at.x + BLOCK_WIDTH + 80, y: before.at.y });
  const added = addBlock(flow, kind, beside);
  if (exit === null || kind.entry) return added;
  return { flow: wire(added.flow, behind, exit, added.id), id: added.id };
}

/** The nearest place at or below the wanted one where a block would lie on no other. */
export function freePlace(flow: Flow, kinds: Kinds, wanted: Place): Place {
  const near = flow.blocks.filter(({ at }) => Math.abs(at.x - wanted.x) < BLOCK_WIDTH + 20);
  const spans = near
    .map((block) => ({ top: block.at.y, end: block.at.y + blockHeight(blockExits(block, kinds).length) + 20 }))
    .sort((a, b) => a.top - b.top);
  let y = wanted.y;
  for (const { top, end } of spans) if (y < end && y + 140 > top) y = end;
  return { x: wanted.x, y };
}
