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

/** The widths that can be looked at. Null is the whole day, however many hours it has; `worked` what was done of it. */
export const ZOOMS = [null, "worked", 6, 1] as const;
export type Zoom = (typeof ZOOMS)[number];

/** So many hours around an instant, inside the day: at its edges the window stays as wide as it is. */
export function windowAround(at: number, zoom: Zoom, day: TimeWindow): TimeWindow {
  const length = zoom === null || zoom === "worked" ? day.to - day.from : Math.min(zoom * HOUR_MS, day.to - day.from);
  const from = Math.min(Math.max(at - length / 2, day.from), day.to - length);
  return { from, to: from + length };
}

/** A shift of minutes fills no screen. */
const LEAST_HOURS = 4;

/**
 * The hours of a day in which something was, whole ones, at least LEAST_HOURS; null where nothing was. What began the
 * day before or goes on the next day is cut at midnight.
 */
export function workedWindow(spans: readonly TimeWindow[], day: TimeWindow): TimeWindow | null {
  const within = spans.filter((span) => span.from < day.to && span.to > day.from);
  if (within.length === 0) return null;
  const first = Math.max(Math.min(...within.map(({ from }) => from)), day.from) - day.from;
  const last = Math.min(Math.max(...within.map(({ to }) => to)), day.to) - day.from;
  const whole = day.to - day.from;
  const from = Math.floor(first / HOUR_MS) * HOUR_MS;
  const to = Math.min(whole, Math.max(Math.ceil(last / HOUR_MS) * HOUR_MS, from + LEAST_HOURS * HOUR_MS));
  return { from: day.from + Math.max(0, Math.min(from, to - LEAST_HOURS * HOUR_MS)), to: day.from + to };
}

/** What is odd about the length of a day; null on ordinary ones. */
export function clockChange(day: TimeWindow): string | null {
  const hours = Math.round(((day.to - day.from) / HOUR_MS) * 100) / 100;
  if (hours === 24) return null;
  return `Clocks were set ${hours > 24 ? "back" : "forward"} on this day: it has ${hours} hours.`;
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
  return written(at, zone, { hour: "2-digit", minute: "2-digit", ...(seconds ? { second: "2-digit" } : {}) });
}

/** An instant seen from a day: the time alone on that day, the date before it on others; the day's end is `24:00`. */
export function clockOn(at: number, day: TimeWindow, zone: string, seconds = false): string {
  if (at === day.to) return seconds ? "24:00:00" : "24:00";
  const time = clock(at, zone, seconds);
  return at >= day.from && at < day.to ? time : `${written(at, zone, { day: "numeric", month: "short" })} ${time}`;
}

function written(at: number, zone: string, options: Intl.DateTimeFormatOptions): string {
  const key = `${zone} ${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-GB", { ...options, timeZone: zone, hourCycle: "h23" });
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
