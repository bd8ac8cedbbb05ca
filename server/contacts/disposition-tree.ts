import { Refusal } from "../refusal.ts";

export interface TreeNode {
  id: number;
  parentId: number | null;
  level: number;
}

/** Level 1 is what an agent chooses first. */
const DEEPEST = 3;

/** The level of a disposition put under `parentId`, or why it cannot stand there. */
export function levelUnder(tree: TreeNode[], parentId: number | null): number | Refusal {
  if (parentId === null) return 1;
  const parent = tree.find((node) => node.id === parentId);
  if (parent === undefined) {
    return new Refusal("reference.unknown", `There is no disposition ${parentId}.`, { field: "parentId" });
  }
  return parent.level < DEEPEST ? parent.level + 1 : tooDeep();
}

/**
 * Moves a disposition with all below it; answers the new level of each that gets one. Refused when it would come to
 * stand below itself, or something of it deeper than the third level.
 */
export function moveUnder(tree: TreeNode[], id: number, parentId: number | null): Map<number, number> | Refusal {
  const branch = branchOf(tree, id);
  if (parentId !== null && branch.some((node) => node.id === parentId)) {
    return new Refusal("request.invalid", "A disposition cannot stand below itself.", { field: "parentId" });
  }
  const level = levelUnder(tree, parentId);
  if (level instanceof Refusal) return level;
  const now = tree.find((node) => node.id === id)?.level ?? level;
  const levels = new Map(branch.map((node) => [node.id, node.level - now + level]));
  return Math.max(level, ...levels.values()) > DEEPEST ? tooDeep() : levels;
}

/** The disposition and all below it. */
function branchOf(tree: TreeNode[], id: number): TreeNode[] {
  const found = tree.filter((node) => node.id === id);
  for (const node of found) {
    found.push(...tree.filter((child) => child.parentId === node.id && !found.includes(child)));
  }
  return found;
}

const tooDeep = () =>
  new Refusal("request.invalid", `Dispositions have ${DEEPEST} levels at most.`, { field: "parentId" });
