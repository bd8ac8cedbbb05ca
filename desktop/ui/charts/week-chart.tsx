import { type KeyboardEvent, useRef, useState } from "react";
import type { ColumnKind } from "../../../contract/views.ts";
import { numberText, WEEKDAYS } from "../../model/report-cells.ts";
import { useWidth } from "../use-width.ts";
import "./charts.css";

const LEFT = 54;
const ROW_PX = 21;
const FOOT = 18;
const HOURS = 24;
/** The narrowest a cell is drawn; a narrower page scrolls. */
const CELL_PX = 14;

/**
 * A week as a map: weekdays below each other, hours beside each other, the more the darker. The arrows walk over it and
 * the head says what is there.
 */
export function WeekChart(props: {
  title: string;
  kind: ColumnKind;
  /** 1 Monday to 7 Sunday. */
  firstDay: number;
  /** By weekday and hour; what is missing is nothing. */
  amountOf: (weekday: number, hour: number) => number;
}) {
  const { title, kind, firstDay, amountOf } = props;
  const [at, setAt] = useState<{ row: number; hour: number } | null>(null);
  const frame = useRef<HTMLDivElement>(null);
  const width = Math.max(useWidth(frame), LEFT + HOURS * CELL_PX);
  const days = Array.from({ length: 7 }, (_, row) => ((firstDay - 1 + row) % 7) + 1);
  const cells = days.map((day) => Array.from({ length: HOURS }, (_, hour) => amountOf(day, hour)));
  const largest = Math.max(0, ...cells.flat());
  const each = (width - LEFT) / HOURS;
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[event.key];
    if (event.key === "Escape") setAt(null);
    else if (step === undefined) return;
    else {
      const [rows = 0, hours = 0] = step;
      const from = at ?? { row: 0, hour: 0 };
      const inside = (value: number, most: number) => Math.max(0, Math.min(most, value));
      setAt(at === null ? from : { row: inside(from.row + rows, 6), hour: inside(from.hour + hours, 23) });
    }
    event.preventDefault();
  };
  const busiest = cells
    .flatMap((row, nth) => row.map((value, hour) => ({ value, nth, hour })))
    .sort((a, b) => b.value - a.value)[0];
  const place = (row: number, hour: number) => `${WEEKDAYS[(days[row] ?? 1) - 1]} ${String(hour).padStart(2, "0")}:00`;
  return (
    <figure className="chart" aria-label={title}>
      <figcaption className="chart-head">
        <span className="chart-key">{title}</span>
        <span className="chart-said" role="status">
          {at === null
            ? busiest === undefined || busiest.value === 0
              ? ""
              : `Most: ${place(busiest.nth, busiest.hour)}, ${numberText(busiest.value, kind)}`
            : `${place(at.row, at.hour)}: ${numberText(cells[at.row]?.[at.hour] ?? 0, kind)}`}
        </span>
      </figcaption>
      <div className="chart-frame" ref={frame}>
        <svg
          width={width}
          height={7 * ROW_PX + FOOT}
          role="img"
          aria-label={`${title}. Grouped by weekday and hour of the day, the table has the numbers.`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrows walk over the map
          tabIndex={0}
          onKeyDown={onKey}
          onPointerLeave={() => setAt(null)}
          onPointerMove={(event) => {
            const box = event.currentTarget.getBoundingClientRect();
            const row = Math.floor((event.clientY - box.top) / ROW_PX);
            const hour = Math.floor((event.clientX - box.left - LEFT) / each);
            setAt(row < 0 || row > 6 || hour < 0 || hour > 23 ? null : { row, hour });
          }}
        >
          {cells.map((row, nth) => (
            <g key={days[nth]}>
              <text x={LEFT - 6} y={nth * ROW_PX + 14} textAnchor="end">
                {WEEKDAYS[(days[nth] ?? 1) - 1]?.slice(0, 3)}
              </text>
              {row.map((value, hour) => (
                <rect
                  // biome-ignore lint/suspicious/noArrayIndexKey: an hour is its place
                  key={hour}
                  className={at?.row === nth && at.hour === hour ? "chart-cell chart-cell-at" : "chart-cell"}
                  x={LEFT + hour * each}
                  y={nth * ROW_PX}
                  width={each}
                  height={ROW_PX}
                  fill={
                    value > 0
                      ? `color-mix(in srgb, var(--accent) ${shade(value, largest)}%, var(--sheet))`
                      : "var(--sunk)"
                  }
                />
              ))}
            </g>
          ))}
          {Array.from({ length: HOURS / 3 }, (_, nth) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an hour is its place
            <text key={nth} x={LEFT + nth * 3 * each + 1} y={7 * ROW_PX + 13}>
              {String(nth * 3).padStart(2, "0")}:00
            </text>
          ))}
        </svg>
      </div>
    </figure>
  );
}

/** The least of something is still seen beside nothing. */
const shade = (value: number, largest: number) => Math.round(12 + (value / largest) * 88);
