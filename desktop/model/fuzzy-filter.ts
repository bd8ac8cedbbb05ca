/**
 * How well a text answers what was typed: null where it does not, else the lower the better. Every typed word must
 * occur, at a word's start, inside one, or as letters in order; the earlier and the closer the better.
 */
export function fuzzyScore(text: string, typed: string): number | null {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const hay = text.toLowerCase();
  let sum = 0;
  for (const word of words) {
    const score = wordScore(hay, word);
    if (score === null) return null;
    sum += score;
  }
  return sum;
}

function wordScore(hay: string, word: string): number | null {
  const at = hay.indexOf(word);
  if (at === 0) return 0;
  if (at > 0) {
    const start = new RegExp(`[^\\p{L}\\p{N}]${escaped(word)}`, "u").test(hay);
    return start ? 1 : 10;
  }
  // Letters in order, but only a few apart: "dsk" finds "desk", not everything with a d, an s and a k somewhere.
  let from = 0;
  let spread = 0;
  for (const letter of word) {
    const next = hay.indexOf(letter, from);
    if (next === -1) return null;
    if (from > 0) spread += next - from;
    from = next + 1;
  }
  return spread <= word.length ? 20 + spread : null;
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** The items that answer, best first; in their own order where nothing is typed or they answer equally. */
export function fuzzyFilter<Item>(items: readonly Item[], typed: string, textOf: (item: Item) => string): Item[] {
  if (typed.trim() === "") return [...items];
  return items
    .map((item) => ({ item, score: fuzzyScore(textOf(item), typed) }))
    .filter((one): one is { item: Item; score: number } => one.score !== null)
    .sort((a, b) => a.score - b.score)
    .map((one) => one.item);
}
