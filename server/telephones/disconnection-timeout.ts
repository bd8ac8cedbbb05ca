/** When a held telephone frees itself; null while its holder is there, or where that never happens. */
export function freeAt(unattendedSince: Date | null, timeoutMs: number | null): Date | null {
  if (unattendedSince === null || timeoutMs === null) return null;
  return new Date(unattendedSince.getTime() + timeoutMs);
}

/** The setting in milliseconds; null is never. */
export function timeoutMsOf({
  disconnectionTimeoutMinutes,
}: {
  disconnectionTimeoutMinutes: number | null;
}): number | null {
  return disconnectionTimeoutMinutes === null ? null : disconnectionTimeoutMinutes * 60_000;
}
