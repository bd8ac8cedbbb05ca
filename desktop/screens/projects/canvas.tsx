import "@xyflow/react/dist/base.css";
import {
  applyNodeChanges,
  Background,
  type Connection,
  type FinalConnectionState,
  MarkerType,
  MiniMap,
  type NodeChange,
  type NodeTypes,
  ReactFlow,
  useReactFlow,
} from "@xyflow/react";
import { type DragEvent, type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import {
  addBlock,
  BLOCK_WIDTH,
  blockExits,
  blockHeight,
  GRID,
  moveParts,
  NOTE_SIZE,
  type Place,
  wire,
} from "../../model/projects/flow-edit.ts";
import { BlockCard } from "./block-card.tsx";
import { type CanvasNode, edgesOf, nodesOf } from "./canvas-parts.ts";
import { NoteCard } from "./note-card.tsx";
import type { Picture } from "./picture.ts";
import type { Designer } from "./use-designer.ts";
import { type WireEdge, WireLine } from "./wire-line.tsx";
import "./canvas.css";

const nodeTypes: NodeTypes = { block: BlockCard, note: NoteCard };
const edgeTypes = { wire: WireLine };
const wireEnds = {
  type: "wire",
  markerEnd: { type: MarkerType.ArrowClosed, width: 18, height: 18, markerUnits: "userSpaceOnUse" },
} as const;
const snapGrid: [number, number] = [GRID, GRID];

/** Under this name a kind of block is dragged out of the palette. */
export const DRAGGED_KIND = "application/x-perch-block";

/** The flow as a drawing: moved, wired and chosen with the mouse or a finger. Its keys are the designer's. */
export function Canvas(props: {
  designer: Designer;
  picture: Picture;
  found: ReadonlySet<string>;
  onKeyDown: (event: KeyboardEvent) => void;
  /** A wire was let go where there is no block. */
  onLoose: (from: { block: string; exit: string }, at: Place) => void;
}) {
  const { designer, picture, found } = props;
  const { kinds, references, selected } = designer;
  const flow = picture.flow ?? designer.flow;
  const fixed = designer.readOnly || picture.flow !== undefined;
  const issues = picture.flow === undefined ? designer.issues : none;
  const map = useReactFlow<CanvasNode, WireEdge>();

  const drawn = (before: readonly CanvasNode[]) =>
    nodesOf(flow, kinds, references, issues, picture, found, selected, new Map(before.map((node) => [node.id, node])));
  const [nodes, setNodes] = useState<CanvasNode[]>(() => drawn([]));
  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn is these
  useEffect(() => setNodes(drawn), [flow, kinds, references, issues, picture, found, selected]);
  const edges = useMemo(() => edgesOf(flow, picture, designer.wire), [flow, picture, designer.wire]);

  const shown = useRef<unknown>(null);
  useEffect(() => {
    // Another flow is looked at from its beginning, the draft again where it was.
    if (shown.current !== null && shown.current !== picture.flow) void map.fitView({ padding: 0.1, maxZoom: 1 });
    shown.current = picture.flow ?? null;
  }, [picture.flow, map]);

  const { aim } = designer;
  const places = useRef(flow);
  places.current = flow;
  useEffect(() => {
    const { blocks, notes } = places.current;
    const block = blocks.find(({ id }) => id === aim?.block);
    const at = block?.at ?? notes.find(({ id }) => id === aim?.block)?.at;
    if (at === undefined) return;
    const high = block === undefined ? NOTE_SIZE.height : blockHeight(blockExits(block, kinds).length);
    const zoom = Math.max(map.getZoom(), 0.7);
    void map.setCenter(at.x + BLOCK_WIDTH / 2, at.y + high / 2, { zoom });
  }, [aim, map, kinds]);

  const onNodesChange = (changes: NodeChange<CanvasNode>[]) => {
    const chosen = changes.filter((change) => change.type === "select");
    if (chosen.length > 0) {
      const next = new Set(selected);
      for (const { id, selected: is } of chosen) is ? next.add(id) : next.delete(id);
      designer.select(next);
    }
    const others = changes.filter((change) => change.type !== "select" && change.type !== "remove");
    if (others.length > 0) setNodes((before) => applyNodeChanges(others, before));
  };
  const moved = (_: unknown, __: unknown, dragged: CanvasNode[]) => {
    const places = new Map(dragged.map(({ id, position }) => [id, position]));
    designer.edit(dragged.length === 1 ? "Move" : `Move ${dragged.length} parts`, (was) => moveParts(was, places));
  };
  const connected = ({ source, sourceHandle, target }: Connection) => {
    if (sourceHandle !== null) designer.edit("Wire", (was) => wire(was, source, sourceHandle, target));
  };
  const leadsSomewhere = ({ target }: { target: string }) => {
    const type = flow.blocks.find(({ id }) => id === target)?.type;
    return type !== undefined && kinds.get(type)?.entry !== true;
  };
  const loose = (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
    if (state.toNode !== null || state.fromHandle?.id == null || state.fromNode === null) return;
    const { clientX, clientY } =
      "changedTouches" in event ? (event.changedTouches[0] ?? { clientX: 0, clientY: 0 }) : event;
    const at = map.screenToFlowPosition({ x: clientX, y: clientY });
    props.onLoose({ block: state.fromNode.id, exit: state.fromHandle.id }, at);
  };
  const dropped = (event: DragEvent) => {
    const kind = kinds.get(event.dataTransfer.getData(DRAGGED_KIND));
    if (kind === undefined || fixed) return;
    event.preventDefault();
    const at = map.screenToFlowPosition({ x: event.clientX - 20, y: event.clientY - 16 });
    let made = "";
    designer.edit(`Add ${kind.title}`, (was) => {
      const added = addBlock(was, kind, at);
      made = added.id;
      return added.flow;
    });
    designer.select([made]);
  };

  return (
    <ReactFlow<CanvasNode, WireEdge>
      className={fixed ? "canvas is-fixed" : "canvas"}
      aria-label="Canvas. The arrows go from block to block; press the question mark for all keys."
      tabIndex={0}
      data-canvas
      onKeyDown={props.onKeyDown}
      nodes={nodes}
      edges={edges}
      nodeTypes={nodeTypes}
      edgeTypes={edgeTypes}
      defaultEdgeOptions={wireEnds}
      onNodesChange={onNodesChange}
      onEdgeClick={(_, edge) => {
        designer.select([]);
        designer.selectWire({ block: edge.source, exit: edge.sourceHandle ?? "" });
      }}
      onPaneClick={() => {
        designer.selectWire(null);
        designer.select([]);
      }}
      onNodeDragStop={moved}
      onSelectionDragStop={(_, dragged) => moved(_, null, dragged)}
      onNodeDoubleClick={(_, node) => designer.reveal(node.id)}
      onConnect={connected}
      onConnectEnd={loose}
      isValidConnection={leadsSomewhere}
      onReconnect={(old, next) => {
        designer.edit("Wire otherwise", (was) => {
          const off = wire(was, old.source, old.sourceHandle ?? "", null);
          return next.sourceHandle === null ? off : wire(off, next.source, next.sourceHandle, next.target);
        });
      }}
      onDragOver={(event) => {
        if (event.dataTransfer.types.includes(DRAGGED_KIND)) event.preventDefault();
      }}
      onDrop={dropped}
      nodesDraggable={!fixed}
      nodesConnectable={!fixed}
      edgesReconnectable={!fixed}
      nodesFocusable={false}
      edgesFocusable={false}
      disableKeyboardA11y
      deleteKeyCode={null}
      connectionRadius={30}
      snapToGrid
      snapGrid={snapGrid}
      minZoom={0.1}
      maxZoom={2}
      fitView
      fitViewOptions={{ padding: 0.1, maxZoom: 1 }}
      onlyRenderVisibleElements={flow.blocks.length > 120}
      proOptions={{ hideAttribution: true }}
    >
      <Background gap={GRID * 2} size={1} />
      {flow.blocks.length > FEW ? (
        <MiniMap
          pannable
          zoomable
          ariaLabel="Where on the canvas"
          nodeBorderRadius={2}
          className="canvas-map"
          style={MAP_SIZE}
        />
      ) : null}
    </ReactFlow>
  );
}

const none: never[] = [];
/** So many blocks are seen at once: a map of them would only be in the way. */
const FEW = 8;
const MAP_SIZE = { width: 140, height: 96 };
