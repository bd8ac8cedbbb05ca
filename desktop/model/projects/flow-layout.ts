import { Graph, layout } from "@dagrejs/dagre";
import type { Flow } from "../../../contract/flow.ts";
import { BLOCK_WIDTH, blockExits, blockHeight, type Kinds, moveParts, type Place } from "./flow-edit.ts";

/** The flow tidied up: callers go from left to right, no block lies on another. Notes keep their distance to the block they stood nearest to. */
export function tidied(flow: Flow, kinds: Kinds): Flow {
  const graph = new Graph();
  graph.setGraph({ rankdir: "LR", ranksep: 90, nodesep: 30 });
  graph.setDefaultEdgeLabel(() => ({}));
  const there = new Set(flow.blocks.map(({ id }) => id));
  for (const block of flow.blocks) {
    graph.setNode(block.id, { width: BLOCK_WIDTH, height: blockHeight(blockExits(block, kinds).length) });
  }
  for (const block of flow.blocks) {
    // In the order of the exits, which is the order in which what follows then stands.
    for (const { name } of blockExits(block, kinds)) {
      const to = block.exits[name];
      if (to !== undefined && to !== block.id && there.has(to)) graph.setEdge(block.id, to);
    }
  }
  layout(graph);
  const places = new Map<string, Place>();
  for (const { id } of flow.blocks) {
    const { x, y, width, height } = graph.node(id) as Place & { width: number; height: number };
    places.set(id, { x: x - width / 2, y: y - height / 2 });
  }
  for (const note of flow.notes) {
    const near = flow.blocks.toSorted((a, b) => distance(a.at, note.at) - distance(b.at, note.at))[0];
    const place = near === undefined ? undefined : places.get(near.id);
    if (near === undefined || place === undefined) continue;
    places.set(note.id, { x: place.x + note.at.x - near.at.x, y: place.y + note.at.y - near.at.y });
  }
  return moveParts(flow, places);
}

const distance = (a: Place, b: Place) => Math.hypot(a.x - b.x, a.y - b.y);
