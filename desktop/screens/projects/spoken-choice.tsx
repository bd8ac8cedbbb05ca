import { counted } from "../../model/elapsed.ts";
import { blockExits, blockTitle } from "../../model/projects/flow-edit.ts";
import type { Designer } from "./use-designer.ts";

/** What is chosen, said to those who do not see the canvas. */
export function SpokenChoice({ designer }: { designer: Designer }) {
  const { flow, kinds, selected } = designer;
  const block = selected.size === 1 ? flow.blocks.find(({ id }) => selected.has(id)) : undefined;
  const note = selected.size === 1 ? flow.notes.find(({ id }) => selected.has(id)) : undefined;
  const words = () => {
    if (note !== undefined) return `Note: ${note.text}`;
    if (block === undefined) return selected.size > 1 ? `${counted(selected.size, "thing")} chosen` : "";
    const exits = blockExits(block, kinds).map(({ name, title }) => {
      const target = flow.blocks.find(({ id }) => id === block.exits[name]);
      return `${title} leads ${target === undefined ? "nowhere" : `to ${blockTitle(target, kinds)}`}`;
    });
    return [blockTitle(block, kinds), ...exits].join(". ");
  };
  return (
    <p className="for-readers" role="status">
      {words()}
    </p>
  );
}
