import { type KeyboardEvent, useRef, useState } from "react";
import type { ColumnKind } from "../../../contract/views.ts";
import { everyNth, ticksOf } from "../../model/chart-scale.ts";
import { numberText } from "../../model/report-cells.ts";
import { useWidth } from "../use-width.ts";
import { ChartKey, ChartPatterns } from "./tones.tsx";
import "./charts.css";

export interface ChartSeries {
  key: string;
  title: string;
  fill: string;
  values: readonly number[];
}

const HEIGHT = 176;
const FOOT = 20;
const TOP = 6;
/** A letter of a label, roughly. */
const LETTER_PX = 6.2;
/** Names have so much of the width, and no more than this. */
const NAME_SHARE = 0.36;
const NAME_PX = 132;
/** A tick's label and room beside it. */
const TICK_PX = 62;
const BAR_PX = 18;

interface Props {
  title: string;
  labels: readonly string[];
  series: readonly ChartSeries[];
  kind: ColumnKind;
  /** Names stand in rows below each other, times beside each other. */
  across?: boolean;
  /** What is left out, in words. */
  note?: string | undefined;
}

/**
 * Stacked bars. The arrows walk along them and the head says what stands there; the table beside a chart says all of it
 * in text.
 */
export function BarsChart(props: Props) {
  const { title, labels, series, kind, across = false } = props;
  const [at, setAt] = useState<number | null>(null);
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const sums = labels.map((_, nth) => series.reduce((sum, one) => sum + (one.values[nth] ?? 0), 0));
  const largest = Math.max(0, ...sums);
  const shown = series.filter((one) => one.values.some((value) => value > 0));
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const to = event.key === "Home" ? 0 : event.key === "End" ? labels.length - 1 : null;
    if (event.key === "Escape") setAt(null);
    else if (step !== undefined)
      setAt(Math.max(0, Math.min(labels.length - 1, (at ?? (step > 0 ? -1 : labels.length)) + step)));
    else if (to !== null) setAt(to);
    else return;
    event.preventDefault();
  };
  const said = at === null ? null : (labels[at] ?? null);
  const height = across ? labels.length * BAR_PX + FOOT : HEIGHT;
  const namePx = Math.min(NAME_PX, width * NAME_SHARE);
  const fitting = across ? Math.max(1, Math.floor((width - namePx) / TICK_PX) - 1) : 4;
  const ticks = ticksOf(largest, kind, Math.min(4, fitting));
  const drawn = { width, namePx, labels, series: shown, sums, ticks, kind, at };
  return (
    <figure className="chart" aria-label={title}>
      <figcaption className="chart-head">
        {shown.map((one) => (
          <ChartKey key={one.key} fill={one.fill} title={one.title} />
        ))}
        {props.note ? <span className="quiet">{props.note}</span> : null}
        <span className="chart-said" role="status">
          {at === null || said === null
            ? ""
            : `${said}: ${shown.map((one) => `${one.title} ${numberText(one.values[at] ?? 0, kind)}`).join(", ")}`}
        </span>
      </figcaption>
      <div className="chart-frame" ref={frame}>
        <svg
          width={width}
          height={height}
          role="img"
          aria-label={`${title}, ${labels.length} bars, largest ${numberText(largest, kind)}. The table has the numbers.`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrows walk along the bars
          tabIndex={0}
          onKeyDown={onKey}
          onPointerLeave={() => setAt(null)}
          onPointerMove={(event) => {
            const box = event.currentTarget.getBoundingClientRect();
            setAt(
              across
                ? rowAt(event.clientY - box.top, labels.length)
                : columnAt(event.clientX - box.left, width, labels.length),
            );
          }}
        >
          <ChartPatterns />
          {width === 0 ? null : across ? <Rows {...drawn} /> : <Columns {...drawn} />}
        </svg>
      </div>
    </figure>
  );
}

interface Drawn {
  width: number;
  namePx: number;
  labels: readonly string[];
  series: readonly ChartSeries[];
  sums: readonly number[];
  ticks: readonly number[];
  kind: ColumnKind;
  at: number | null;
}

