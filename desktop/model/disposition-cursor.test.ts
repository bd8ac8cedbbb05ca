import { describe, expect, it } from "vitest";
import type { Disposition } from "../../contract/views.ts";
import { columnsAt, foundOutcomes, linesBelow, movedCursor, pathText, treeLines } from "./disposition-cursor.ts";

const node = (id: number, name: string, parentId: number | null, level: number): Disposition => ({
  id,
  name,
  parentId,
  level,
});
const lines = treeLines([
  node(1, "Sale", null, 1),
  node(2, "New contract", 1, 2),
  node(3, "Signed", 2, 3),
  node(4, "Sent by mail", 2, 3),
  node(5, "Offer sent", 1, 2),
  node(6, "Wrong number", null, 1),
]);

describe("the disposition picker", () => {
  it("opens one column a level", () => {
    expect(columnsAt(lines, []).map((column) => column.length)).toEqual([2]);
    expect(columnsAt(lines, ["Sale"]).map((column) => column.length)).toEqual([2, 2]);
    expect(columnsAt(lines, ["Sale", "New contract", "Signed"]).map((column) => column.length)).toEqual([2, 2, 2]);
    expect(columnsAt(lines, ["Wrong number"])).toHaveLength(1);
  });

  it("is walked with the arrows and does not fall off", () => {
    const walk = (keys: string[]) => keys.reduce<string[]>((cursor, key) => movedCursor(lines, cursor, key), []);
    expect(walk(["ArrowDown"])).toEqual(["Sale"]);
    expect(walk(["ArrowDown", "ArrowUp"])).toEqual(["Sale"]);
    expect(walk(["ArrowDown", "ArrowDown", "ArrowDown"])).toEqual(["Wrong number"]);
    expect(walk(["ArrowDown", "ArrowRight", "ArrowRight", "ArrowRight"])).toEqual(["Sale", "New contract", "Signed"]);
    expect(walk(["ArrowDown", "ArrowRight", "ArrowLeft", "ArrowLeft"])).toEqual(["Sale"]);
  });

  it("finds outcomes by any word of their path, ends of branches only", () => {
    expect(foundOutcomes(lines, "sent").map((line) => pathText(line.path))).toEqual([
      "Sale › New contract › Sent by mail",
      "Sale › Offer sent",
    ]);
    expect(foundOutcomes(lines, "sale sig").map((line) => line.disposition.id)).toEqual([3]);
    expect(foundOutcomes(lines, "new contract").map((line) => line.disposition.id)).toEqual([3, 4]);
  });

  it("has nothing below an end or an unknown path", () => {
    expect(linesBelow(lines, ["Wrong number"])).toEqual([]);
    expect(linesBelow(lines, ["Gone"])).toEqual([]);
  });
});
