import type { Flow, FlowBlock } from "../../../contract/flow.ts";
import { blockExits, type Kinds } from "./flow-edit.ts";

/** One line of a flow read as a list. */
export interface OutlineLine {
  block: FlowBlock;
  /** How deep it stands below a beginning. */
  depth: number;
  exits: { name: string; title: string; to: FlowBlock | null }[];
  /** No caller gets there. */
  lost: boolean;
}

/** The flow as a list: from each beginning along the exits, each block once; then what nothing leads to. */
export function outlineOf(flow: Flow, kinds: Kinds): OutlineLine[] {
  const blocks = new Map(flow.blocks.map((block) => [block.id, block]));
  const lines: OutlineLine[] = [];
  const seen = new Set<string>();
  const walk = (from: FlowBlock, lost: boolean) => {
    const waiting = [{ block: from, depth: 0 }];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const { block, depth } = next;
      if (seen.has(block.id)) continue;
      seen.add(block.id);
      const exits = blockExits(block, kinds).map(({ name, title }) => {
        const to = block.exits[name];
        return { name, title, to: (to === undefined ? undefined : blocks.get(to)) ?? null };
      });
      lines.push({ block, depth, exits, lost });
      for (const { to } of exits.toReversed()) if (to !== null) waiting.push({ block: to, depth: depth + 1 });
    }
  };
  for (const block of flow.blocks) if (kinds.get(block.type)?.entry === true) walk(block, false);
  const led = new Set(flow.blocks.flatMap((block) => Object.values(block.exits)));
  for (const block of flow.blocks) if (!led.has(block.id)) walk(block, true);
  for (const block of flow.blocks) walk(block, true);
  return lines;
}

export type Direction = "left" | "right" | "up" | "down";

/** The block one comes to from another by an arrow key: the nearest in that direction, rather straight than far aside. */
export function neighbour(flow: Flow, from: string, direction: Direction): string | null {
  const parts = [...flow.blocks, ...flow.notes];
  const here = parts.find(({ id }) => id === from);
  if (here === undefined) return parts[0]?.id ?? null;
  let best: { id: string; far: number } | null = null;
  for (const { id, at } of parts) {
    const along = { right: at.x - here.at.x, left: here.at.x - at.x, down: at.y - here.at.y, up: here.at.y - at.y };
    const ahead = along[direction];
    const aside =
      direction === "left" || direction === "right" ? Math.abs(at.y - here.at.y) : Math.abs(at.x - here.at.x);
    if (id === from || ahead <= 0) continue;
    const far = ahead + 2 * aside;
    if (best === null || far < best.far) best = { id, far };
  }
  return best?.id ?? null;
}
