import type { OpenHours, WeeklyHours } from "../../contract/views.ts";

/**
 * Weekly hours as somebody draws them on a grid: pieces of one day each, which join when they touch. What goes on over
 * midnight is one piece of hours that begins on the evening, and two pieces on the grid.
 */

export const DAY_NAMES = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;
const DAY = 1440;
/** What ends before noon is the rest of a night and no day of its own. */
const NOON = 720;

/** Minutes of a day, from and to. */
export interface Piece {
  from: number;
  to: number;
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
const timeOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

/** The pieces of each day, Monday first, in order; those that touch or overlap are one. */
export function piecesOf(week: readonly WeeklyHours[]): Piece[][] {
  const days: Piece[][] = DAY_NAMES.map(() => []);
  for (const { day, from, to } of week) {
    const [begin, end] = [minutesOf(from), minutesOf(to)];
    const over = end <= begin;
    days[day - 1]?.push({ from: begin, to: over ? DAY : end });
    if (over && end > 0) days[day % 7]?.push({ from: 0, to: end });
  }
  return days.map(joined);
}

function joined(pieces: readonly Piece[]): Piece[] {
  const kept: Piece[] = [];
  for (const piece of [...pieces].sort((left, right) => left.from - right.from)) {
    const last = kept.at(-1);
    if (last !== undefined && piece.from <= last.to) last.to = Math.max(last.to, piece.to);
    else kept.push({ ...piece });
  }
  return kept;
}

/** The weekly hours of such pieces: an evening that ends at midnight and the next morning's first hours are one night. */
export function weekOf(days: readonly (readonly Piece[])[]): WeeklyHours[] {
  const nightOf = (day: number): Piece | null => {
    const evening = days[day]?.at(-1);
    const morning = days[(day + 1) % 7]?.[0];
    if (evening?.to !== DAY || evening.from === 0) return null;
    return morning?.from === 0 && morning.to <= NOON && morning.to < evening.from ? morning : null;
  };
  return days.flatMap((pieces, index) => {
    const rest = nightOf((index + 6) % 7);
    const night = nightOf(index);
    return pieces
      .filter((piece) => piece !== rest)
      .map(({ from, to }): WeeklyHours => {
        const goesOn = night !== null && to === DAY;
        return { day: index + 1, from: timeOf(from), to: goesOn ? timeOf(night.to) : timeOf(to) };
      });
  });
}

/** The week after a stretch of a day was drawn open, or rubbed out. */
export function painted(week: readonly WeeklyHours[], day: number, stretch: Piece, open: boolean): WeeklyHours[] {
  const days = piecesOf(week).map((pieces, index) => {
    if (index !== day - 1) return pieces;
    if (open) return joined([...pieces, stretch]);
    return pieces.flatMap(({ from, to }) =>
      [
        { from, to: Math.min(to, stretch.from) },
        { from: Math.max(from, stretch.to), to },
      ].filter((piece) => piece.from < piece.to),
    );
  });
  return weekOf(days);
}

/** The week with other hours on one day, in order. */
export function withDay(week: readonly WeeklyHours[], day: number, hours: readonly OpenHours[]): WeeklyHours[] {
  const others = week.filter((each) => each.day !== day);
  return [...others, ...hours.map(({ from, to }) => ({ day, from, to }))].sort(
    (left, right) => left.day - right.day || (left.from < right.from ? -1 : 1),
  );
}

/** The hours of one day on all the others of the working week. */
export function copiedToWeekdays(week: readonly WeeklyHours[], day: number): WeeklyHours[] {
  const from = week.filter((each) => each.day === day);
  const kept = week.filter((each) => each.day > 5);
  return [...[1, 2, 3, 4, 5].flatMap((each) => from.map((hours) => ({ ...hours, day: each }))), ...kept];
}

/** `09:00–13:00, 14:00–18:00`; nothing for none. */
export function hoursText(hours: readonly OpenHours[]): string {
  return hours.map(({ from, to }) => `${from}–${to}`).join(", ");
}

/** Reads hours as somebody writes them: `9-13, 14:00 – 18:00`. Null where it is not hours. */
export function readHours(text: string): OpenHours[] | null {
  const parts = text.split(/[,;]/).filter((part) => part.trim() !== "");
  const hours = parts.map((part): OpenHours | null => {
    const found = /^\s*(\d{1,2})(?::(\d{2}))?\s*[-–]\s*(\d{1,2})(?::(\d{2}))?\s*$/.exec(part);
    if (found === null) return null;
    const from = Number(found[1]) * 60 + Number(found[2] ?? 0);
    const to = Number(found[3]) * 60 + Number(found[4] ?? 0);
    const fits = from < DAY && to <= DAY && Number(found[2] ?? 0) < 60 && Number(found[4] ?? 0) < 60;
    return fits && from !== to ? { from: timeOf(from), to: timeOf(to) } : null;
  });
  return hours.every((each) => each !== null) ? hours : null;
}

/** A week in words, days that are alike together: `Monday to Friday 09:00–18:00, Saturday 09:00–13:00`. */
export function weekInWords(week: readonly WeeklyHours[]): string {
  const days = DAY_NAMES.map((_, index) => hoursText(week.filter(({ day }) => day === index + 1)));
  const runs: { first: number; last: number; text: string }[] = [];
  days.forEach((text, index) => {
    const run = runs.at(-1);
    if (run !== undefined && run.text === text) run.last = index;
    else runs.push({ first: index, last: index, text });
  });
  const said = runs.filter(({ text }) => text !== "");
  if (said.length === 0) return "Never open";
  return said
    .map(({ first, last, text }) => {
      const name = first === last ? DAY_NAMES[first] : `${DAY_NAMES[first]} to ${DAY_NAMES[last]}`;
      return `${name} ${text}`;
    })
    .join("; ");
}
