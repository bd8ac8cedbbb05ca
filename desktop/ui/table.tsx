import { IconChevronDown, IconChevronUp } from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { columnWidths } from "../model/column-widths.ts";
import { filteredRows, rowsAsText, type SortBy, sortedRows } from "../model/table-rows.ts";
import { ColumnChoice, shownColumns } from "./column-choice.tsx";
import { ColumnGrip } from "./column-grip.tsx";
import type { Column } from "./table-column.ts";
import { useRemembered } from "./use-remembered.ts";
import { useWidth } from "./use-width.ts";
import "./table.css";

export type { Column } from "./table-column.ts";

const ROW_PX = 28;
/** So near to the end the next page is asked for. */
const AHEAD_ROWS = 20;

export interface TableProps<Row> {
  /** Remembered under this name: which columns, how wide, sorted how. */
  name: string;
  label: string;
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  keyOf: (row: Row) => string | number;
  onOpen?: ((row: Row) => void) | undefined;
  selected?: string | number | null | undefined;
  /** When this changes, the focus that nothing else has goes to the list. */
  takesFocus?: string | undefined;
  filter?: string | undefined;
  /** Set where the server sorts: the rows then come in order, and a click on a head only tells. */
  sort?: SortBy | null | undefined;
  onSort?: ((sort: SortBy) => void) | undefined;
  onMore?: (() => void) | undefined;
  loadingMore?: boolean | undefined;
  /** Drawn instead of rows where there are none. */
  empty?: ReactNode;
  /** Few columns that belong together: none can be left out, and the room of that choice is theirs. */
  whole?: boolean;
  /** Set where it is chosen and kept elsewhere which columns are shown, and in which order; null: the usual ones. */
  chosen?: readonly string[] | null | undefined;
  /** A last row that stays in sight: what a column comes to. */
  foot?: ((column: Column<Row>, place: number) => ReactNode) | undefined;
}

interface Memory {
  shown: string[] | null;
  widths: Record<string, number>;
  sort: SortBy | null;
}

/**
 * A table for work: the head stays, columns are chosen, sized and sorted by hand and remembered, rows are walked with
 * the arrows, opened with Enter and copied with Ctrl+C, and only those in sight are drawn.
 */
