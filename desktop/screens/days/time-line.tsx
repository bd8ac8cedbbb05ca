import { type KeyboardEvent, useRef, useState } from "react";
import type { Lane, Span } from "../../model/agent-day.ts";
import { hoursText } from "../../model/elapsed.ts";
import { clockOn, placeOf, type TimeWindow, ticksOf } from "../../model/timeline.ts";
import type { DayLook } from "./use-day.ts";
import "./time-line.css";

/** Narrower spans carry no word; it stands below when they are looked at. */
const WORD_SHARE = 0.04;

/**
 * Time in lanes. Each lane is one stop of the Tab key; the arrows walk along it and across the lanes, and what is
 * looked at is told below. A span that lies outside of what is shown is brought into it by walking there.
 */
export function TimeLine({ lanes, look }: { lanes: readonly Lane[]; look: DayLook }) {
  const { whole: day, seen, zone, now } = look;
  const [looked, setLooked] = useState<{ lane: string; span: Span } | null>(null);
  const [active, setActive] = useState<Record<string, string>>({});
  const root = useRef<HTMLDivElement>(null);
  const ticks = ticksOf(seen, day, zone);
  const nowPlace = now >= day.from && now < day.to ? placeOf({ from: now, to: now }, seen) : null;

  const go = (lane: Lane, span: Span) => {
    setActive({ ...active, [lane.id]: span.key });
    if (placeOf(span, seen) === null) look.look((span.from + span.to) / 2);
    requestAnimationFrame(() =>
      root.current?.querySelector<HTMLElement>(`[data-span="${lane.id} ${span.key}"]`)?.focus(),
    );
  };
  const onKey = (event: KeyboardEvent, lane: Lane, index: number) => {
    const row = lanes.indexOf(lane);
    const along: Record<string, number> = {
      ArrowLeft: index - 1,
      ArrowRight: index + 1,
      Home: 0,
      End: lane.spans.length - 1,
    };
    const across: Record<string, number> = { ArrowUp: row - 1, ArrowDown: row + 1 };
    const nextIndex = along[event.key];
    const nextRow = across[event.key];
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (nextIndex !== undefined) {
      const span = lane.spans[nextIndex];
      if (span !== undefined) go(lane, span);
    } else if (nextRow !== undefined) {
      const target = lanes[nextRow];
      const span = target === undefined ? undefined : nearest(target, lane.spans[index]);
      if (target !== undefined && span !== undefined) go(target, span);
    } else return;
    event.preventDefault();
  };

  return (
    <div className="time-line" ref={root}>
      <div className="time-line-hours" aria-hidden="true">
        <span />
        <div className="time-line-track">
          {ticks.map(({ at, left, label }) => (
            <span key={at} style={{ left: `${left * 100}%` }}>
              {label}
            </span>
          ))}
        </div>
      </div>
      {lanes.map((lane) => (
        <div className="time-line-lane" key={lane.id}>
          <span className="label" id={`lane-${lane.id}`}>
            {lane.title}
          </span>
          {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a track of positioned spans */}
          <div className="time-line-track" role="group" aria-labelledby={`lane-${lane.id}`}>
            {ticks.map(({ at, left }) => (
              <span className="time-line-tick" key={at} style={{ left: `${left * 100}%` }} />
            ))}
            {lane.spans.map((span, index) => {
              const place = placeOf(span, seen);
              if (place === null) return null;
              const stop = active[lane.id] ?? firstSeen(lane, seen)?.key;
              return (
                <button
                  key={span.key}
                  type="button"
                  className={`time-span time-span-${span.tint}`}
                  data-span={`${lane.id} ${span.key}`}
                  tabIndex={span.key === stop ? 0 : -1}
                  style={{ left: `${place.left * 100}%`, width: `${place.width * 100}%` }}
                  aria-label={spanText(span, day, zone)}
                  onMouseEnter={() => setLooked({ lane: lane.title, span })}
                  onFocus={() => {
                    setLooked({ lane: lane.title, span });
                    setActive({ ...active, [lane.id]: span.key });
                  }}
                  onKeyDown={(event) => onKey(event, lane, index)}
                >
                  {place.width > WORD_SHARE && span.tint !== "signal" ? <span className="cut">{span.word}</span> : null}
                </button>
              );
            })}
            {nowPlace === null ? null : <span className="time-line-now" style={{ left: `${nowPlace.left * 100}%` }} />}
          </div>
        </div>
      ))}
      <p className="time-line-looked">
        {looked === null ? (
          <span className="quiet">Point at a span, or walk with the arrows, to read when it was and why.</span>
        ) : (
          <>
            <strong>{looked.lane}</strong> {spanText(looked.span, day, zone)}
          </>
        )}
      </p>
    </div>
  );
}

/** `Coffee, 09:12:00 to 09:20:31, 0:08:31`. */
function spanText(span: Span, day: TimeWindow, zone: string): string {
  const about = span.about === "" ? "" : `, ${span.about}`;
  const length = hoursText((span.to - span.from) / 1000);
  return `${span.word}, ${clockOn(span.from, day, zone, true)} to ${clockOn(span.to, day, zone, true)}, ${length}${about}`;
}

const firstSeen = (lane: Lane, seen: TimeWindow) => lane.spans.find((span) => placeOf(span, seen) !== null);

/** The span of another lane that is nearest in time to the one that is left. */
function nearest(lane: Lane, from: Span | undefined): Span | undefined {
  const at = from === undefined ? 0 : (from.from + from.to) / 2;
  const away = (span: Span) => (at < span.from ? span.from - at : at > span.to ? at - span.to : 0);
  return lane.spans.reduce<Span | undefined>(
    (best, span) => (best === undefined || away(span) < away(best) ? span : best),
    undefined,
  );
}
