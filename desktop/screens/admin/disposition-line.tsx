import { ActionIcon, TextInput } from "@mantine/core";
import { IconPencil, IconPlus, IconTrash } from "@tabler/icons-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { DispositionLine as Line } from "../../model/disposition-tree.ts";

const INDENT_PX = 24;

/** One disposition of the tree, with the field to rename it and the one to add below it. */
export function DispositionLine(props: {
  line: Line;
  renaming: boolean;
  adding: boolean;
  mayHaveChildren: boolean;
  onRename: (name: string) => Promise<void>;
  onAdd: (name: string) => Promise<void>;
  onStart: (kind: "rename" | "new") => void;
  onStop: () => void;
  onRemove: () => void;
}) {
  const { line } = props;
  const { name } = line.disposition;
  const depth = line.path.length;
  const here = useRef<HTMLDivElement>(null);
  const typing = props.renaming || props.adding;
  const wasTyping = useRef(false);
  useEffect(() => {
    if (wasTyping.current && !typing) here.current?.focus();
    wasTyping.current = typing;
  }, [typing]);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget) return;
    const acts: Record<string, () => void> = {
      ArrowDown: () => neighbour(event.currentTarget, "nextElementSibling")?.focus(),
      ArrowUp: () => neighbour(event.currentTarget, "previousElementSibling")?.focus(),
      Enter: () => props.onStart("rename"),
      F2: () => props.onStart("rename"),
      "+": () => props.mayHaveChildren && props.onStart("new"),
      Delete: () => {
        // The focus goes to a neighbour first: what is gone cannot pass it on.
        const { currentTarget: line } = event;
        (neighbour(line, "nextElementSibling") ?? neighbour(line, "previousElementSibling"))?.focus();
        props.onRemove();
      },
    };
    const act = acts[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  return (
    <>
      <div
        ref={here}
        role="treeitem"
        aria-level={depth}
        tabIndex={0}
        aria-label={line.path.join(" › ")}
        style={{ paddingLeft: (depth - 1) * INDENT_PX }}
        onKeyDown={onKeyDown}
      >
        {props.renaming ? (
          <DispositionName label={`New name of ${name}`} initial={name} onSave={props.onRename} onStop={props.onStop} />
        ) : (
          <>
            <span className={depth === 1 ? "name" : "name quiet"}>{name}</span>
            <span className="acts">
              {props.mayHaveChildren ? (
                <ActionIcon aria-label={`Add below ${name}`} onClick={() => props.onStart("new")}>
                  <IconPlus size={14} />
                </ActionIcon>
              ) : null}
              <ActionIcon aria-label={`Rename ${name}`} onClick={() => props.onStart("rename")}>
                <IconPencil size={14} />
              </ActionIcon>
              <ActionIcon aria-label={`Delete ${name}`} onClick={props.onRemove}>
                <IconTrash size={14} />
              </ActionIcon>
            </span>
          </>
        )}
      </div>
      {props.adding ? (
        <div role="treeitem" aria-level={depth + 1} tabIndex={-1} style={{ paddingLeft: depth * INDENT_PX }}>
          <DispositionName label={`New below ${name}`} initial="" onSave={props.onAdd} onStop={props.onStop} />
        </div>
      ) : null}
    </>
  );
}

/** A name being typed: Enter saves, Escape leaves it as it was. */
export function DispositionName(props: {
  label: string;
  initial: string;
  onSave: (name: string) => Promise<void>;
  onStop: () => void;
}) {
  const [name, setName] = useState(props.initial);
  const save = async () => {
    const said = name.trim();
    if (said === "" || said === props.initial) return props.onStop();
    await props.onSave(said);
    setName("");
  };
  return (
    <TextInput
      autoFocus
      aria-label={props.label}
      placeholder={props.label}
      value={name}
      maxLength={60}
      w={260}
      size="xs"
      onChange={(event) => setName(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === "Enter") void save();
        if (event.key === "Escape") props.onStop();
      }}
      onBlur={() => {
        if (name.trim() === "" || name.trim() === props.initial) props.onStop();
      }}
    />
  );
}

function neighbour(from: Element, side: "nextElementSibling" | "previousElementSibling"): HTMLElement | null {
  const found = from[side];
  return found instanceof HTMLElement ? found : null;
}
