import { useReactFlow } from "@xyflow/react";
import type { BlockKind } from "../../../contract/flow.ts";
import { counted } from "../../model/elapsed.ts";
import { copiedText, flowOfText, pasted } from "../../model/projects/flow-clipboard.ts";
import {
  addBehind,
  addBlock,
  addNote,
  blockExits,
  NOTE_SIZE,
  type Place,
  removeParts,
  wire,
} from "../../model/projects/flow-edit.ts";
import { tidied } from "../../model/projects/flow-layout.ts";
import type { Designer } from "./use-designer.ts";
import type { DesignerActs } from "./use-designer-keys.ts";

/** What is asked in front of the canvas. */
export type Asked =
  | { is: "add"; behind: string | null; exit?: string; at?: Place }
  | { is: "exit"; block: string }
  | { is: "target"; block: string; exit: string }
  | { is: "search" }
  | { is: "keys" }
  | { is: "publish" };

const FIT = { padding: 0.1, maxZoom: 1 };

/** Brings the focus back to the canvas when a question was answered. */
export const toCanvas = () =>
  requestAnimationFrame(() => document.querySelector<HTMLElement>("[data-canvas]")?.focus({ preventScroll: true }));

/** What can be done to the flow, by keys, tools and palette alike. Has to stand inside the canvas's provider. */
export function useDesignerActs(
  designer: Designer,
  hands: {
    ask: (asked: Asked) => void;
    say: (text: string) => void;
    toBlock: () => void;
    list: () => void;
    /** What was searched is marked no more. */
    forget: () => void;
  },
): { acts: DesignerActs; add: (kind: BlockKind, wish: { behind: string | null; exit?: string; at?: Place }) => void } {
  const { flow, kinds, selected, edit, readOnly } = designer;
  const { ask, say, toBlock } = hands;
  const map = useReactFlow();
  const one = selected.size === 1 ? flow.blocks.find(({ id }) => selected.has(id)) : undefined;

  const centre = (): Place => {
    const box = document.querySelector("[data-canvas]")?.getBoundingClientRect();
    if (box === undefined) return { x: 0, y: 0 };
    return map.screenToFlowPosition({ x: box.left + box.width / 2, y: box.top + box.height / 2 });
  };
  const seeAll = () => requestAnimationFrame(() => void map.fitView(FIT));
  const put = (text: string, at: Place | null): boolean => {
    const parts = flowOfText(text);
    if (parts === null || readOnly) return false;
    const result = pasted(designer.latest(), parts, kinds, at);
    if (result === null) {
      say("That would be more blocks than a project may have.");
      return true;
    }
    edit(`Paste ${counted(result.ids.length, "part")}`, () => result.flow);
    designer.select(result.ids);
    if (result.left > 0) say("A project begins in one place only: the second beginning was left out.");
    return true;
  };
  const openOption = (option: (type: string) => string) => {
    const [first] = selected;
    if (first === undefined) return;
    toBlock();
    designer.reveal(first, { option: option(flow.blocks.find(({ id }) => id === first)?.type ?? "") });
  };

  const acts: DesignerActs = {
    add: () => !readOnly && ask({ is: "add", behind: one?.id ?? null }),
    wire() {
      if (one === undefined || readOnly) return;
      const exits = blockExits(one, kinds);
      if (exits.length === 1 && exits[0] !== undefined) ask({ is: "target", block: one.id, exit: exits[0].name });
      else if (exits.length > 1) ask({ is: "exit", block: one.id });
    },
    options: () =>
      openOption((type) =>
        type === "" ? "text" : (Object.keys(kinds.get(type)?.options.properties ?? {})[0] ?? "title"),
      ),
    rename: () => openOption((type) => (type === "" ? "text" : "title")),
    remove() {
      if (designer.wire !== null) {
        const { block, exit } = designer.wire;
        edit("Remove the wire", (was) => wire(was, block, exit, null));
        designer.selectWire(null);
      } else if (selected.size > 0) {
        edit(selected.size === 1 ? "Delete" : `Delete ${selected.size} parts`, (was) => removeParts(was, selected));
      }
    },
    note() {
      let made = "";
      edit("Add a note", (was) => {
        // Beside what it is about, where there is something; else where one looks.
        const at = one === undefined ? centre() : { x: one.at.x, y: one.at.y - NOTE_SIZE.height - 20 };
        const added = addNote(was, "", at);
        made = added.id;
        return added.flow;
      });
      if (made === "") return;
      toBlock();
      designer.reveal(made, { option: "text" });
    },
    tidy() {
      edit("Tidy up", (was) => tidied(was, kinds));
      seeAll();
    },
    duplicate: () => selected.size > 0 && put(copiedText(designer.latest(), selected), null),
    search: () => ask({ is: "search" }),
    list: hands.list,
    nothing() {
      designer.select([]);
      hands.forget();
    },
    keys: () => ask({ is: "keys" }),
    fit: seeAll,
    zoom(by) {
      if (by === "full") void map.zoomTo(1);
      else void (by === "in" ? map.zoomIn() : map.zoomOut());
    },
    copied(cut) {
      if (selected.size === 0) return null;
      const text = copiedText(designer.latest(), selected);
      say(`${counted(selected.size, "part")} on the clipboard.`);
      if (cut) edit(`Cut ${counted(selected.size, "part")}`, (was) => removeParts(was, selected));
      return text;
    },
    paste: (text) => put(text, centre()),
  };

  return {
    acts,
    add(kind, { behind, exit, at }) {
      let made = "";
      edit(`Add ${kind.title}`, (was) => {
        // Let go at a place, it stands there; asked for, it stands where there is room behind the other.
        const placed = at !== undefined && behind !== null && exit !== undefined;
        const added = placed
          ? addBlock(was, kind, at)
          : addBehind(was, kind, kinds, behind ?? was.blocks.at(-1)?.id ?? "", exit);
        made = added.id;
        return placed && !kind.entry ? wire(added.flow, behind, exit, added.id) : added.flow;
      });
      if (made === "") return;
      toBlock();
      designer.reveal(made);
    },
  };
}
