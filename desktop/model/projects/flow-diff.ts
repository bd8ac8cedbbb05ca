import type { Flow, FlowBlock, OptionSchema } from "../../../contract/flow.ts";
import { type NameOf, optionWords } from "./block-words.ts";
import { blockExits, blockTitle, type Kinds } from "./flow-edit.ts";

/** What became of one block between two flows. */
export interface BlockDiff {
  id: string;
  title: string;
  became: "added" | "removed" | "changed";
  /** What changed about it, a line each. */
  lines: string[];
}

/** What differs between two flows as callers would notice it: blocks, options, wires. Places and notes are no matter. */
export function flowDiff(before: Flow, after: Flow, kinds: Kinds, nameOf: NameOf): BlockDiff[] {
  const was = new Map(before.blocks.map((block) => [block.id, block]));
  const is = new Map(after.blocks.map((block) => [block.id, block]));
  const named = (flow: ReadonlyMap<string, FlowBlock>, id: string | undefined) => {
    const block = id === undefined ? undefined : flow.get(id);
    return block === undefined ? "nowhere" : blockTitle(block, kinds);
  };
  const diffs: BlockDiff[] = [];
  for (const block of after.blocks) {
    const old = was.get(block.id);
    const title = blockTitle(block, kinds);
    if (old === undefined) {
      diffs.push({ id: block.id, title, became: "added", lines: [] });
      continue;
    }
    const lines =
      old === block
        ? []
        : blockLines(
            old,
            block,
            kinds,
            nameOf,
            (id) => named(was, id),
            (id) => named(is, id),
          );
    if (lines.length > 0) diffs.push({ id: block.id, title, became: "changed", lines });
  }
  for (const block of before.blocks) {
    if (!is.has(block.id)) {
      diffs.push({ id: block.id, title: blockTitle(block, kinds), became: "removed", lines: [] });
    }
  }
  return diffs;
}

/** The wires that only one of two flows has. */
export function wireDiff(before: Flow, after: Flow): { added: Wire[]; removed: Wire[] } {
  const only = (these: Flow, those: Flow): Wire[] => {
    const blocks = new Map(those.blocks.map((block) => [block.id, block]));
    return wiresOf(these).filter(({ block, exit, to }) => blocks.get(block)?.exits[exit] !== to);
  };
  return { added: only(after, before), removed: only(before, after) };
}

/** Where an exit leads. */
export interface Wire {
  block: string;
  exit: string;
  to: string;
}

const wiresOf = (flow: Flow): Wire[] =>
  flow.blocks.flatMap(({ id, exits }) => Object.entries(exits).map(([exit, to]) => ({ block: id, exit, to })));

function blockLines(
  old: FlowBlock,
  block: FlowBlock,
  kinds: Kinds,
  nameOf: NameOf,
  wasNamed: (id: string | undefined) => string,
  isNamed: (id: string | undefined) => string,
): string[] {
  const lines: string[] = [];
  if (old.type !== block.type) lines.push(`is another kind of block`);
  if ((old.title ?? "") !== (block.title ?? "")) lines.push(`was called ${blockTitle(old, kinds)}`);
  const schema = kinds.get(block.type)?.options.properties ?? {};
  for (const name of new Set([...Object.keys(old.options), ...Object.keys(block.options)])) {
    if (!same(old.options[name], block.options[name])) {
      const [was, is] = [old.options[name], block.options[name]].map((value) => shown(value, schema[name], nameOf));
      lines.push(`${schema[name]?.title ?? name}: ${was === is ? "changed" : `${was} → ${is}`}`);
    }
  }
  const titles = new Map(
    [...blockExits(old, kinds), ...blockExits(block, kinds)].map((exit) => [exit.name, exit.title]),
  );
  for (const exit of new Set([...Object.keys(old.exits), ...Object.keys(block.exits)])) {
    const [from, to] = [old.exits[exit], block.exits[exit]];
    if (from !== to) lines.push(`exit ${titles.get(exit) ?? exit}: ${wasNamed(from)} → ${isNamed(to)}`);
  }
  return lines;
}

/** Equal in what they say, whatever the order of their keys. */
function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a, inOrder) === JSON.stringify(b, inOrder);
}

function inOrder(_: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function shown(value: unknown, schema: OptionSchema | undefined, nameOf: NameOf): string {
  const text = schema === undefined ? JSON.stringify(value ?? "") : optionWords(value, schema, nameOf);
  if (text === "") return "nothing";
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
