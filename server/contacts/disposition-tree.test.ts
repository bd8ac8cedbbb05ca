import fc from "fast-check";
import { expect, it } from "vitest";
import { Refusal } from "../refusal.ts";
import { levelUnder, moveUnder, type TreeNode } from "./disposition-tree.ts";

it("stays a tree of three levels, whatever is put and moved where", () => {
  const act = fc.record({ move: fc.boolean(), which: fc.nat(20), under: fc.option(fc.nat(20)) });
  fc.assert(
    fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
      let tree: TreeNode[] = [];
      for (const { move, which, under } of acts) {
        if (move && tree.some(({ id }) => id === which)) {
          const levels = moveUnder(tree, which, under);
          if (levels instanceof Refusal) continue;
          tree = tree.map((node) => ({
            ...node,
            parentId: node.id === which ? under : node.parentId,
            level: levels.get(node.id) ?? node.level,
          }));
        } else {
          const level = levelUnder(tree, under);
          if (level instanceof Refusal) continue;
          tree = [...tree, { id: tree.length, parentId: under, level }];
        }
        for (const node of tree) {
          const parent = tree.find(({ id }) => id === node.parentId);
          expect(node.level).toBe(node.parentId === null ? 1 : (parent?.level ?? Number.NaN) + 1);
          expect(node.level).toBeLessThanOrEqual(3);
        }
      }
    }),
  );
});
