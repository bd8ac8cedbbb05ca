import { IconAlertTriangle } from "@tabler/icons-react";
import { Handle, type Node, type NodeProps, Position } from "@xyflow/react";
import { memo } from "react";
import type { BlockGroup } from "../../../contract/flow.ts";
import { counted } from "../../model/elapsed.ts";
import { StateShape } from "../../ui/state.tsx";
import { GroupIcon } from "./group-icon.tsx";
import type { Mark } from "./picture.ts";

/** What a block's card shows. The same object for the same facts, so that only cards that changed are drawn again. */
export interface CardFacts extends Record<string, unknown> {
  title: string;
  group: BlockGroup | null;
  line: string;
  exits: readonly { name: string; title: string; known: boolean; issue: boolean }[];
  entry: boolean;
  errors: number;
  warnings: number;
  mark: Mark | null;
  /** Callers standing in it now. */
  callers: number;
  found: boolean;
}
export type CardNode = Node<CardFacts, "block">;

const MARK_WORDS: Record<Mark, string> = {
  added: "new",
  removed: "removed",
  changed: "changed",
  passed: "passed",
  here: "here",
};

/** A block on the canvas: its name, what its options say, and its exits with a place to pull a wire from. */
export const BlockCard = memo(function BlockCard({ data, selected, isConnectable }: NodeProps<CardNode>) {
  const marks = [
    data.mark === null ? "" : `is-${data.mark}`,
    data.found ? "is-found" : "",
    selected ? "is-chosen" : "",
  ];
  return (
    <div className={`block-card ${marks.filter(Boolean).join(" ")}`}>
      <div className="block-head">
        {data.entry ? null : (
          <Handle type="target" position={Position.Left} isConnectable={isConnectable} className="block-in" />
        )}
        <div className="block-title">
          <GroupIcon group={data.group} />
          <span className="cut">{data.title}</span>
          {data.errors > 0 ? (
            <span className="block-issue" title={counted(data.errors, "error")}>
              <StateShape name="fault" />
              <span className="for-readers">{counted(data.errors, "error")}</span>
            </span>
          ) : data.warnings > 0 ? (
            <span className="block-warning" title={counted(data.warnings, "warning")}>
              <IconAlertTriangle size={14} aria-hidden="true" />
              <span className="for-readers">{counted(data.warnings, "warning")}</span>
            </span>
          ) : null}
          {data.callers > 0 ? <span className="block-callers">{counted(data.callers, "caller")}</span> : null}
          {data.mark === null ? null : <span className="block-mark">{MARK_WORDS[data.mark]}</span>}
        </div>
        <div className="block-line cut">{data.line}</div>
      </div>
      {data.exits.length === 0 ? null : (
        <div className="block-exits">
          {data.exits.map((exit) => (
            <div key={exit.name} className={exit.issue ? "block-exit has-issue" : "block-exit"}>
              <span className="cut">{exit.title}</span>
              <Handle
                id={exit.name}
                type="source"
                position={Position.Right}
                isConnectable={isConnectable && exit.known}
                className="block-out"
              />
            </div>
          ))}
        </div>
      )}
    </div>
  );
});
