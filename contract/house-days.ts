/**
 * Days as the house counts them: from midnight to midnight in its time zone, whatever the browser's. A day is written
 * `2026-11-22`; instants are ISO 8601 in UTC.
 */

/** The day an instant falls on in a zone. */
export function dayOf(instant: string, zone: string): string {
  const parts = partsOf(Date.parse(instant), zone);
  return `${parts.year}-${parts.month}-${parts.day}`;
}

/** The hour of the day, 0 to 23, an instant falls in in a zone. */
export function hourOf(instant: number, zone: string): number {
  return Number(partsOf(instant, zone).hour);
}

/** The instant a day begins in a zone. On the days clocks change it is still that zone's midnight. */
export function startOfDay(day: string, zone: string): string {
  return new Date(instantOf(day, 0, zone)).toISOString();
}

/** The instant at which a zone's clocks show a full hour of a day, in milliseconds; the next there is where they skip it. */
export function instantOf(day: string, hour: number, zone: string): number {
  const wanted = Date.parse(`${day}T${String(hour).padStart(2, "0")}:00:00.000Z`);
  // Twice: the first guess may stand on the other side of a clock change.
  const instant = wanted - offsetMs(wanted, zone);
  return wanted - offsetMs(instant, zone);
}

/** The day so many days later, or earlier. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The day of the week: 1 is Monday, 7 is Sunday (ISO 8601). */
export function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00.000Z`).getUTCDay() || 7;
}

/** Whether a text is a day of the calendar. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00.000Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === text;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function partsOf(instant: number, zone: string): Record<string, string> {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      hourCycle: "h23",
    });
    formats.set(zone, format);
  }
  return Object.fromEntries(format.formatToParts(instant).map((part) => [part.type, part.value]));
}

/** By how much a zone's clocks are ahead of UTC at an instant, in milliseconds. */
export function offsetMs(instant: number, zone: string): number {
  const at = partsOf(instant, zone);
  const local = Date.UTC(
    Number(at.year),
    Number(at.month) - 1,
    Number(at.day),
    Number(at.hour),
    Number(at.minute),
    Number(at.second),
  );
  return local - Math.floor(instant / 1000) * 1000;
}
