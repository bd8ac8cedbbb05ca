import type { KeyboardEvent } from "react";
import type { PictureStop } from "../../model/picture-walk.ts";

export const BAR_PX = 16;
/** An instant is seen too. */
const LEAST_PX = 2;
/** What is narrow is still caught by the pointer. */
const CATCH_PX = 6;
/** Narrower spans carry no word. */
const WORD_PX = 46;

export const spanId = ({ lane, span }: PictureStop) => `${lane.id} ${span.key}`;

/** One span: its colour, and where it is held or parked its hatching, so that colour alone tells nothing. */
export function CallSpan(props: {
  one: PictureStop;
  left: number;
  length: number;
  top: number;
  hatch: string;
  stop: boolean;
  beside: boolean;
  label: string;
  onLook: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
}) {
  const { left, top, one } = props;
  const { span } = one;
  const width = Math.max(props.length, LEAST_PX);
  const thin = span.doing === "alone";
  const box = { x: left, y: thin ? top + 6 : top, width, height: thin ? 4 : BAR_PX };
  return (
    // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: it is looked at, and does not act
    <g
      className={`call-span call-${span.doing}${span.own ? " call-mine" : ""}${props.beside ? " call-beside" : ""}`}
      role="img"
      aria-label={props.label}
      tabIndex={props.stop ? 0 : -1}
      data-span={spanId(one)}
      onPointerEnter={props.onLook}
      onFocus={props.onLook}
      onKeyDown={props.onKeyDown}
    >
      {span.doing === "transferred" ? (
        <path className="call-mark" d={`M${left - 1} ${top - 3}h2v6l7 5 -7 5v6h-2z`} />
      ) : (
        <>
          <rect className="call-catch" x={left} y={top} width={Math.max(width, CATCH_PX)} height={BAR_PX} />
          <rect className="call-bar" {...box} />
          {span.doing === "held" || span.doing === "parked" ? <rect {...box} fill={`url(#${props.hatch})`} /> : null}
          {width > WORD_PX && span.word !== "" ? (
            <svg x={left} y={top} width={width} height={BAR_PX} aria-hidden="true">
              <text className="call-word" x={5} y={12}>
                {span.word}
              </text>
            </svg>
          ) : null}
        </>
      )}
    </g>
  );
}
