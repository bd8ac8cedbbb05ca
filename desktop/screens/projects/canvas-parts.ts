import type { Flow, FlowIssue } from "../../../contract/flow.ts";
import { blockLine } from "../../model/projects/block-words.ts";
import {
  BLOCK_WIDTH,
  blockExits,
  blockHeight,
  blockTitle,
  type Kinds,
  NOTE_SIZE,
} from "../../model/projects/flow-edit.ts";
import type { CardFacts, CardNode } from "./block-card.tsx";
import type { NoteNode } from "./note-card.tsx";
import { exitKey, type Picture } from "./picture.ts";
import type { References } from "./use-references.ts";
import type { WireEdge } from "./wire-line.tsx";

export type CanvasNode = CardNode | NoteNode;

/** The nodes of a flow. Where nothing about one changed since `before`, it is the same object, measured and all. */
export function nodesOf(
  flow: Flow,
  kinds: Kinds,
  references: References,
  issues: readonly FlowIssue[],
  picture: Picture,
  found: ReadonlySet<string>,
  selected: ReadonlySet<string>,
  before: ReadonlyMap<string, CanvasNode>,
): CanvasNode[] {
  const ofBlock = Map.groupBy(issues, ({ block }) => block);
  const callers = new Map(picture.traffic?.now.map((one) => [one.block, one.callers]));
  const nodes: CanvasNode[] = [];
  for (const block of flow.blocks) {
    const kind = kinds.get(block.type);
    const about = ofBlock.get(block.id) ?? [];
    const data: CardFacts = {
      title: blockTitle(block, kinds),
      group: kind?.group ?? null,
      line: blockLine(block, kinds, references.nameOf) || (block.title ? kind?.title : kind?.summary) || block.type,
      exits: blockExits(block, kinds).map((exit) => ({
        ...exit,
        issue: about.some((issue) => issue.exit === exit.name),
      })),
      entry: kind?.entry ?? false,
      errors: about.filter(({ severity }) => severity === "error").length,
      warnings: about.filter(({ severity }) => severity === "warning").length,
      mark: picture.marks?.get(block.id) ?? null,
      callers: callers.get(block.id) ?? 0,
      found: found.has(block.id),
    };
    nodes.push(
      kept<CardNode>(before.get(block.id), {
        id: block.id,
        type: "block",
        data,
        position: block.at,
        width: BLOCK_WIDTH,
        height: blockHeight(data.exits.length),
        selected: selected.has(block.id),
      }),
    );
  }
  for (const note of flow.notes) {
    nodes.push(
      kept<NoteNode>(before.get(note.id), {
        id: note.id,
        type: "note",
        data: { text: note.text, found: found.has(note.id) },
        position: note.at,
        ...NOTE_SIZE,
        selected: selected.has(note.id),
        zIndex: -1,
      }),
    );
  }
  return nodes;
}

/** While it is being dragged a node stays where the hand is. */
function kept<One extends CanvasNode>(before: CanvasNode | undefined, now: One): One {
  if (before === undefined || before.type !== now.type) return now;
  const was = before as One;
  const data = sameFacts(was.data, now.data) ? was.data : now.data;
  const position = was.dragging ? was.position : now.position;
  if (
    data === was.data &&
    was.selected === now.selected &&
    was.height === now.height &&
    position.x === was.position.x &&
    position.y === was.position.y
  ) {
    return was;
  }
  return { ...was, ...now, data, position };
}

const sameFacts = (a: object, b: object) => JSON.stringify(a) === JSON.stringify(b);

/** The wires of a flow. Those that lead to a block that is gone are not drawn: the issue says so. */
export function edgesOf(flow: Flow, picture: Picture, wire: { block: string; exit: string } | null): WireEdge[] {
  const there = new Set(flow.blocks.map(({ id }) => id));
  const counts = new Map(picture.traffic?.exits.map(({ block, exit, taken }) => [exitKey(block, exit), taken]));
  const wires = flow.blocks.flatMap((block) =>
    Object.entries(block.exits)
      .filter(([, to]) => there.has(to))
      .map(([exit, to]): WireEdge => {
        const key = exitKey(block.id, exit);
        return {
          id: key,
          type: "wire",
          source: block.id,
          sourceHandle: exit,
          target: to,
          selected: wire?.block === block.id && wire.exit === exit,
          data: {
            count: picture.traffic === undefined ? null : (counts.get(key) ?? 0),
            passed: picture.passed?.has(key) ?? false,
            mark: picture.added?.has(key) ? "added" : null,
          },
        };
      }),
  );
  const gone = (picture.removed ?? []).map(
    ({ block, exit, to }): WireEdge => ({
      id: `${exitKey(block, exit)} to ${to}`,
      type: "wire",
      source: block,
      sourceHandle: exit,
      target: to,
      data: { count: null, passed: false, mark: "removed" },
    }),
  );
  return [...gone, ...wires];
}
