const two = (value: number) => String(value).padStart(2, "0");

/** Milliseconds as a running clock: `02:17`, from an hour on `1:04:12`. Never negative: clocks may differ a little. */
export function clockText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return seconds < 3600 ? rest : `${Math.floor(seconds / 3600)}:${rest}`;
}

/** Seconds of a finished call: `0:41`, `12:05`, `1:04:12`; null where it is not known. */
export function durationText(seconds: number | null): string {
  if (seconds === null) return "–";
  const whole = Math.round(seconds);
  const tail = two(whole % 60);
  const minutes = Math.floor(whole / 60);
  return minutes < 60 ? `${minutes}:${tail}` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${tail}`;
}

/** Seconds of a finished call in full, `0:02:17`: for columns that are added up and compared. */
export function hoursText(seconds: number | null): string {
  if (seconds === null) return "–";
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}

const plurals = new Intl.PluralRules("en");

/** `1 call`, `2 calls`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en")} ${plurals.select(count) === "one" ? one : many}`;
}
