import type { PointerEvent } from "react";
import { useRef } from "react";

const NARROWEST_PX = 48;
const WIDEST_PX = 800;

/** The edge of a column's head, to pull it wider or narrower. For the mouse alone: widths change nothing one can do. */
export function ColumnGrip(props: { width: number; onWidth: (width: number) => void }) {
  const start = useRef<{ x: number; width: number } | null>(null);
  const move = (event: PointerEvent) => {
    if (start.current === null) return;
    const width = start.current.width + event.clientX - start.current.x;
    props.onWidth(Math.round(Math.max(NARROWEST_PX, Math.min(WIDEST_PX, width))));
  };
  return (
    <span
      className="column-grip"
      aria-hidden="true"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { x: event.clientX, width: props.width };
      }}
      onPointerMove={move}
      onPointerUp={() => {
        start.current = null;
      }}
    />
  );
}
