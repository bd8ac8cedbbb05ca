import type { ChoiceForMe, Choices } from "../../contract/views.ts";
import { fuzzyFilter } from "./fuzzy-filter.ts";

/** More is not drawn: nobody reads further, he types. */
export const DRAWN = 120;
/** So many of them are kept for what cannot be chosen, or a taken telephone would not be found by its name. */
const CLOSED_KEPT = 20;

export interface TelephoneList {
  /** Can be chosen, best answer first. */
  open: ChoiceForMe[];
  /** Cannot, each with its reason. */
  closed: ChoiceForMe[];
  /** Where the cursor may stand: what can be chosen, then what its holder can be asked for. */
  reachable: ChoiceForMe[];
  /** What Enter takes for what is typed; null where nothing is typed, or where what is meant cannot be had. */
  best: ChoiceForMe | null;
  /** How many more there are than are drawn. */
  more: number;
}

/** Nobody is asked for a telephone. */
const NOBODY = () => false;

/**
 * The list as it is drawn: what can be chosen on top, both parts in the house's order or by how well they answer.
 * `askable` says which of those that cannot be chosen somebody can be asked for.
 */
export function telephoneList(
  choices: Choices,
  typed: string,
  askable: (choice: ChoiceForMe) => boolean = NOBODY,
): TelephoneList {
  const words = wordsOf(typed);
  const found = fuzzyFilter(choices.telephones, typed, (one) =>
    [one.place, one.name, one.internal].filter(Boolean).join(" "),
  )
    .map((one) => ({ one, rank: rankOf(one, words) }))
    .sort((a, b) => a.rank - b.rank);
  const free = found.filter(({ one }) => one.selectable);
  const taken = found.filter(({ one }) => !one.selectable);
  const kept = Math.min(taken.length, CLOSED_KEPT);
  const open = free.slice(0, DRAWN - kept).map(({ one }) => one);
  const closed = taken.slice(0, DRAWN - open.length).map(({ one }) => one);
  // Who types the name of a taken telephone must not sit down at its neighbour by Enter.
  const first = words.length > 0 ? free[0] : undefined;
  const meant = words.length > 0 ? taken[0] : undefined;
  const asked = meant && askable(meant.one) ? meant.one : null;
  const best = first && first.rank <= (meant?.rank ?? first.rank) ? first.one : asked;
  const reachable = [...open, ...closed.filter(askable)];
  return { open, closed, reachable, best, more: found.length - open.length - closed.length };
}

const wordsOf = (text: string) => text.toLowerCase().split(/\s+/).filter(Boolean);

/** How far a telephone is from what is meant, 0 for its very name or number: the name counts before number and place. */
function rankOf(one: ChoiceForMe, words: readonly string[]): number {
  const name = wordsOf(one.name);
  if (words.join(" ") === name.join(" ")) return 0;
  return words.reduce((sum, word) => {
    if (name.includes(word) || one.internal === word) return sum + 1;
    return sum + (name.some((part) => part.startsWith(word)) ? 2 : 4);
  }, 0);
}

/**
 * Which telephone the cursor is on: the one it was moved to while that can be chosen or asked for; else the best for what is typed,
 * or, while nothing is typed, the last one used, else the first.
 */
export function cursorOn(
  list: TelephoneList,
  typed: string,
  at: number | null,
  last: number | null,
): ChoiceForMe | null {
  const moved = list.reachable.find((one) => one.id === at);
  if (moved) return moved;
  if (typed.trim() !== "") return list.best;
  return list.open.find((one) => one.id === last) ?? list.open[0] ?? null;
}

/** The telephone so many steps further down; stays at the ends. */
export function stepped(list: TelephoneList, at: number | null, steps: number): number | null {
  const here = list.reachable.findIndex((one) => one.id === at);
  const target = Math.max(0, Math.min(list.reachable.length - 1, here + steps));
  return list.reachable[target]?.id ?? null;
}

/**
 * Whether its holder can be asked for a telephone: it is registered, somebody else sits there, and his desktop is there
 * to be asked. Where no telephone is registered all may be chosen, and nobody is asked.
 */
export function isAskable(choice: ChoiceForMe, myId: number): boolean {
  return !choice.selectable && choice.state === "in-use" && choice.heldBy !== undefined && choice.heldBy.id !== myId;
}
