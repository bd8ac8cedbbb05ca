import { type KeyboardEvent, type PointerEvent, useMemo, useRef } from "react";
import { clockText } from "../../model/elapsed.ts";
import { type PlayedSound, shareOf, wavePath, withinRecording } from "../../model/recording-view.ts";

/** What an arrow moves by, and a page. */
const STEP_MS = 5000;
const PAGE_MS = 30_000;

/** The sides of a recording, and the place in it: clicked, dragged, or moved by keys. A message has one side. */
export function WaveForm(props: {
  recording: PlayedSound;
  /** What it is, in one noun. */
  noun: string;
  placeMs: number;
  onPlace: (placeMs: number) => void;
  onToggle: () => void;
}) {
  const { recording, noun, placeMs, onPlace } = props;
  const { lengthMs, peaks, pauses, parts } = recording;
  const field = useRef<HTMLDivElement>(null);
  const paths = useMemo(() => ({ customer: wavePath(peaks.customer), house: wavePath(peaks.house) }), [peaks]);
  const steps = Math.max(1, peaks.customer.length);
  const sides = peaks.house.length === 0 ? (["customer"] as const) : (["customer", "house"] as const);
  const at = (ms: number) => `${shareOf(ms, lengthMs)}%`;

  const point = (event: PointerEvent) => {
    const box = field.current?.getBoundingClientRect();
    if (box === undefined || box.width === 0) return;
    onPlace(withinRecording(((event.clientX - box.left) / box.width) * lengthMs, lengthMs));
  };
  const key = (event: KeyboardEvent) => {
    const places: Record<string, number> = {
      ArrowLeft: placeMs - STEP_MS,
      ArrowDown: placeMs - STEP_MS,
      ArrowRight: placeMs + STEP_MS,
      ArrowUp: placeMs + STEP_MS,
      PageDown: placeMs - PAGE_MS,
      PageUp: placeMs + PAGE_MS,
      Home: 0,
      End: lengthMs,
    };
    const place = places[event.key];
    if (place === undefined && event.key !== " ") return;
    event.preventDefault();
    if (place === undefined) props.onToggle();
    else onPlace(withinRecording(place, lengthMs));
  };

  return (
    <div
      className="wave"
      ref={field}
      role="slider"
      tabIndex={0}
      aria-label={`Place in the ${noun}`}
      aria-valuemin={0}
      aria-valuemax={Math.round(lengthMs / 1000)}
      aria-valuenow={Math.round(placeMs / 1000)}
      aria-valuetext={`${clockText(placeMs)} of ${clockText(lengthMs)}`}
      onKeyDown={key}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        point(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) point(event);
      }}
    >
      {sides.map((side) => (
        <div key={side} className={`wave-lane wave-${side}`}>
          <svg viewBox={`0 0 ${steps} 2`} preserveAspectRatio="none" aria-hidden="true">
            <path d={paths[side]} />
          </svg>
          <span className="wave-name">{side === "customer" ? "Customer" : "Us"}</span>
        </div>
      ))}
      {pauses.map(({ fromMs, toMs }) => (
        <span
          key={fromMs}
          className="wave-pause"
          style={{ left: at(fromMs), width: `${shareOf(toMs - fromMs, lengthMs)}%` }}
        />
      ))}
      {parts.slice(1).map((part) => (
        <span key={part.placeMs} className="wave-part" style={{ left: at(part.placeMs) }} />
      ))}
      <span className="wave-place" style={{ left: at(placeMs) }} />
    </div>
  );
}
