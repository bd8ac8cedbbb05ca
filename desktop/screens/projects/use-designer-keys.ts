import { type KeyboardEvent as ReactKeyboardEvent, useEffect } from "react";
import { shiftParts } from "../../model/projects/flow-edit.ts";
import { type Direction, neighbour } from "../../model/projects/flow-outline.ts";
import type { Designer } from "./use-designer.ts";

/** What the keys can bring about beside changes of the flow itself. */
export interface DesignerActs {
  add: () => void;
  wire: () => void;
  options: () => void;
  rename: () => void;
  remove: () => void;
  note: () => void;
  tidy: () => void;
  duplicate: () => void;
  search: () => void;
  list: () => void;
  keys: () => void;
  nothing: () => void;
  fit: () => void;
  zoom: (by: "in" | "out" | "full") => void;
  copied: (cut: boolean) => string | null;
  paste: (text: string) => boolean;
}

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
};
const STEP = 20;
const SHIFTS: Record<Direction, { x: number; y: number }> = {
  left: { x: -STEP, y: 0 },
  right: { x: STEP, y: 0 },
  up: { x: 0, y: -STEP },
  down: { x: 0, y: STEP },
};

/** Where typing is meant for a field, or a question is asked: the designer's keys are not then. */
function isElsewhere(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  return target.closest("input, textarea, select, [contenteditable], [role=dialog], [role=menu]") !== null;
}

/** The designer's keys: some anywhere on the page, the others while the canvas has the focus. */
export function useDesignerKeys(
  designer: Designer,
  acts: DesignerActs,
  asking: boolean,
): (event: ReactKeyboardEvent) => void {
  const { flow, selected } = designer;

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.defaultPrevented) return;
      const key = event.key.toLowerCase();
      const dialog = event.target instanceof Element && event.target.closest("[role=dialog]") !== null;
      if (dialog || asking) return;
      if (key === "f") acts.search();
      else if (key === "s") void designer.flush();
      else if (isElsewhere(event.target)) return;
      else if (key === "z") event.shiftKey ? designer.redo() : designer.undo();
      else if (key === "y") designer.redo();
      else if (key === "d") acts.duplicate();
      else if (key === "a") designer.select([...flow.blocks, ...flow.notes].map(({ id }) => id));
      else return;
      event.preventDefault();
    };
    const onCopy = (cut: boolean) => (event: ClipboardEvent) => {
      if (isElsewhere(event.target) || getSelection()?.toString()) return;
      const text = acts.copied(cut);
      if (text === null) return;
      event.clipboardData?.setData("text/plain", text);
      event.preventDefault();
    };
    const onPaste = (event: ClipboardEvent) => {
      if (isElsewhere(event.target)) return;
      if (acts.paste(event.clipboardData?.getData("text/plain") ?? "")) event.preventDefault();
    };
    const [copy, cut] = [onCopy(false), onCopy(true)];
    document.addEventListener("keydown", onKey);
    document.addEventListener("copy", copy);
    document.addEventListener("cut", cut);
    document.addEventListener("paste", onPaste);
    return () => {
      document.removeEventListener("keydown", onKey);
      document.removeEventListener("copy", copy);
      document.removeEventListener("cut", cut);
      document.removeEventListener("paste", onPaste);
    };
  });

  const plain: Readonly<Record<string, () => void>> = {
    Enter: acts.add,
    w: acts.wire,
    o: acts.options,
    F2: acts.rename,
    Delete: acts.remove,
    Backspace: acts.remove,
    n: acts.note,
    t: acts.tidy,
    l: acts.list,
    f: acts.fit,
    "?": acts.keys,
    "+": () => acts.zoom("in"),
    "=": () => acts.zoom("in"),
    "-": () => acts.zoom("out"),
    "0": () => acts.zoom("full"),
    Escape: acts.nothing,
  };
  return (event) => {
    if (asking || event.ctrlKey || event.metaKey || event.altKey || isElsewhere(event.target)) return;
    const direction = ARROWS[event.key];
    if (direction !== undefined && event.shiftKey) {
      designer.edit("Move", (was) => shiftParts(was, selected, SHIFTS[direction]), `push ${[...selected].join(" ")}`);
    } else if (direction !== undefined) {
      const [from] = selected;
      const next = from === undefined ? (flow.blocks[0]?.id ?? null) : neighbour(flow, from, direction);
      if (next !== null) designer.reveal(next);
    } else {
      const act = plain[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (act === undefined) return;
      act();
    }
    event.preventDefault();
    event.stopPropagation();
  };
}
