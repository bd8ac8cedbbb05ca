import { ActionIcon, Button } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconPlus, IconX } from "@tabler/icons-react";
import { type ReactNode, useRef } from "react";

/** Rows one after the other that can be put in another order, with one more at the end. */
export function RowList<Row>(props: {
  label: string;
  description?: string | undefined;
  error?: string | undefined;
  /** One of them, in the middle of a sentence. */
  one: string;
  rows: readonly Row[];
  fixed: boolean;
  required: boolean;
  most?: number | undefined;
  draw: (row: Row, at: number) => ReactNode;
  onChange: (rows: Row[], words: string) => void;
  /** What adds a row; nothing: the button below. */
  add?: (() => Row) | undefined;
  adder?: ReactNode;
}) {
  const { rows, one, fixed } = props;
  const list = useRef<HTMLOListElement>(null);
  const full = props.most !== undefined && rows.length >= props.most;
  const swapped = (at: number, to: number) =>
    rows.map((row, each) => rows[each === at ? to : each === to ? at : each] ?? row);
  const focusRow = (at: number) =>
    requestAnimationFrame(() => {
      const row = list.current?.children[at];
      row?.querySelector<HTMLElement>("input, textarea, button:not(:disabled)")?.focus();
    });
  return (
    <fieldset className="row-list">
      <legend className="mantine-InputWrapper-label">
        {props.label}
        {props.required ? <span aria-hidden="true"> *</span> : null}
      </legend>
      {props.description ? <p className="quiet small">{props.description}</p> : null}
      <ol ref={list}>
        {rows.map((row, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own, and their fields keep no state
          <li key={at} className="row-line">
            <div className="row-fields">{props.draw(row, at)}</div>
            {fixed ? null : (
              <div className="row-acts">
                <ActionIcon
                  size={22}
                  aria-label={`${capital(one)} ${at + 1} earlier`}
                  disabled={at === 0}
                  onClick={() => props.onChange(swapped(at, at - 1), `Move ${one}`)}
                >
                  <IconArrowUp size={14} />
                </ActionIcon>
                <ActionIcon
                  size={22}
                  aria-label={`${capital(one)} ${at + 1} later`}
                  disabled={at === rows.length - 1}
                  onClick={() => props.onChange(swapped(at, at + 1), `Move ${one}`)}
                >
                  <IconArrowDown size={14} />
                </ActionIcon>
                <ActionIcon
                  size={22}
                  aria-label={`Without ${one} ${at + 1}`}
                  onClick={() =>
                    props.onChange(
                      rows.filter((_, each) => each !== at),
                      `Remove ${one}`,
                    )
                  }
                >
                  <IconX size={14} />
                </ActionIcon>
              </div>
            )}
          </li>
        ))}
      </ol>
      {props.error ? <p className="row-error">{props.error}</p> : null}
      {fixed || full
        ? null
        : (props.adder ?? (
            <Button
              size="xs"
              leftSection={<IconPlus size={14} />}
              onClick={() => {
                const { add } = props;
                if (add === undefined) return;
                props.onChange([...rows, add()], `Add ${one}`);
                focusRow(rows.length);
              }}
            >
              Add {one}
            </Button>
          ))}
    </fieldset>
  );
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
