import { ActionIcon, Button, Checkbox, Popover } from "@mantine/core";
import { IconChevronDown, IconChevronUp, IconColumns3 } from "@tabler/icons-react";
import type { Column } from "./table-column.ts";

/** The columns that are shown: those chosen, in the order they were put in; else those that are not hidden. */
export function shownColumns<Row>(
  columns: readonly Column<Row>[],
  wanted: readonly string[] | null,
): readonly Column<Row>[] {
  const chosen =
    wanted === null
      ? columns.filter((one) => !one.hidden)
      : wanted.flatMap((id) => columns.find((one) => one.id === id) ?? []);
  return chosen.length > 0 ? chosen : columns.slice(0, 1);
}

/** Which columns are shown, and in which order. `word` names its button where it stands by itself. */
export function ColumnChoice<Row>(props: {
  columns: readonly Column<Row>[];
  shown: readonly Column<Row>[];
  onChange: (ids: string[]) => void;
  word?: string;
}) {
  const ids = props.shown.map((one) => one.id);
  const others = props.columns.filter((one) => !ids.includes(one.id));
  const move = (id: string, by: number) => {
    const at = ids.indexOf(id);
    const next = ids.toSpliced(at, 1);
    props.onChange(next.toSpliced(at + by, 0, id));
  };
  return (
    <Popover position="bottom-end" trapFocus>
      <Popover.Target>
        {props.word === undefined ? (
          <ActionIcon size={22} aria-label="Choose columns">
            <IconColumns3 size={14} />
          </ActionIcon>
        ) : (
          <Button aria-label="Choose columns" leftSection={<IconColumns3 size={16} aria-hidden="true" />}>
            {props.word}
          </Button>
        )}
      </Popover.Target>
      <Popover.Dropdown>
        <div className="table-columns">
          {[...props.shown, ...others].map((column) => {
            const place = ids.indexOf(column.id);
            return (
              <div className="table-column" key={column.id}>
                <Checkbox
                  label={column.title}
                  checked={place >= 0}
                  disabled={ids.length === 1 && place === 0}
                  onChange={(event) =>
                    props.onChange(
                      event.currentTarget.checked ? [...ids, column.id] : ids.filter((id) => id !== column.id),
                    )
                  }
                />
                {place < 0 ? null : (
                  <span className="table-column-order">
                    <ActionIcon
                      size={24}
                      aria-label={`${column.title} further left`}
                      disabled={place === 0}
                      onClick={() => move(column.id, -1)}
                    >
                      <IconChevronUp size={14} />
                    </ActionIcon>
                    <ActionIcon
                      size={24}
                      aria-label={`${column.title} further right`}
                      disabled={place === ids.length - 1}
                      onClick={() => move(column.id, 1)}
                    >
                      <IconChevronDown size={14} />
                    </ActionIcon>
                  </span>
                )}
              </div>
            );
          })}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
