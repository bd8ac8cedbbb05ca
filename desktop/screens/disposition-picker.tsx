import { TextInput } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconChevronRight } from "@tabler/icons-react";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import {
  columnsAt,
  type DispositionLine,
  foundOutcomes,
  linesBelow,
  movedCursor,
  pathText,
} from "../model/disposition-cursor.ts";

/**
 * The outcome, in up to three levels, by keyboard: arrows walk the columns, typing finds an outcome wherever it stands,
 * Enter chooses it. The focus stays in the box; F2 brings it there from anywhere.
 */
export function DispositionPicker(props: {
  lines: DispositionLine[];
  chosen: string[] | null;
  disabled: boolean;
  onChoose: (path: string[]) => void;
}) {
  const { lines, disabled } = props;
  const [typed, setTyped] = useState("");
  const [cursor, setCursor] = useState<string[]>(props.chosen ?? []);
  const [row, setRow] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  useHotkeys([["F2", () => input.current?.focus()]], []);

  const searching = typed.trim() !== "";
  const found = searching ? foundOutcomes(lines, typed) : [];
  const here = searching ? (found[Math.min(row, found.length - 1)]?.path ?? null) : cursor.length > 0 ? cursor : null;
  const hereId = here ? `${id}-${pathText(here)}` : undefined;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the cursor's line is looked up when the cursor moves
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [hereId]);

  const choose = (path: string[]) => {
    setTyped("");
    setRow(0);
    setCursor(path);
    props.onChoose(path);
  };
  const enter = () => {
    if (here === null || disabled) return;
    const below = linesBelow(lines, here)[0];
    if (below) setCursor(below.path);
    else choose(here);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Enter") enter();
    else if (event.key === "Escape" && searching) setTyped("");
    else if (searching && event.key === "ArrowDown") setRow(Math.min(found.length - 1, row + 1));
    else if (searching && event.key === "ArrowUp") setRow(Math.max(0, row - 1));
    else if (!searching && event.key.startsWith("Arrow")) setCursor(movedCursor(lines, cursor, event.key));
    else return;
    event.preventDefault();
  };
  const line = (one: DispositionLine, text: string) => {
    const at = pathText(one.path);
    const selected = here !== null && at === pathText(here);
    const open = !selected && here !== null && pathText(here).startsWith(`${at} ›`);
    const chosen = props.chosen !== null && at === pathText(props.chosen);
    return (
      // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the box's above, which keeps the focus
      // biome-ignore lint/a11y/useFocusableInteractive: pointed at by aria-activedescendant
      <div
        key={one.disposition.id}
        role="option"
        id={`${id}-${at}`}
        aria-selected={selected}
        aria-disabled={disabled}
        className={`picker-line${open ? " picker-open" : ""}${chosen ? " picker-chosen" : ""}`}
        onClick={() => {
          if (one.hasChildren) setCursor(linesBelow(lines, one.path)[0]?.path ?? one.path);
          else if (!disabled) choose(one.path);
          input.current?.focus();
        }}
      >
        <span className="cut">{text}</span>
        {one.hasChildren ? <IconChevronRight size={14} aria-hidden="true" /> : null}
      </div>
    );
  };

  return (
    <div>
      <TextInput
        ref={input}
        aria-label="Find a disposition"
        placeholder={disabled ? "" : "Type, or walk with the arrows; Enter saves"}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setRow(0);
        }}
        onKeyDown={onKey}
        onFocus={() => {
          if (cursor.length === 0) setCursor(linesBelow(lines, [])[0]?.path ?? []);
        }}
        role="combobox"
        aria-expanded="true"
        data-stays
        aria-controls={`${id}-list`}
        aria-activedescendant={hereId}
        autoComplete="off"
        spellCheck={false}
        maxLength={80}
      />
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label="Dispositions"
        ref={list}
        tabIndex={0}
        onKeyDown={onKey}
        aria-activedescendant={hereId}
        className={searching ? "picker-found" : "picker-columns"}
      >
        {searching
          ? found.map((one) => line(one, pathText(one.path)))
          : columnsAt(lines, cursor).map((column, level) => (
              // biome-ignore lint/a11y/useSemanticElements: a group of options, not of form fields
              <div
                key={column[0]?.disposition.parentId ?? 0}
                role="group"
                aria-label={`Level ${level + 1}`}
                className="picker-column"
              >
                {column.map((one) => line(one, one.disposition.name))}
              </div>
            ))}
        {searching && found.length === 0 ? <p className="quiet picker-line">No disposition answers to that.</p> : null}
      </div>
    </div>
  );
}
