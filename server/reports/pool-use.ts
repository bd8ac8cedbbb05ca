/** Times in milliseconds. */
export interface Span {
  from: number;
  to: number;
}

/** How much of a span lies in another, in milliseconds. */
export const overlap = (one: Span, other: Span): number =>
  Math.max(0, Math.min(one.to, other.to) - Math.max(one.from, other.from));

/** How many of some spans lay over each other at most, inside a part of time. One that ends as another begins is not both. */
export function peakOf(spans: readonly Span[], part: Span): number {
  const steps = spans
    .filter((span) => overlap(span, part) > 0)
    .flatMap(({ from, to }) => [
      { at: Math.max(from, part.from), by: 1 },
      { at: Math.min(to, part.to), by: -1 },
    ])
    .sort((a, b) => a.at - b.at || a.by - b.by);
  let now = 0;
  let peak = 0;
  for (const { by } of steps) {
    now += by;
    peak = Math.max(peak, now);
  }
  return peak;
}
