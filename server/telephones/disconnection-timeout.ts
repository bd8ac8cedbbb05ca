/** Setting `disconnectionTimeoutMinutes`: minutes an unattended session keeps its telephone; null is never. */
export const DISCONNECTION_TIMEOUT_SETTING = "disconnectionTimeoutMinutes";

const DEFAULT_MINUTES = 15;
const LONGEST_MINUTES = 7 * 24 * 60;

/** The setting's value in milliseconds. Absent or not understood: 15 minutes; null: never. */
export function disconnectionTimeoutMs(setting: unknown): number | null {
  if (setting === null) return null;
  const minutes = typeof setting === "number" && setting >= 0 ? Math.min(setting, LONGEST_MINUTES) : DEFAULT_MINUTES;
  return minutes * 60_000;
}

/** When a held telephone frees itself; null while its holder is there, or where that never happens. */
export function freeAt(unattendedSince: Date | null, timeoutMs: number | null): Date | null {
  if (unattendedSince === null || timeoutMs === null) return null;
  return new Date(unattendedSince.getTime() + timeoutMs);
}
