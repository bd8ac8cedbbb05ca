/**
 * How well a text answers what was typed: null where it does not, else the lower the better. Every typed word must
 * occur, at a word's start, inside one, or as letters in order; the earlier and the closer the better.
 */
export function fuzzyScore(text: string, typed: string): number | null {
  return scoreOf(text, wordsIn(typed));
}

const wordsIn = (typed: string) => typed.toLowerCase().split(/\s+/).filter(Boolean);

function scoreOf(text: string, words: readonly string[]): number | null {
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
  if (at > 0) return startsAWord(hay, word, at) ? 1 : 10;
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

const LETTER = /[\p{L}\p{N}]/u;

/** Whether the word stands behind something that is no letter, at its first place or a later one. */
function startsAWord(hay: string, word: string, first: number): boolean {
  for (let at = first; at !== -1; at = hay.indexOf(word, at + 1)) {
    if (!LETTER.test(hay.charAt(at - 1))) return true;
  }
  return false;
}

/** The items that answer, best first; in their own order where nothing is typed or they answer equally. */
export function fuzzyFilter<Item>(items: readonly Item[], typed: string, textOf: (item: Item) => string): Item[] {
  const words = wordsIn(typed);
  if (words.length === 0) return [...items];
  return items
    .map((item) => ({ item, score: scoreOf(textOf(item), words) }))
    .filter((one): one is { item: Item; score: number } => one.score !== null)
    .sort((a, b) => a.score - b.score)
    .map((one) => one.item);
}
