import type { PictureLane, PictureSpan } from "./call-picture.ts";
import type { TimeWindow } from "./timeline.ts";

/** A span of a lane: what is looked at. */
export interface PictureStop {
  lane: PictureLane;
  span: PictureSpan;
}

const overlap = (one: TimeWindow, other: TimeWindow) => one.from < other.to && other.from < one.to;
/** Whether one is the other side of the conversation that is looked at. */
export const talksWith = (looked: PictureStop, one: PictureStop) =>
  looked.span.with.includes(one.lane.id) && one.span.with.includes(looked.lane.id) && overlap(looked.span, one.span);

/** Where two begin to talk: the instant at which both are in it, and the rows of both, the upper one first. */
export function jointsOf(lanes: readonly PictureLane[], seen: TimeWindow): { at: number; from: number; to: number }[] {
  const rows = new Map(lanes.map(({ id }, row) => [id, row]));
  return lanes.flatMap((lane, from) =>
    lane.spans.flatMap((span, nth) =>
      span.with.flatMap((id) => {
        const to = rows.get(id);
        const other = to === undefined ? undefined : lanes[to];
        if (to === undefined || other === undefined || to <= from) return [];
        const met = other.spans.findIndex((one) => one.with.includes(lane.id) && overlap(one, span));
        const begin = other.spans[met];
        if (begin === undefined) return [];
        // Held or talking is the same conversation.
        const before = [lane.spans[nth - 1]?.with.includes(id), other.spans[met - 1]?.with.includes(lane.id)];
        const at = Math.max(span.from, begin.from);
        return before.includes(true) || at < seen.from || at > seen.to ? [] : [{ at, from, to }];
      }),
    ),
  );
}

/** Where an arrow leads: along the lane, or to what was in the next lane at that time. */
export function neighbourOf(
  key: string,
  lanes: readonly PictureLane[],
  lane: PictureLane,
  span: PictureSpan,
): PictureStop | undefined {
  const index = lane.spans.indexOf(span);
  const row = lanes.indexOf(lane);
  const along: Record<string, number> = {
    ArrowLeft: index - 1,
    ArrowRight: index + 1,
    Home: 0,
    End: lane.spans.length - 1,
  };
  const across: Record<string, number> = { ArrowUp: row - 1, ArrowDown: row + 1 };
  const other = lanes[across[key] ?? -1];
  const next = other === undefined ? lane.spans[along[key] ?? -1] : nearest(other, span);
  return next === undefined ? undefined : { lane: other ?? lane, span: next };
}

function nearest(lane: PictureLane, to: TimeWindow): PictureSpan | undefined {
  const middle = (to.from + to.to) / 2;
  const away = (span: TimeWindow) =>
    middle < span.from ? span.from - middle : middle > span.to ? middle - span.to : 0;
  return lane.spans.toSorted((a, b) => away(a) - away(b))[0];
}
