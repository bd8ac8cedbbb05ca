import { type KeyboardEvent, useId, useRef } from "react";
import type { CallPicture, PictureLane, PictureSpan } from "../../model/call-picture.ts";
import { pictureTicks } from "../../model/call-picture.ts";
import { jointsOf, neighbourOf, type PictureStop, talksWith } from "../../model/picture-walk.ts";
import { placeOf, type TimeWindow } from "../../model/timeline.ts";
import { useWidth } from "../../ui/use-width.ts";
import { BAR_PX, CallSpan, spanId } from "./call-span.tsx";
import "./call-lanes.css";

const LANE_PX = 40;
const BAR_TOP = 19;
const AXIS_PX = 18;

/**
 * The lanes of a call as a drawing. Each lane is one stop of the Tab key; the arrows walk along it and across the lanes.
 * Lines join those who begin to talk with each other.
 */
export function CallLanes(props: {
  picture: CallPicture;
  lanes: readonly PictureLane[];
  seen: TimeWindow;
  looked: PictureStop | null;
  onLook: (looked: PictureStop) => void;
  /** Says a span with its instants, for those who hear it. */
  label: (looked: PictureStop) => string;
}) {
  const { lanes, seen, looked } = props;
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const hatch = useId();
  const height = lanes.length * LANE_PX + AXIS_PX;
  const x = (at: number) => ((at - seen.from) / (seen.to - seen.from)) * width;
  const ticks = pictureTicks(seen, props.picture.whole.from);

  const lookedId = looked !== null && placeOf(looked.span, seen) !== null ? spanId(looked) : null;
  const stops = new Map(
    lanes.map((lane) => [lane.id, stopOf(lane, seen, looked?.lane.id === lane.id ? lookedId : null)]),
  );

  const walk = (event: KeyboardEvent, lane: PictureLane, span: PictureSpan) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const next = neighbourOf(event.key, lanes, lane, span);
    if (next === undefined) return;
    event.preventDefault();
    props.onLook(next);
    const id = CSS.escape(spanId(next));
    const drawn = () => frame.current?.querySelector<SVGElement>(`[data-span="${id}"]`);
    // At once where it is in sight, so that no key is lost; else when it has come into sight.
    const there = drawn();
    if (there) there.focus();
    else requestAnimationFrame(() => drawn()?.focus());
  };

  return (
    <div ref={frame} className="call-lanes">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a drawing */}
      <svg width={width} height={height} role="group" aria-label="Parties of the call over time">
        <defs>
          <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="2" height="6" className="call-hatch" />
          </pattern>
        </defs>
        {ticks.map(({ at, label }) => (
          <g key={at}>
            <line className="call-tick" x1={x(at)} x2={x(at)} y1={0} y2={height - AXIS_PX} />
            <text className="call-axis" x={x(at)} y={height - 5} textAnchor={anchorOf(x(at), width)}>
              {label}
            </text>
          </g>
        ))}
        {jointsOf(lanes, seen).map(({ at, from, to }) => (
          <line
            key={`${at} ${from} ${to}`}
            className="call-joint"
            x1={x(at)}
            x2={x(at)}
            y1={from * LANE_PX + BAR_TOP + BAR_PX}
            y2={to * LANE_PX + BAR_TOP}
          />
        ))}
        {lanes.map((lane, row) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be part of a drawing
          // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: a group of a drawing does not act
          <g key={lane.id} role="group" aria-label={laneLabel(lane)}>
            <svg x={0} y={row * LANE_PX} width={width} height={BAR_TOP} aria-hidden="true">
              <text className={lane.own ? "call-who call-own" : "call-who"} x={0} y={14}>
                {lane.title}
                <tspan className="call-about" dx={6}>
                  {lane.about}
                  {lane.own ? `${lane.about === "" ? "" : " · "}this row` : ""}
                </tspan>
              </text>
            </svg>
            <line className="call-lane" x1={0} x2={width} y1={middleOf(row)} y2={middleOf(row)} />
            {lane.spans.map((span) => {
              const place = placeOf(span, seen);
              if (place === null) return null;
              const one = { lane, span };
              return (
                <CallSpan
                  key={span.key}
                  one={one}
                  left={place.left * width}
                  length={place.width * width}
                  top={row * LANE_PX + BAR_TOP}
                  hatch={hatch}
                  stop={spanId(one) === stops.get(lane.id)}
                  beside={looked !== null && talksWith(looked, one)}
                  label={props.label(one)}
                  onLook={() => props.onLook(one)}
                  onKeyDown={(event) => walk(event, lane, span)}
                />
              );
            })}
          </g>
        ))}
      </svg>
    </div>
  );
}

const middleOf = (row: number) => row * LANE_PX + BAR_TOP + BAR_PX / 2;
const anchorOf = (x: number, width: number) => (x < 12 ? "start" : x > width - 24 ? "end" : "middle");
const laneLabel = ({ title, about, own }: PictureLane) =>
  [title, about, own ? "this row" : ""].filter((part) => part !== "").join(", ");

/** Where the Tab key stops in a lane: at what is looked at, else at the first that is in sight. */
function stopOf(lane: PictureLane, seen: TimeWindow, lookedId: string | null): string | null {
  if (lookedId !== null) return lookedId;
  const first = lane.spans.find((span) => placeOf(span, seen) !== null);
  return first === undefined ? null : spanId({ lane, span: first });
}
