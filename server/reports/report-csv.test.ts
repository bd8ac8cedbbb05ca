import { expect, test } from "vitest";
import { safeCell } from "./report-csv.ts";

test.each(["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n@x", "＝1"])(
  "%j gets an apostrophe",
  (cell) => {
    expect(safeCell(cell)).toBe(`'${cell}`);
  },
);

test.each(["+390551234567", "0551234567", "Maria = Bianchi", "a-b", "", "sales@example.com"])("%j stays", (cell) => {
  expect(safeCell(cell)).toBe(cell);
});

test("numbers and nothing stay what they are", () => {
  expect([safeCell(-1.5), safeCell(null)]).toEqual([-1.5, null]);
});
