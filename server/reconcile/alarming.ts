import type { RepairEntry } from "./repair-store.ts";

/** A difference that came back so often within this time is no accident. */
export const ALARM_TIMES = 3;
export const ALARM_WINDOW_MS = 3600_000;

/** Which of a round's repairs are to alarm people, by how often each difference came back; each difference once. */
export function alarming(
  entries: readonly RepairEntry[],
  times: ReadonlyMap<string, number>,
): { subject: string; kind: string; words: string; times: number }[] {
  const last = new Map(entries.map((entry) => [entry.difference, entry]));
  return [...last.values()].flatMap(({ difference, comparer, words, refused }) => {
    const often = times.get(difference) ?? 0;
    if (often < ALARM_TIMES) return [];
    const outcome =
      refused === null
        ? "It was put right each time and came back"
        : `It cannot be put right: the telephone system says "${refused}"`;
    return [
      {
        subject: `${comparer}: ${difference}`,
        kind: `${comparer} differ again and again`,
        words: `${words} ${outcome} (${often} times within an hour).`,
        times: often,
      },
    ];
  });
}
