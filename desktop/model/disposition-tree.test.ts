import { expect, test } from "vitest";
import { branchOf, treeLines } from "./disposition-tree.ts";

const all = [
  { id: 1, name: "Sale", parentId: null, level: 1 },
  { id: 2, name: "Complaint", parentId: null, level: 1 },
  { id: 3, name: "New", parentId: 1, level: 2 },
  { id: 4, name: "Renewal", parentId: 1, level: 2 },
  { id: 5, name: "By phone", parentId: 3, level: 3 },
];

test("children stand below their parent, in the order they were made", () => {
  expect(treeLines(all).map((line) => line.path.join(" › "))).toEqual([
    "Sale",
    "Sale › New",
    "Sale › New › By phone",
    "Sale › Renewal",
    "Complaint",
  ]);
  expect(treeLines(all).map((line) => line.hasChildren)).toEqual([true, true, false, false, false]);
});

test("a disposition whose parent is unknown is still shown", () => {
  expect(treeLines([{ id: 9, name: "Lost", parentId: 77, level: 2 }]).map((line) => line.disposition.id)).toEqual([9]);
});

test("a branch is a disposition and all below it, parents first", () => {
  expect(branchOf(all, 1).map((one) => one.id)).toEqual([1, 3, 4, 5]);
  expect(branchOf(all, 2).map((one) => one.id)).toEqual([2]);
});
