import type { ColumnKind } from "../../contract/views.ts";

/** Where the lines of a chart stand: round numbers from 0 to no less than the largest value. */
export function ticksOf(largest: number, kind: ColumnKind, most = 4): number[] {
  if (!(largest > 0)) return [0, 1];
  const steps = kind === "seconds" ? SECONDS : ROUND;
  const rough = largest / most;
  const step = steps(rough);
  const whole = kind === "count" ? Math.max(1, step) : step;
  const ticks: number[] = [];
  for (let at = 0; at < largest + whole; at += whole) ticks.push(at);
  return ticks;
}

const NICE = [1, 2, 5, 10];
function ROUND(rough: number): number {
  const size = 10 ** Math.floor(Math.log10(rough));
  return (NICE.find((one) => one * size >= rough - 1e-9) ?? 10) * size;
}

const HUMAN_S = [1, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400];
function SECONDS(rough: number): number {
  return HUMAN_S.find((one) => one >= rough) ?? ROUND(rough / 86_400) * 86_400;
}

/** So many labels fit: which of them stand, always the first, and evenly. */
export function everyNth(count: number, fitting: number): number {
  if (fitting <= 0) return Math.max(1, count);
  return Math.max(1, Math.ceil(count / fitting));
}

/** A wait's upper bound in words: `≤ 20 s`, `≤ 2 min`; the last one `> 10 min`. */
export function boundText(boundsS: readonly number[], at: number): string {
  const words = (seconds: number) => (seconds < 60 ? `${seconds} s` : `${Math.round((seconds / 60) * 10) / 10} min`);
  const bound = boundsS[at];
  return bound === undefined ? `> ${words(boundsS.at(-1) ?? 0)}` : `≤ ${words(bound)}`;
}
