import type { Node, NodeProps } from "@xyflow/react";
import { memo } from "react";

export type NoteNode = Node<{ text: string; found: boolean }, "note">;

/** A comment on the canvas. */
export const NoteCard = memo(function NoteCard({ data, selected }: NodeProps<NoteNode>) {
  const marks = `${selected ? " is-chosen" : ""}${data.found ? " is-found" : ""}`;
  return (
    <div className={`note-card${marks}`}>
      {data.text === "" ? <span className="quiet">Empty note</span> : data.text}
    </div>
  );
});