export function Table<Row>(props: TableProps<Row>) {
  const { columns, rows, keyOf } = props;
  const [memory, setMemory] = useRemembered<Memory>(`table.${props.name}`, { shown: null, widths: {}, sort: null });
  const [active, setActive] = useState(0);
  const scroller = useRef<HTMLDivElement>(null);
  const remote = props.onSort !== undefined;
  const sort = remote ? (props.sort ?? null) : memory.sort;

  const wanted = props.chosen === undefined ? memory.shown : props.chosen;
  const shown = useMemo(() => shownColumns(columns, wanted), [columns, wanted]);
  const ordered = useMemo(() => {
    const found = filteredRows(rows, columns, props.filter ?? "");
    return remote ? found : sortedRows(found, columns, sort);
  }, [rows, columns, props.filter, remote, sort]);
  // Where the choice is kept elsewhere it is made elsewhere too.
  const fixed = props.whole === true || props.chosen !== undefined;
  const room = useWidth(scroller);
  const widths = columnWidths(
    shown.map((column) => {
      const byHand = memory.widths[column.id];
      return { width: byHand ?? column.width, grows: byHand === undefined && !column.numeric };
    }),
    room,
  );

  const virtual = useVirtualizer({
    count: ordered.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);

  const drawn = items.length > 0;
  useEffect(() => {
    if (props.takesFocus === undefined || !drawn || document.activeElement !== document.body) return;
    scroller.current?.querySelector<HTMLElement>('tr[tabindex="0"]')?.focus({ preventScroll: true });
  }, [props.takesFocus, drawn]);

  const lastDrawn = items.at(-1)?.index ?? 0;
  const onMore = props.onMore;
  useEffect(() => {
    if (onMore && lastDrawn >= ordered.length - AHEAD_ROWS) onMore();
  }, [onMore, lastDrawn, ordered.length]);

  const sortBy = (id: string) => {
    const next = { id, down: sort?.id === id ? !sort.down : false };
    if (props.onSort) props.onSort(next);
    else setMemory({ ...memory, sort: next });
  };

  const goTo = (index: number) => {
    const target = Math.max(0, Math.min(ordered.length - 1, index));
    setActive(target);
    virtual.scrollToIndex(target);
    requestAnimationFrame(() => {
      scroller.current?.querySelector<HTMLElement>(`[data-index="${target}"]`)?.focus({ preventScroll: true });
    });
  };

  const onKey = (event: KeyboardEvent) => {
    if (!(event.target instanceof HTMLElement) || event.target.dataset.index === undefined) return;
    const page = Math.floor((scroller.current?.clientHeight ?? 0) / ROW_PX) - 2;
    const row = ordered[active];
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page };
    const step = steps[event.key];
    if (step !== undefined) goTo(active + step);
    else if (event.key === "Home") goTo(0);
    else if (event.key === "End") goTo(ordered.length - 1);
    else if (event.key === "Enter" && row !== undefined && props.onOpen) props.onOpen(row);
    else if (event.key === "c" && (event.ctrlKey || event.metaKey) && row !== undefined) {
      if (getSelection()?.toString()) return;
      void navigator.clipboard?.writeText(rowsAsText([row], shown));
    } else return;
    event.preventDefault();
  };

  return (
    <div className="table-frame">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys bubble up from the focused row */}
      <div className="table-scroll" ref={scroller} onKeyDown={onKey} onPointerOver={tellCut}>
        <table
          className="table"
          style={{ minWidth: widths.reduce((sum, width) => sum + width, 0) }}
          aria-label={props.label}
          aria-rowcount={ordered.length + 1}
        >
          <colgroup>
            {shown.map((column, index) => (
              <col key={column.id} style={{ width: widths[index] }} />
            ))}
            <col />
          </colgroup>
          <thead>
            <tr aria-rowindex={1}>
              {shown.map((column, index) => (
                <th
                  key={column.id}
                  scope="col"
                  className={column.numeric ? "number" : ""}
                  aria-sort={sort?.id === column.id ? (sort.down ? "descending" : "ascending") : "none"}
                >
                  {column.unsorted ? (
                    <span className="table-title" title={column.about || undefined}>
                      {column.title}
                    </span>
                  ) : (
                    <button
                      type="button"
                      className="table-title"
                      title={column.about || undefined}
                      onClick={() => sortBy(column.id)}
                    >
                      {column.title}
                      {sort?.id === column.id ? (
                        sort.down ? (
                          <IconChevronDown size={12} aria-hidden="true" />
                        ) : (
                          <IconChevronUp size={12} aria-hidden="true" />
                        )
                      ) : null}
                    </button>
                  )}
                  <ColumnGrip
                    width={widths[index] ?? column.width}
                    onWidth={(width) => setMemory({ ...memory, widths: { ...memory.widths, [column.id]: width } })}
                  />
                </th>
              ))}
              <td />
            </tr>
          </thead>
          <tbody>
            {first > 0 ? (
              <tr>
                <td colSpan={shown.length + 1} style={{ height: first, padding: 0, border: 0 }} />
              </tr>
            ) : null}
            {items.map((item) => {
              const row = ordered[item.index] as Row;
              const key = keyOf(row);
              return (
                <tr
                  key={key}
                  data-index={item.index}
                  aria-rowindex={item.index + 2}
                  aria-selected={props.selected === key || undefined}
                  tabIndex={item.index === Math.min(active, ordered.length - 1) ? 0 : -1}
                  className={props.onOpen ? "table-open" : ""}
                  onFocus={(event) => event.target === event.currentTarget && setActive(item.index)}
                  onClick={() => {
                    if (props.onOpen && !getSelection()?.toString()) props.onOpen(row);
                  }}
                >
                  {shown.map((column) => (
                    <td key={column.id} className={column.numeric ? "number" : ""}>
                      {(column.cell ?? column.text ?? column.value)(row)}
                    </td>
                  ))}
                  <td />
                </tr>
              );
            })}
            {after > 0 ? (
              <tr>
                <td colSpan={shown.length + 1} style={{ height: after, padding: 0, border: 0 }} />
              </tr>
            ) : null}
          </tbody>
          {props.foot === undefined || ordered.length === 0 ? null : (
            <tfoot>
              <tr>
                {shown.map((column, place) => (
                  <td key={column.id} className={column.numeric ? "number" : ""}>
                    {props.foot?.(column, place)}
                  </td>
                ))}
                <td />
              </tr>
            </tfoot>
          )}
        </table>
        {ordered.length === 0 ? props.empty : null}
        {props.loadingMore ? (
          <p className="table-more quiet" role="status">
            Loading more…
          </p>
        ) : null}
      </div>
      {fixed ? null : (
        <div className="table-tools">
          <ColumnChoice columns={columns} shown={shown} onChange={(ids) => setMemory({ ...memory, shown: ids })} />
        </div>
      )}
    </div>
  );
}

/** What a cell cuts off is told at the pointer; what a cell tells itself stays. */
function tellCut(event: PointerEvent): void {
  const cell = event.target instanceof Element ? event.target.closest<HTMLElement>("td, th") : null;
  if (cell === null || cell.querySelector("[title]") !== null) return;
  if (cell.scrollWidth > cell.clientWidth) cell.title = cell.textContent;
  else cell.removeAttribute("title");
}
