import type { Disposition } from "../../contract/views.ts";

/** Dispositions as the tree they are: three levels, in the order they were made, drawn as lines of a list. */

export interface DispositionLine {
  disposition: Disposition;
  /** Names from the first level down to this one. */
  path: string[];
  hasChildren: boolean;
}

export const DEEPEST_LEVEL = 3;

/** Every disposition below its parent. One whose parent is gone is shown at the end rather than lost. */
export function treeLines(all: readonly Disposition[]): DispositionLine[] {
  const children = new Map<number | null, Disposition[]>();
  const known = new Set(all.map((one) => one.id));
  for (const one of all) {
    const parent = one.parentId !== null && known.has(one.parentId) ? one.parentId : null;
    children.set(parent, [...(children.get(parent) ?? []), one]);
  }
  const lines: DispositionLine[] = [];
  const walk = (parent: number | null, path: string[]) => {
    for (const one of (children.get(parent) ?? []).sort((a, b) => a.level - b.level || a.id - b.id)) {
      const here = [...path, one.name];
      lines.push({ disposition: one, path: here, hasChildren: children.has(one.id) });
      if (here.length <= DEEPEST_LEVEL) walk(one.id, here);
    }
  };
  walk(null, []);
  return lines;
}

/** A disposition and all below it, parents first: what a deletion takes away, and what an undo makes again. */
export function branchOf(all: readonly Disposition[], id: number): Disposition[] {
  const branch = all.filter((one) => one.id === id);
  for (let next = 0; next < branch.length; next += 1) {
    const parent = branch[next];
    branch.push(...all.filter((one) => one.parentId === parent?.id && !branch.includes(one)));
  }
  return branch;
}
