import type { ChoiceForMe, Choices } from "../../contract/views.ts";
import { fuzzyFilter } from "./fuzzy-filter.ts";

/** More is not drawn: nobody reads further, he types. */
export const DRAWN = 120;

export interface TelephoneList {
  /** Can be chosen, best answer first. */
  open: ChoiceForMe[];
  /** Cannot, each with its reason. */
  closed: ChoiceForMe[];
  /** How many more there are than are drawn. */
  more: number;
}

/** The list as it is drawn: what can be chosen on top, both parts in the house's order or by how well they answer. */
export function telephoneList(choices: Choices, typed: string): TelephoneList {
  const found = fuzzyFilter(choices.telephones, typed, (one) =>
    [one.place, one.name, one.internal].filter(Boolean).join(" "),
  );
  const open = found.filter((one) => one.selectable);
  const closed = found.filter((one) => !one.selectable);
  const drawnOpen = open.slice(0, DRAWN);
  const drawnClosed = closed.slice(0, DRAWN - drawnOpen.length);
  return { open: drawnOpen, closed: drawnClosed, more: found.length - drawnOpen.length - drawnClosed.length };
}

/** Which telephone the cursor is on: the one it was on while that can be chosen, else the last one used, else the first. */
export function cursorOn(list: TelephoneList, at: number | null, last: number | null): ChoiceForMe | null {
  return list.open.find((one) => one.id === at) ?? list.open.find((one) => one.id === last) ?? list.open[0] ?? null;
}

/** The telephone so many steps further down; stays at the ends. */
export function stepped(list: TelephoneList, at: number | null, steps: number): number | null {
  const here = list.open.findIndex((one) => one.id === at);
  const target = Math.max(0, Math.min(list.open.length - 1, here + steps));
  return list.open[target]?.id ?? null;
}
