/**
 * How a stretch of time is laid out in a row: where a span stands in what is looked at, and where the hours are.
 * Instants are milliseconds; places are shares of the width, from 0 to 1.
 */
export interface TimeWindow {
  from: number;
  to: number;
}

export const HOUR_MS = 3_600_000;

/** Where a span stands in the window; null where it lies outside. */
export function placeOf(span: TimeWindow, seen: TimeWindow): { left: number; width: number } | null {
  const from = Math.max(span.from, seen.from);
  const to = Math.min(span.to, seen.to);
  const length = seen.to - seen.from;
  if (length <= 0 || to < from || (to === from && span.to !== span.from)) return null;
  return { left: (from - seen.from) / length, width: (to - from) / length };
}

/** The widths that can be looked at. Null is the whole day, however many hours it has. */
export const ZOOMS = [null, 6, 1] as const;
export type Zoom = (typeof ZOOMS)[number];

/** So many hours around an instant, inside the day: at its edges the window stays as wide as it is. */
export function windowAround(at: number, zoom: Zoom, day: TimeWindow): TimeWindow {
  const length = zoom === null ? day.to - day.from : Math.min(zoom * HOUR_MS, day.to - day.from);
  const from = Math.min(Math.max(at - length / 2, day.from), day.to - length);
  return { from, to: from + length };
}

/** The same width, moved by a share of itself, inside the day. */
export function moved(seen: TimeWindow, share: number, day: TimeWindow): TimeWindow {
  const length = seen.to - seen.from;
  const from = Math.min(Math.max(seen.from + share * length, day.from), day.to - length);
  return { from, to: from + length };
}

export interface Tick {
  at: number;
  /** Share of the width. */
  left: number;
  label: string;
}

/** Minutes between two ticks, for windows up to so many hours. */
const STEPS: readonly [hours: number, minutes: number][] = [
  [1, 10],
  [3, 30],
  [9, 60],
];
const WIDE_MINUTES = 120;

/**
 * The hours of the window as the clocks on the wall show them. Ticks are as far apart as time is, so a day on which
 * clocks are set back shows the hour twice, and one on which they are set forward leaves it out.
 */
export function ticksOf(seen: TimeWindow, day: TimeWindow, zone: string): Tick[] {
  const hours = (seen.to - seen.from) / HOUR_MS;
  const stepMs = (STEPS.find(([most]) => hours <= most)?.[1] ?? WIDE_MINUTES) * 60_000;
  const ticks: Tick[] = [];
  const first = day.from + Math.ceil((seen.from - day.from) / stepMs) * stepMs;
  for (let at = first; at < seen.to; at += stepMs) {
    ticks.push({ at, left: (at - seen.from) / (seen.to - seen.from), label: clock(at, zone) });
  }
  return ticks;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** `09:20`, with seconds where asked for. */
export function clock(at: number, zone: string, seconds = false): string {
  const key = `${zone} ${seconds}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      hour: "2-digit",
      minute: "2-digit",
      ...(seconds ? { second: "2-digit" } : {}),
      hourCycle: "h23",
    });
    formats.set(key, format);
  }
  return format.format(at);
}

/**
 * Milliseconds as whole seconds whose sum is the whole's: what is read can be added up by hand. Each is at most a
 * second off.
 */
export function wholeSeconds(parts: readonly number[]): number[] {
  let exact = 0;
  let given = 0;
  return parts.map((ms) => {
    exact += ms;
    const seconds = Math.round(exact / 1000) - given;
    given += seconds;
    return seconds;
  });
}