const LEFT = 54;
const rowAt = (y: number, count: number) => (y < 0 || y >= count * BAR_PX ? null : Math.floor(y / BAR_PX));
const columnAt = (x: number, width: number, count: number) => {
  const nth = Math.floor(((x - LEFT) / (width - LEFT)) * count);
  return nth < 0 || nth >= count ? null : nth;
};

function Columns({ width, labels, series, ticks, kind, at }: Drawn) {
  const top = ticks.at(-1) ?? 1;
  const bottom = HEIGHT - FOOT;
  const y = (value: number) => bottom - (value / top) * (bottom - TOP);
  const each = (width - LEFT) / labels.length;
  const gap = each > 6 ? Math.min(6, each * 0.2) : 0.5;
  const longest = Math.max(...labels.map((label) => label.length));
  const nth = everyNth(labels.length, Math.floor((width - LEFT) / (longest * LETTER_PX + 10)));
  return (
    <>
      {at === null ? null : (
        <rect className="chart-at" x={LEFT + at * each} y={TOP} width={each} height={bottom - TOP} />
      )}
      {ticks.map((tick) => (
        <g key={tick}>
          <line
            className={tick === 0 ? "chart-line chart-base" : "chart-line"}
            x1={LEFT}
            x2={width}
            y1={y(tick)}
            y2={y(tick)}
          />
          <text x={LEFT - 6} y={y(tick) + 4} textAnchor="end">
            {numberText(tick, kind)}
          </text>
        </g>
      ))}
      {labels.map((label, place) => {
        let below = 0;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: bars have no other name than their place
          <g key={place}>
            {series.map((one) => {
              const value = one.values[place] ?? 0;
              const from = y(below);
              below += value;
              return value <= 0 ? null : (
                <rect
                  key={one.key}
                  x={LEFT + place * each + gap / 2}
                  y={y(below)}
                  width={Math.max(0.5, each - gap)}
                  height={Math.max(0.5, from - y(below))}
                  fill={one.fill}
                />
              );
            })}
            {place % nth === 0 && LEFT + (place + 0.5) * each + (label.length * LETTER_PX) / 2 <= width ? (
              <text x={LEFT + (place + 0.5) * each} y={HEIGHT - 5} textAnchor="middle">
                {label}
              </text>
            ) : null}
          </g>
        );
      })}
    </>
  );
}

function Rows({ width, namePx, labels, series, ticks, kind, at, sums }: Drawn) {
  const room = Math.max(60, width - namePx - 66);
  const top = ticks.at(-1) ?? 1;
  const x = (value: number) => namePx + (value / top) * room;
  const foot = labels.length * BAR_PX;
  const letters = Math.floor((namePx - 8) / LETTER_PX);
  return (
    <>
      {at === null ? null : <rect className="chart-at" x={0} y={at * BAR_PX} width={width} height={BAR_PX} />}
      {ticks.map((tick) => (
        <g key={tick}>
          <line
            className={tick === 0 ? "chart-line chart-base" : "chart-line"}
            x1={x(tick)}
            x2={x(tick)}
            y1={0}
            y2={foot}
          />
          <text x={x(tick)} y={foot + 14} textAnchor="middle">
            {numberText(tick, kind)}
          </text>
        </g>
      ))}
      {labels.map((label, place) => {
        let before = 0;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: bars have no other name than their place
          <g key={place}>
            <text x={namePx - 8} y={place * BAR_PX + 13} textAnchor="end">
              {label.length > letters ? `${label.slice(0, letters - 1)}…` : label}
            </text>
            {series.map((one) => {
              const value = one.values[place] ?? 0;
              const from = x(before);
              before += value;
              return value <= 0 ? null : (
                <rect
                  key={one.key}
                  x={from}
                  y={place * BAR_PX + 3}
                  width={Math.max(0.5, x(before) - from)}
                  height={BAR_PX - 6}
                  fill={one.fill}
                />
              );
            })}
            <text x={x(sums[place] ?? 0) + 6} y={place * BAR_PX + 13}>
              {numberText(sums[place] ?? 0, kind)}
            </text>
          </g>
        );
      })}
    </>
  );
}
